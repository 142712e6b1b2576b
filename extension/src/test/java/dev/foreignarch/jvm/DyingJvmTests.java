package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Whatever a test does to its JVM is told as that test's failure, and the other tests run. */
@Tag("engine") // It needs none, but starting many JVMs takes longer than a unit test may.
class DyingJvmTests {

    @Test
    void tellsWhoEndedTheJvmAndRunsTheOthers() {
        Map<String, String> outcomes = run(ExitTestCase.class);

        assertThat(outcomes).containsOnlyKeys("a()", "b()", "c()");
        assertThat(outcomes.get("a()")).isEqualTo("SUCCESSFUL");
        assertThat(outcomes.get("b()"))
                .startsWith("FAILED")
                .contains("died while this test ran", "told to exit (exit code 3)", "ExitTestCase.b(");
        assertThat(outcomes.get("c()")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void bringsTheLastWordsOfACrash() {
        Map<String, String> outcomes = run(CrashTestCase.class);

        assertThat(outcomes.get("a()"))
                .startsWith("FAILED")
                .contains("It crashed: SIGSEGV (0xb)", "Problematic frame", "Its last words");
        assertThat(outcomes.get("b()")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void endsAHangAndTellsWhatTheThreadsWereDoing() {
        Map<String, String> outcomes = run(HangTestCase.class);

        assertThat(outcomes.get("a()"))
                .startsWith("FAILED")
                .contains("It got no further for 5 s (foreignarch.jvm.timeout)", "HangTestCase.a(");
        assertThat(outcomes.get("b()")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void blamesTheClassForADeathOutsideOfTests() {
        Map<String, String> outcomes = run(ExitBeforeAllTestCase.class);

        assertThat(outcomes).containsOnlyKeys("amd64");
        assertThat(outcomes.get("amd64")).contains("FAILED", "ExitBeforeAllTestCase.prepare(");
    }

    @Test
    void tellsThatInvocationsAreLost() {
        Map<String, String> outcomes = run(ExitInTemplateTestCase.class);

        assertThat(outcomes.get("[1] number=1")).isEqualTo("SUCCESSFUL");
        assertThat(outcomes.get("[2] number=2")).contains("FAILED", "exit code 7");
        assertThat(outcomes.get("a(int)")).contains("FAILED", "What was left of it did not run");
        assertThat(outcomes).doesNotContainKey("[3] number=3");
        assertThat(outcomes.get("b()")).isEqualTo("SUCCESSFUL");
    }

    private static Map<String, String> run(Class<?> testClass) {
        List<Event> finished = EngineTestKit.engine(ForeignJvmEngine.ID)
                .configurationParameter(JvmParameters.LAUNCHER, "process")
                .configurationParameter(JvmParameters.TIMEOUT, testClass == HangTestCase.class ? "5" : "60")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .finished()
                .list();
        Map<String, String> outcomes = new TreeMap<>();
        finished.stream()
                .filter(event -> event.getTestDescriptor().isTest() || !isSuccessful(event))
                .forEach(event -> outcomes.put(
                        event.getTestDescriptor().getDisplayName(),
                        result(event).getStatus()
                                + result(event)
                                        .getThrowable()
                                        .map(failure -> " " + failure)
                                        .orElse("")));
        return outcomes;
    }

    private static boolean isSuccessful(Event event) {
        return result(event).getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    }

    private static TestExecutionResult result(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class);
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class ExitTestCase {
        @Test
        void a() {}

        @Test
        void b() {
            System.exit(3);
        }

        @Test
        void c() {}
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class CrashTestCase {
        @Test
        void a() throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 8L, 8L);
        }

        @Test
        void b() {}
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class HangTestCase {
        @Test
        void a() throws InterruptedException {
            Thread.sleep(1_000_000);
        }

        @Test
        void b() {}
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class ExitBeforeAllTestCase {
        @BeforeAll
        static void prepare() {
            System.exit(4);
        }

        @Test
        void a() {}
    }

    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class ExitInTemplateTestCase {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void a(int number) {
            if (number == 2) {
                System.exit(7);
            }
        }

        @Test
        void b() {}
    }
}
