package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import dev.foreignarch.jupiter.ForeignJvm;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** What a class with tests in foreign JVMs may declare. */
class ForeignClassTests {

    @Test
    void aCpuModelIsRefused() {
        assertThat(ForeignClass.of(CpuTestCase.class).orElseThrow().problem())
                .contains("@ForeignJvm class " + CpuTestCase.class.getName()
                        + " names the CPU model \"cortex-a8\", but one"
                        + " foreign JVM serves all classes of its architecture, with QEMU's usual model. Leave cpu out, or"
                        + " test a program or a container (@ForeignProgram, @ForeignContainer), which can have a model of"
                        + " its own.");
    }

    @ForeignArch(value = "arm32v7", cpu = "cortex-a8")
    @ForeignJvm
    static class CpuTestCase {}

    @Test
    void containersAndProgramsAreRefusedWhereverTheyStand() {
        assertThat(ForeignClass.of(InjectedTestCase.class).orElseThrow().problem())
                .contains("@ForeignJvm class " + InjectedTestCase.class.getName()
                        + " declares @ForeignContainer on field inherited of InjectedBase, @ForeignContainer on parameter"
                        + " redis of method test of InjectedTestCase, @ForeignProgram on field greet of InjectedTestCase,"
                        + " @ForeignProgram on parameter greet of the constructor of InjectedTestCase, @ForeignProgram on"
                        + " parameter inside of method test of Inside, but inside the foreign JVM there is no container"
                        + " engine. Move what needs one to a test class without @ForeignJvm; a container that runs already"
                        + " can be reached by its address.");
    }

    static class InjectedBase {
        @ForeignContainer("redis:7")
        GenericContainer<?> inherited;
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class InjectedTestCase extends InjectedBase {
        @ForeignProgram("greet")
        Program greet;

        InjectedTestCase(@ForeignProgram("greet") Program greet) {}

        @Test
        void test(@ForeignContainer("redis:7") GenericContainer<?> redis) {}

        @Nested
        class Inside {
            @Test
            void test(@ForeignProgram("greet") Program inside) {}
        }
    }

    @Test
    void aClassThatIsGivenNothingIsAccepted() {
        ForeignClass accepted = ForeignClass.of(PlainTestCase.class).orElseThrow();

        assertThat(accepted.problem()).isEmpty();
        assertThat(accepted.architectures()).containsExactly(Map.entry("s390x", Architecture.S390X));
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class PlainTestCase {
        @Test
        void test(Architecture architecture) {}
    }

    @Test
    void anArchitectureInsideAnotherOneIsRefusedBeforeAJvmIsStarted() {
        assertThat(ForeignRun.of(RepeatedInsideTestCase.class).outcomes())
                .containsExactly(Map.entry(
                        "ForeignClassTests$RepeatedInsideTestCase",
                        "FAILED org.junit.platform.commons.JUnitException: "
                                + RepeatedInsideTestCase.class.getName() + " is refused by ForeignArch:\n"
                                + "  * @ForeignArch(\"arm64v8\") on method test of RepeatedInsideTestCase stands inside"
                                + " @ForeignArch(\"s390x\") on class RepeatedInsideTestCase, which repeats the method"
                                + " already. Remove one of the two, or move the method to another class."));
    }

    @ForeignArch("s390x")
    @ForeignJvm
    static class RepeatedInsideTestCase {
        @Test
        @ForeignArch("arm64v8")
        void test() {}
    }

    @Test
    void beforeAllRunsInEachJvmAndMayTakeItsArchitecture() {
        assertThat(ForeignRun.of(BeforeAllTestCase.class)
                        .with(JvmParameters.LAUNCHER, "process")
                        .outcomes())
                .containsExactly(Map.entry("test(Architecture)", "SUCCESSFUL"));
    }

    @ForeignArch({"s390x", "arm64v8"})
    @ForeignJvm
    static class BeforeAllTestCase {
        private static Architecture ofAll = Architecture.AMD64;

        @BeforeAll
        static void take(Architecture architecture) {
            ofAll = architecture;
        }

        @Test
        void test(Architecture architecture) {
            assertThat(ofAll).isEqualTo(architecture);
        }
    }

    @Test
    void aSettingWithoutMeaningIsToldByEachTest() {
        assertThat(ForeignRun.of(PlainTestCase.class)
                        .with("foreignarch.registration", "maybe")
                        .outcomes())
                .containsExactly(
                        Map.entry(
                                "test(Architecture)",
                                "FAILED java.lang.IllegalArgumentException: foreignarch.registration is 'maybe', but only 'auto', 'never', 'temporary', 'repair' and 'namespace' have a meaning."));
    }

    @Test
    void aSettingOfForeignJvmsWithoutMeaningIsToldByEachClass() {
        assertThat(ForeignRun.of(PlainTestCase.class)
                        .with(JvmParameters.TIMEOUT, "soon")
                        .outcomes())
                .containsExactly(
                        Map.entry(
                                "ForeignClassTests$PlainTestCase",
                                "FAILED org.junit.platform.commons.JUnitException: foreignarch.jvm.timeout is 'soon', but that is no length of time. Write a number of seconds such as 300, or an ISO-8601 duration such as PT5M."));
    }
}
