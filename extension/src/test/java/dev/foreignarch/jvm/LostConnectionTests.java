package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignArchParameters;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.testcontainers.DockerClientFactory;

/** Whatever gets lost between the two JVMs: the tests end, say why, and nothing is left on the engine. */
@Tag("engine")
class LostConnectionTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void anEngineThatIsGoneEndsTheTests() throws Exception {
        try (EngineProxy proxy = new EngineProxy();
                LocalJvm local = run(proxy)) {
            String session = awaitTest(local);

            proxy.cut();

            assertThat(local.awaitResults(2, Duration.ofMinutes(1)))
                    .containsPattern(
                            "\nresult a\\(\\) FAILED .* died while this test ran." + " The connection to it was lost.")
                    .containsPattern("\nresult b\\(\\) FAILED .*JvmStartException: The JVM of amd64 can't be started"
                            + " from eclipse-temurin");
            assertNothingIsLeft(session);
        }
    }

    @Test
    void anEngineThatIsSilentEndsTheTestsAtTheirLimits() throws Exception {
        try (EngineProxy proxy = new EngineProxy();
                LocalJvm local = run(proxy)) {
            String session = awaitTest(local);

            proxy.beSilent();

            assertThat(local.awaitResults(2, Duration.ofMinutes(3)))
                    .containsPattern("\nresult a\\(\\) FAILED .* died while this test ran."
                            + " It got no further for 6 s \\(foreignarch.jvm.timeout\\), and was killed.\n"
                            + "Its threads:\nThe JVM did not even say what its threads were doing.")
                    .containsPattern("\nresult b\\(\\) FAILED .*JvmStartException: The JVM of amd64 was not there after"
                            + " 20 s \\(foreignarch.startup.timeout and foreignarch.jvm.timeout together\\)."
                            + " Either its image takes longer to pull, or the container engine does not answer.");
            local.kill();
            proxy.cut();
            assertNothingIsLeft(session);
        }
    }

    @Test
    void aKilledLocalJvmTakesTheForeignOnesAlong() throws Exception {
        try (LocalJvm local = LocalJvm.running(SleepTestCase.class, Map.of())) {
            String session = awaitTest(local);

            local.kill();

            assertNothingIsLeft(session);
        }
    }

    @Test
    void theNextRunRemovesTheContainerOfALocalJvmThatWasKilledBeforeTheStart() throws Exception {
        try (EngineProxy proxy = new EngineProxy()) {
            // The session's sign of life is started before it, and the container that brings the jars.
            proxy.beSilentAt("/start HTTP/1.1", 3);
            String session;
            try (LocalJvm local = run(proxy)) {
                session = local.awaitLine("session ");
                await().atMost(Duration.ofMinutes(3)).until(proxy::isSilent);
                assertThat(containers(session)).extracting(Container::getState).containsExactly("created");
            }
            proxy.cut();

            assertThat(ForeignRun.of(PassTestCase.class).outcomes()).containsExactly(entry("a()", "SUCCESSFUL"));

            assertThat(containers(session)).isEmpty();
        }
    }

    private static LocalJvm run(EngineProxy proxy) throws IOException {
        return LocalJvm.running(
                SleepTestCase.class,
                Map.of("DOCKER_HOST", proxy.address()),
                JvmParameters.TIMEOUT + "=6",
                ForeignArchParameters.STARTUP_TIMEOUT + "=14");
    }

    /** Wait for the first test, which sleeps, and return the session whose containers are asked for. */
    private static String awaitTest(LocalJvm local) {
        local.awaitLine("started a()");
        String session = local.awaitLine("session ");
        assertThat(containers(session)).hasSize(1);
        return session;
    }

    private static void assertNothingIsLeft(String session) {
        await().atMost(SOON).untilAsserted(() -> assertThat(containers(session)).isEmpty());
    }

    private static List<Container> containers(String session) {
        return DockerClientFactory.instance()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("org.testcontainers.sessionId", session))
                .exec();
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class PassTestCase {
        @Test
        void a() {}
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SleepTestCase {
        @Test
        void a() throws InterruptedException {
            Thread.sleep(1_000_000);
        }

        @Test
        void b() {}
    }
}
