package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ForeignContainerException;
import dev.foreignarch.container.ForeignContainers;
import dev.foreignarch.emulation.EmulationMode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** Containers that depend on others, on the engine. */
@Tag("engine")
@ForeignArch("s390x")
class DependencyEngineTests {

    private static final GenericContainer<?> STARTED = sleeper();

    private final GenericContainer<?> undeclared = sleeper();
    private final GenericContainer<?> ofTheHost = ForeignContainers.bind(sleeper(), Architecture.AMD64);
    private final GenericContainer<?> declared = sleeper();

    @ForeignContainer
    GenericContainer<?> client = sleeper().dependsOn(declared, undeclared, ofTheHost, STARTED);

    @ForeignContainer(emulation = EmulationMode.EXPLICIT)
    GenericContainer<?> server = declared;

    DependencyEngineTests() {
        STARTED.start();
    }

    @AfterAll
    static void stop() {
        STARTED.stop();
    }

    private static GenericContainer<?> sleeper() {
        return new GenericContainer<>("busybox:1.36").withCommand("sleep", "600");
    }

    @Test
    void run_where_they_are_bound_and_else_where_the_test_does() throws Exception {
        try (ofTheHost) {
            assertThat(machine(client)).isEqualTo("s390x");
            assertThat(machine(server)).isEqualTo("s390x");
            assertThat(server.getContainerInfo().getConfig().getEntrypoint())
                    .startsWith("/foreignarch/qemu-s390x-static");
            assertThat(machine(undeclared)).isEqualTo("s390x");
            assertThat(machine(ofTheHost)).isEqualTo("x86_64");
            assertThat(machine(STARTED)).isEqualTo("x86_64");
        }
    }

    private static String machine(GenericContainer<?> container) throws Exception {
        return container.execInContainer("uname", "-m").getStdout().strip();
    }

    @Test
    void that_do_not_start_explain_themselves_and_no_other(Architecture architecture) {
        try (ofTheHost;
                GenericContainer<?> broken = ForeignContainers.bind(
                        new GenericContainer<>("busybox:1.36")
                                .withCommand("sh", "-c", "exit 3")
                                .withExposedPorts(8080)
                                .waitingFor(ForeignContainers.portsServed(Duration.ofMinutes(1))),
                        architecture);
                GenericContainer<?> dependent = ForeignContainers.bind(sleeper().dependsOn(broken), architecture)) {
            assertThatThrownBy(() -> ForeignContainers.start(dependent))
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessageMatching("busybox:1\\.36 did not start on s390x: its program ended with exit code 3\\.\n"
                            + "  image: sha256:\\w{64} for linux/s390x\n"
                            + "  s390x: emulated by \\S+, version \\S+\n"
                            + "  the container printed nothing\n"
                            + "  try: read its last lines, and see whether it ends natively, too: docker run --rm"
                            + " busybox:1\\.36");
            assertThat(dependent.getContainerId()).isNull();
        }
    }
}
