package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.foreignarch.image.LocalRegistry;
import dev.foreignarch.image.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of all who use an engine has a lock, whosever JVM it is, and a JVM that is killed has it no longer. */
@Tag("engine")
@Tag("each-store")
class EngineLockTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final String name = LocalRegistry.unique("lock") + ":1";
    private final String container = EngineLock.container(name);

    @AfterEach
    void removeTheLock() {
        engine.find(container).ifPresent(RunningContainer::close);
    }

    @Test
    void aJvmOfAnotherUserWithAnotherTemporaryDirectory(@TempDir Path directory) throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        OtherJvm other = OtherJvm.start(
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Duser.name=ada -Duser.home=" + directory + " -Djava.io.tmpdir=" + temporary,
                        "HOME",
                        directory.toString()),
                HoldForEver.class,
                name);
        try {
            other.awaitOutput("held");

            assertThatThrownBy(() -> EngineLock.holding(engine, name, Duration.ofSeconds(1), () -> "mine"))
                    .isInstanceOf(EngineException.class)
                    .message()
                    .matches("\\Q" + name + "\\E has been used for more than 1 s by process " + other.process()
                            + " of the machine \\S+ \\(user ada, since \\S+\\)\\. See whether that process hangs, and end it"
                            + " if it does; its lock is a container, which can also be removed: docker rm -f "
                            + container);
        } finally {
            other.kill();
        }
        assertThat(EngineLock.holding(engine, name, Duration.ofSeconds(30), () -> "mine"))
                .isEqualTo("mine");
        assertThat(engine.find(container)).isEmpty();
    }

    @Test
    void aJvmThatIsKilledLeavesNothing() {
        OtherJvm other = OtherJvm.start(HoldForEver.class, name);
        other.awaitOutput("held");
        assertThat(engine.find(container)).isPresent();

        other.kill();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(engine.find(container)).isEmpty());
    }

    @Test
    void aLockThatWasMadeAndNeverStarted() {
        EngineLock.holding(
                engine,
                name,
                () -> engine.client()
                        .createContainerCmd(imageOf(container))
                        .withName(container + "-left")
                        .withCmd("none")
                        .exec());
        engine.client()
                .renameContainerCmd(container + "-left")
                .withName(container)
                .exec();

        assertThat(EngineLock.holding(engine, name, Duration.ofSeconds(60), () -> "mine"))
                .isEqualTo("mine");
    }

    private String imageOf(String container) {
        return String.valueOf(engine.client()
                .inspectContainerCmd(container)
                .exec()
                .getConfig()
                .getImage());
    }

    @Test
    void itsContainerMayDoNothing() {
        EngineLock.holding(engine, name, () -> {
            var inspected = engine.client().inspectContainerCmd(container).exec();
            assertThat(inspected.getHostConfig().getPrivileged()).isFalse();
            assertThat(inspected.getHostConfig().getNetworkMode()).isEqualTo("none");
            assertThat(inspected.getHostConfig().getReadonlyRootfs()).isTrue();
            assertThat(inspected.getMounts()).isEmpty();
            assertThat(List.of(inspected.getHostConfig().getCapDrop())).hasToString("[ALL]");
            return name;
        });
    }

    @Test
    void isFreeAgainAfterAFailure() {
        assertThatThrownBy(() -> EngineLock.holding(engine, name, () -> {
                    throw new NotFoundException("a failure");
                }))
                .isInstanceOf(NotFoundException.class);

        assertThat(engine.find(container)).isEmpty();
    }

    /** What another JVM does. */
    static final class HoldForEver {
        public static void main(String[] arguments) {
            EngineLock.holding(Engine.ofTestcontainers(), arguments[0], () -> {
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
}
