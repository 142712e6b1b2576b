package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.EnabledOnForeignArch;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

/** Whatever kinds of test a class has, all of them run once per architecture. */
@ForeignArch({"arm64v8", "s390x"})
class KindsOfTestTests {

    @ForeignContainer
    static GenericContainer<?> machine = new GenericContainer<>("busybox:1.36").withCommand("sleep", "infinity");

    @Test
    void plain(Architecture architecture) throws Exception {
        assertEquals(architecture.machineName(), shell("uname -m"));
    }

    /** What an annotation leaves out is skipped on the other architectures, with this reason. */
    @Test
    @EnabledOnForeignArch(value = "s390x", reason = "only big-endian machines store the highest byte first")
    void onlyBigEndian(Architecture architecture) {
        assertEquals(ByteOrder.BIG_ENDIAN, architecture.byteOrder());
    }

    @ParameterizedTest
    @CsvSource({"1 << 31, 2147483648", "-7 / 2, -3"})
    void parameterized(String expression, String result) throws Exception {
        assertEquals(result, shell("echo $((" + expression + "))"));
    }

    @RepeatedTest(2)
    void repeated() throws Exception {
        assertEquals("4", shell("echo abcd | head -c 4 | wc -c"));
    }

    @TestFactory
    Stream<DynamicTest> dynamic() {
        return Stream.of("cat", "od", "sh").map(name -> dynamicTest(name, () -> shell("command -v " + name)));
    }

    private static String shell(String script) throws Exception {
        Container.ExecResult result = machine.execInContainer("sh", "-ec", script);
        assertEquals(0, result.getExitCode(), result.getStderr());
        return result.getStdout().strip();
    }
}
