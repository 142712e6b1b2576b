package dev.foreignarch.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;

class LastWordsTests {

    private final LastWords words = new LastWords(new GenericContainer<>("redis:7"));

    @Test
    void linesAreWholeHoweverTheyArrive() {
        say("he");
        say("llo\nwor");
        say("ld");

        assertThat(words.lines()).containsExactly("hello", "world");
    }

    @Test
    void onlyTheLastTwentyAreKept() {
        IntStream.rangeClosed(1, 25).forEach(number -> say("line " + number + "\n"));

        assertThat(words.lines()).hasSize(20).startsWith("line 6").endsWith("line 25");
    }

    @Test
    void onlyTheEndOfALongTextIsKept() {
        for (int count = 0; count < 5000; count++) {
            say("x".repeat(1023) + "\n");
        }
        say("the end");

        assertThat(words.text()).hasSizeBetween(1 << 19, 1 << 20).endsWith("x\nthe end");
    }

    @Test
    void aNewStartHasSaidNothing() {
        say("old\n");
        words.clear();

        assertThat(words.lines()).isEmpty();
        assertThat(words.ending()).isEmpty();
    }

    @Test
    void theEndIsNoticedEvenIfTheContainerIsGone() {
        words.accept(OutputFrame.END);

        words.awaitEnd();

        assertThat(words.ending()).isEmpty();
    }

    @Test
    void howItEndedIsAskedOnlyWhileItIsStarting() {
        AtomicInteger questions = new AtomicInteger();
        LastWords askingWords = new LastWords(new RemovedContainer(questions));

        askingWords.accept(OutputFrame.END);
        assertThat(questions).hasValue(1);

        askingWords.started();
        askingWords.accept(OutputFrame.END);
        assertThat(questions).hasValue(1);

        askingWords.clear();
        askingWords.accept(OutputFrame.END);
        assertThat(questions).hasValue(2);
    }

    private void say(String text) {
        words.accept(new OutputFrame(OutputFrame.OutputType.STDOUT, text.getBytes(UTF_8)));
    }

    /** Counts how often the engine is asked about it. */
    private static final class RemovedContainer extends GenericContainer<RemovedContainer> {
        private final AtomicInteger questions;

        RemovedContainer(AtomicInteger questions) {
            super("redis:7");
            this.questions = questions;
        }

        @Override
        public String getContainerId() {
            return "c0ffee";
        }

        @Override
        public DockerClient getDockerClient() {
            questions.incrementAndGet();
            throw new NotFoundException("gone");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
