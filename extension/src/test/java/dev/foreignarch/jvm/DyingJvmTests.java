package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void bringsWhatNativeCodeSaidRightBeforeTheCrash() {
        Map<String, String> outcomes =
                inProcess(LastWordsTestCase.class).silent().outcomes();

        assertThat(outcomes.get("a()")).contains(LastWordsTestCase.WORDS, "# A fatal error has been detected");
        assertThat(outcomes.get("b()")).contains(LastWordsTestCase.WORDS, "It ended (exit code 1)");
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
    void triesOnceMoreIfTheJvmDiesBeforeTheFirstTest() {
        assertThat(run(DiesAtFirstTestCase.class).get("a()")).isEqualTo("SUCCESSFUL");
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class DiesAtFirstTestCase {
        private static final Path MARK = Path.of("/tmp/foreignarch-died-at-first-"
                + ProcessHandle.current().parent().orElseThrow().pid());

        @BeforeAll
        static void dieAtFirst() throws IOException {
            if (!Files.exists(MARK)) {
                Files.createFile(MARK);
                Runtime.getRuntime().halt(9);
            }
            Files.delete(MARK);
        }

        @Test
        void a() {}
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

    @Test
    void publishesTheReportOfACrashBesideItsTest() {
        ForeignRun run = ForeignRun.of(CrashTestCase.class).with(JvmParameters.LAUNCHER, "process");

        run.outcomes();

        assertThat(run.files()).containsOnlyKeys("a()");
        assertThat(run.files().get("a()"))
                .startsWith("hs_err_amd64.log\n")
                .contains("Problematic frame", "---------------  T H R E A D  ---------------", "END.");
    }

    @Test
    void tellsThatOnlyCompiledCodeCrashes() {
        assertThat(run(CompiledCrashTestCase.class).get("a()"))
                .startsWith("FAILED")
                .contains(
                        "Without the JVM's compiler (-Xint) the same test passes, so the compiler or the emulator is to"
                                + " blame, and not the test.\nIt crashed: SIGSEGV");
    }

    @Test
    void tellsThatCodeCrashesWithoutTheCompilerToo() {
        assertThat(run(TwiceCrashTestCase.class).get("a()"))
                .startsWith("FAILED")
                .contains(
                        "Without the JVM's compiler (-Xint) it dies too, so the test or its native code is to blame: It"
                                + " crashed: SIGSEGV",
                        "\nThe first time: It crashed: SIGSEGV");
    }

    @Test
    void blamesTheTestThatExhaustsTheMemoryAndRunsTheOthers() {
        Map<String, String> outcomes = run(MemoryTestCase.class);

        assertThat(outcomes).containsOnlyKeys("a()", "b()");
        assertThat(outcomes.get("a()")).isEqualTo("FAILED java.lang.OutOfMemoryError: Java heap space");
        assertThat(outcomes.get("b()")).isEqualTo("SUCCESSFUL");
    }

    private static Map<String, String> run(Class<?> testClass) {
        return inProcess(testClass).outcomes();
    }

    private static ForeignRun inProcess(Class<?> testClass) {
        return ForeignRun.of(testClass)
                .with(JvmParameters.LAUNCHER, "process")
                .with(JvmParameters.TIMEOUT, testClass == HangTestCase.class ? "5" : "60");
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

    /** Native code writes to the process's own standard error, and often more than anybody reads. */
    @ForeignArch("amd64")
    @ForeignJvm
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LastWordsTestCase {
        static final String WORDS = "native: line 9998\nnative: line 9999\nnative: I give up";

        private static void speak() throws IOException {
            StringBuilder words = new StringBuilder();
            for (int line = 0; line < 10_000; line++) {
                words.append("native: line ").append(line).append('\n');
            }
            try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
                stderr.write(words.append("native: I give up\n").toString().getBytes(UTF_8));
            }
        }

        @Test
        void a() throws IOException, ReflectiveOperationException {
            speak();
            new CrashTestCase().a();
        }

        @Test
        void b() throws IOException {
            speak();
            Runtime.getRuntime().halt(1);
        }
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

    @ForeignArch("amd64")
    @ForeignJvm(arguments = "-Xbatch")
    static class CompiledCrashTestCase {
        @Test
        void a() throws ReflectiveOperationException {
            if (!System.getProperty("java.vm.info").contains("interpreted mode")) {
                crashInCompiledCode();
            }
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm(arguments = "-Xbatch")
    static class TwiceCrashTestCase {
        @Test
        void a() throws ReflectiveOperationException {
            crashInCompiledCode();
        }
    }

    /** Read from nowhere, by a method that has been read from somewhere often enough to be compiled. */
    private static void crashInCompiledCode() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Method read = type.getMethod("getLong", long.class);
        Object somewhere = type.getMethod("allocateMemory", long.class).invoke(field.get(null), 8L);
        for (int count = 0; count < 20_000; count++) {
            read.invoke(field.get(null), somewhere);
        }
        read.invoke(field.get(null), 8L);
    }

    @ForeignArch("amd64")
    @ForeignJvm(arguments = "-Xmx64m")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class MemoryTestCase {
        @Test
        void a() {
            List<byte[]> kept = new ArrayList<>();
            while (kept.size() < 1_000) {
                kept.add(new byte[1 << 20]);
            }
        }

        @Test
        void b() {}
    }
}
