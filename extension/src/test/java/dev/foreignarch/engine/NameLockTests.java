package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.image.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameLockTests {

    @Test
    void isHeldByOneThreadAtATime() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> most = threads.invokeAll(IntStream.range(0, 64)
                    .mapToObj(it ->
                            (java.util.concurrent.Callable<Integer>) () -> NameLock.holding("name-lock-tests:1", () -> {
                                int now = holders.incrementAndGet();
                                Thread.yield();
                                holders.decrementAndGet();
                                return now;
                            }))
                    .toList());
            for (Future<Integer> one : most) {
                assertThat(one.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void isFreeAgainAfterAFailure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NameLock.holding("name-lock-tests:2", () -> {
                    throw new IllegalStateException();
                }));

        assertThat(NameLock.holding("name-lock-tests:2", () -> "free")).isEqualTo("free");
    }

    @Test
    void anotherJvmHasItForEverAndIsKilled(@TempDir Path temporary) {
        OtherJvm other =
                OtherJvm.start(HoldForEver.class, temporary.resolve("locks").toString());
        try {
            other.awaitOutput("held");

            assertThatThrownBy(() -> NameLock.holding(
                            "name-lock-tests:3", temporary.resolve("locks"), Duration.ofMillis(200), () -> "mine"))
                    .isInstanceOf(EngineException.class)
                    .message()
                    .matches("name-lock-tests:3 has been used for more than 0 s by process " + other.process()
                            + " of the machine \\S+ \\(user \\S+, since \\S+\\)\\. See whether that process hangs, and end it"
                            + " if it does; its lock is the file \\Q" + temporary + "\\E/locks/[0-9a-f]+\\.lock");
        } finally {
            other.kill();
        }
        assertThat(NameLock.holding(
                        "name-lock-tests:3", temporary.resolve("locks"), Duration.ofSeconds(10), () -> "mine"))
                .isEqualTo("mine");
    }

    /** What another JVM does. */
    static final class HoldForEver {
        public static void main(String[] arguments) {
            NameLock.holding("name-lock-tests:3", Path.of(arguments[0]), Duration.ofSeconds(10), () -> {
                System.out.println("held");
                try {
                    Thread.sleep(Duration.ofMinutes(10).toMillis());
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
                return "";
            });
        }
    }

    @Test
    void anotherThreadHasItForEver(@TempDir Path temporary) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread other = new Thread(() ->
                NameLock.holding("name-lock-tests:4", temporary.resolve("locks"), Duration.ofSeconds(10), () -> {
                    held.countDown();
                    try {
                        return end.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException ended) {
                        return false;
                    }
                }));
        other.start();
        held.await();

        assertThatThrownBy(() -> NameLock.holding(
                        "name-lock-tests:4", temporary.resolve("locks"), Duration.ofMillis(100), () -> "mine"))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "another thread of this JVM has used name-lock-tests:4 for more than 0 s. It hangs, or what it"
                                + " waits for does: a dump of its threads (jstack "
                                + ProcessHandle.current().pid() + ") shows where");
        end.countDown();
        other.join();
    }

    @Test
    void aDirectoryThatIsALinkIsNotUsed(@TempDir Path temporary) throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(temporary.resolve("locks"), elsewhere);

        assertThatThrownBy(() -> PrivateDirectory.at(link))
                .isInstanceOf(IOException.class)
                .hasMessage(link + " is a link, and not used for locks");
        assertThat(NameLock.holding("name-lock-tests:5", link, Duration.ofSeconds(10), () -> "unlocked"))
                .isEqualTo("unlocked");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsNotUsed(@TempDir Path temporary) throws IOException {
        Path file = Files.createFile(temporary.resolve("locks"));

        assertThatThrownBy(() -> PrivateDirectory.at(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is no directory, and not used for locks");
    }

    @Test
    void aDirectoryThatOthersMayWriteToBecomesTheUsersAlone(@TempDir Path temporary) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("locks"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(PrivateDirectory.at(directory)).isEqualTo(directory);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void aLinkInThePlaceOfALockIsNotFollowed(@TempDir Path temporary) throws IOException {
        Path directory = PrivateDirectory.at(temporary.resolve("locks"));
        Path victim = Files.writeString(temporary.resolve("victim"), "precious");
        Files.createSymbolicLink(
                directory.resolve(Integer.toHexString("name-lock-tests:6".hashCode()) + ".lock"), victim);

        assertThat(NameLock.holding("name-lock-tests:6", directory, Duration.ofSeconds(10), () -> "unlocked"))
                .isEqualTo("unlocked");

        assertThat(victim).hasContent("precious");
    }
}
