package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.FileEntry;
import org.testcontainers.containers.GenericContainer;

@ExtendWith(Journal.class)
class ContainerLogTests {

    private final FakeHost host = new FakeHost();

    @TempDir
    Path directory;

    private Map<String, String> publishedBy(Class<?> testCase) {
        Map<String, String> texts = new TreeMap<>();
        host.kit(testCase)
                .outputDirectoryCreator(new OutputDirectoryCreator() {
                    @Override
                    public Path getRootDirectory() {
                        return directory;
                    }

                    @Override
                    public Path createOutputDirectory(TestDescriptor test) {
                        return directory;
                    }
                })
                .execute()
                .testEvents()
                .fileEntryPublished()
                .map(event -> event.getRequiredPayload(FileEntry.class).getPath())
                .forEach(file -> texts.put(file.getFileName().toString(), text(file)));
        return texts;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void logsOfAFailingTestArePublished() {
        assertThat(publishedBy(FailingTestCase.class))
                .containsExactly(
                        Map.entry("container-1-arm32v7-field-shared.log", "all of the log of redis:7 on arm32v7\n"),
                        Map.entry("container-2-arm32v7-field-own.log", "all of the log of redis:7 on arm32v7\n"));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("linux/arm/v7")
    static class FailingTestCase {

        @ForeignContainer("redis:7")
        static GenericContainer<?> shared;

        @ForeignContainer("redis:7")
        GenericContainer<?> own;

        @Test
        void test() {
            Assertions.fail();
        }
    }

    @Test
    void whatAContainerSaidBeforeItFailedToStartIsPublished() {
        assertThat(publishedBy(BrokenTestCase.class))
                .containsExactly(Map.entry("container-1-s390x-field-broken.log", "hello from s390x\n"));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class BrokenTestCase {

        @ForeignContainer("broken:1")
        GenericContainer<?> broken;

        @Test
        void test() {}
    }

    @Test
    void nothingIsPublishedOfATestThatPasses() {
        assertThat(publishedBy(PassingTestCase.class)).isEmpty();
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class PassingTestCase {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void test() {}
    }
}
