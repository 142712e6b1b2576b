package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ForeignContainers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.lifecycle.Startables;

/** Containers that Testcontainers starts in a test, or for its class, without anybody having bound them. */
@Tag("engine")
class UnboundContainersTests {

    private static final String BUSYBOX = "busybox:1.36";

    @Test
    void do_not_make_a_test_pass() {
        EngineExecutionResults results = run(Map.of(), OwnContainersTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(4).failed(4));
        assertThat(failures(results)).containsOnly(refusal("s390x"), refusal("arm64v8"));
        assertThat(marks(results)).containsOnly("also ran on amd64: busybox:1.36");
    }

    private static String refusal(String name) {
        return "The test passed, but nothing of it ran on " + name + ": it used no container, program or JVM of that"
                + " architecture (busybox:1.36 ran on amd64), and did not ask which one it is on. So it says nothing about "
                + name + ".\n  try: @ForeignContainer in place of @Container on the field of the container; or"
                + " foreignarch.containers=all, which runs each container of a test on the test's architecture; or"
                + " foreignarch.unused=pass, if such tests are to pass, with a mark in the report.";
    }

    @Testcontainers
    @ForeignArch({"s390x", "arm64v8"})
    static class OwnContainersTestCase {

        @Container
        static final GenericContainer<?> SHARED = sleeper();

        @Test
        void uses_what_its_class_has_started() throws Exception {
            assertThat(machine(SHARED)).isEqualTo("x86_64");
        }

        @Test
        void starts_one() throws Exception {
            try (GenericContainer<?> own = sleeper()) {
                own.start();
                assertThat(machine(own)).isEqualTo("x86_64");
            }
        }
    }

    @Test
    void are_sidecars_beside_what_is_bound() {
        EngineExecutionResults results = run(Map.of(), SidecarTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(3).succeeded(3));
        assertThat(marksByTest(results))
                .containsExactlyInAnyOrder(
                        "one: also ran on amd64: busybox:1.36",
                        "factory(): also ran on amd64: busybox:1.36",
                        "bound_by_hand(): ",
                        "sidecar(): also ran on amd64: busybox:1.36");
    }

    @ForeignArch("s390x")
    static class SidecarTestCase {

        @Test
        void sidecar(@ForeignContainer(BUSYBOX) GenericContainer<?> box) {
            try (GenericContainer<?> own = sleeper()) {
                Startables.deepStart(own).join();
            }
        }

        @Test
        @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
        void bound_by_hand() throws Exception {
            try (GenericContainer<?> own = ForeignContainers.bind(sleeper(), Architecture.S390X)) {
                own.start();
                assertThat(machine(own)).isEqualTo("s390x");
            }
        }

        @TestFactory
        Stream<DynamicTest> factory(@ForeignContainer(BUSYBOX) GenericContainer<?> box) {
            return Stream.of(DynamicTest.dynamicTest("one", () -> {
                try (GenericContainer<?> own = sleeper()) {
                    own.start();
                }
            }));
        }
    }

    @Test
    void that_nobody_knows_the_test_of_are_told_of_at_all_that_run() {
        EngineExecutionResults results = run(
                Map.of("junit.jupiter.execution.parallel.enabled", "true"),
                ConcurrentTestCase.class,
                PlainTestCase.class);

        results.testEvents().assertStatistics(events -> events.started(3).succeeded(3));
        assertThat(new TreeSet<>(marks(results)))
                .containsExactly(
                        "also ran on amd64: busybox:1.36",
                        "perhaps another test's, ran on amd64 at the same time: busybox:1.36");
    }

    @ForeignArch({"s390x", "arm64v8"})
    @Execution(ExecutionMode.CONCURRENT)
    static class ConcurrentTestCase {

        @Test
        void test(Architecture architecture) throws Exception {
            if (architecture == Architecture.S390X) {
                Thread thread = new Thread(UnboundContainersTests::startAndStop);
                thread.start();
                thread.join();
                try (GenericContainer<?> own = sleeper()) {
                    Startables.deepStart(own).join();
                }
            }
        }
    }

    /** One without an architecture, whose containers are nobody else's. */
    static class PlainTestCase {
        @Test
        void plain() {
            startAndStop();
        }
    }

    private static void startAndStop() {
        try (GenericContainer<?> own = sleeper()) {
            own.start();
        }
    }

    @Test
    void run_on_the_architecture_where_the_user_wants_that_of_all() {
        EngineExecutionResults results =
                run(Map.of("foreignarch.containers", "all"), AllTestCase.class, SharedForAllTestCase.class);

        assertThat(failures(results)).isEmpty();
        results.testEvents().assertStatistics(events -> events.started(5).succeeded(5));
        assertThat(marksByTest(results).stream().filter(it -> it.contains("amd64")))
                .containsExactly("but_one_whose_platform_is_chosen(): also ran on amd64: busybox:1.36"
                        + "also ran on amd64: busybox:1.36");
    }

    @Testcontainers
    @ForeignArch({"s390x", "arm64v8"})
    static class AllTestCase {

        @Container
        private final GenericContainer<?> container = sleeper();

        @Test
        void all_kinds(Architecture architecture) throws Exception {
            try (GenericContainer<?> own = sleeper();
                    GenericContainer<?> dependent = sleeper().dependsOn(own);
                    GenericContainer<?> bound = ForeignContainers.bind(sleeper(), Architecture.ARM32V7)) {
                dependent.start();
                bound.start();
                assertThat(List.of(machine(container), machine(own), machine(dependent)))
                        .containsOnly(architecture.machineName());
                assertThat(machine(bound)).isEqualTo("armv7l");
            }
        }

        @Test
        void but_one_whose_platform_is_chosen() throws Exception {
            try (GenericContainer<?> own =
                    sleeper().withCreateContainerCmdModifier(create -> create.withPlatform("linux/amd64"))) {
                own.start();
                assertThat(machine(own)).isEqualTo("x86_64");
            }
        }
    }

    @Testcontainers
    @ForeignArch("arm64v8")
    static class SharedForAllTestCase {

        @Container
        static final GenericContainer<?> SHARED = sleeper();

        static final GenericContainer<?> SINGLETON = sleeper();

        @BeforeAll
        static void start() {
            SINGLETON.start();
        }

        @Test
        void a_class_on_one_architecture_shares_them() throws Exception {
            assertThat(List.of(machine(SHARED), machine(SINGLETON))).containsOnly("aarch64");
            SINGLETON.stop();
        }
    }

    @Test
    void cannot_all_run_where_each_needs_an_emulator_of_its_own() {
        run(Map.of("foreignarch.containers", "all"), ProcessorModelTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(1).succeeded(1));
    }

    /** A model of the CPU needs QEMU, and nothing in the kernel's table runs programs of the engine's own architecture. */
    @ForeignArch(value = "amd64", cpu = "qemu64")
    static class ProcessorModelTestCase {

        @Test
        void is_refused(Architecture architecture) {
            try (GenericContainer<?> own = sleeper()) {
                assertThatThrownBy(own::start)
                        .rootCause()
                        .hasMessage(
                                "busybox:1.36 can't run on amd64 together with all containers of the test: no handler of"
                                        + " the kernel runs what it needs, and an emulator can be put only into a container that is"
                                        + " bound by itself.\n  try: @ForeignContainer on its field, or"
                                        + " ForeignContainers.bind(container, architecture) before it is started.");
            }
        }
    }

    @Test
    void that_are_bound_by_hand_count_for_each_test_while_they_are_up() {
        run(Map.of(), OutlivingTestCase.class)
                .testEvents()
                .assertStatistics(events -> events.started(3).succeeded(2).failed(1));
    }

    /** As a cached context of Spring does, a holder has what the first test starts. */
    @ForeignArch("s390x")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class OutlivingTestCase {

        private static final List<GenericContainer<?>> HOLDER =
                List.of(ForeignContainers.bind(sleeper(), Architecture.S390X));

        @Test
        void first_starts_it() {
            HOLDER.get(0).start();
        }

        @Test
        void second_finds_it_up() throws Exception {
            assertThat(machine(HOLDER.get(0))).isEqualTo("s390x");
        }

        @Test
        void third_has_nothing() {
            HOLDER.get(0).stop();
        }
    }

    private static EngineExecutionResults run(Map<String, String> parameters, Class<?>... testCases) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Arrays.stream(testCases)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(DiscoverySelector[]::new))
                .configurationParameters(parameters)
                .execute();
    }

    static GenericContainer<?> sleeper() {
        return new GenericContainer<>(BUSYBOX)
                .withCommand("sleep", "600")
                .withCreateContainerCmdModifier(create -> create.withStopTimeout(0))
                .withStartupTimeout(Duration.ofMinutes(1));
    }

    private static String machine(GenericContainer<?> container) throws Exception {
        return container.execInContainer("uname", "-m").getStdout().strip();
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(failure -> String.valueOf(failure.getMessage()))
                        .orElse(""))
                .toList();
    }

    private static List<String> marks(EngineExecutionResults results) {
        return entries(results).flatMap(event -> marks(event).lines()).toList();
    }

    private static List<String> marksByTest(EngineExecutionResults results) {
        return results.allEvents().reportingEntryPublished().stream()
                .collect(Collectors.groupingBy(
                        event -> event.getTestDescriptor().getDisplayName().replaceAll("\\(.*", "()"),
                        Collectors.mapping(UnboundContainersTests::marks, Collectors.joining())))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    private static Stream<Event> entries(EngineExecutionResults results) {
        return results.allEvents().reportingEntryPublished().stream();
    }

    private static String marks(Event event) {
        return event.getRequiredPayload(ReportEntry.class).getKeyValuePairs().getOrDefault(ReportKeys.MARKS, "");
    }
}
