package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;

import dev.foreignarch.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

/** What is refused of programs before anything runs. */
@ExtendWith(Journal.class)
class ProgramRefusalTests {

    private static void refuses(Class<?> testCase, String... faults) {
        EngineExecutionResults results = new FakeHost().run(testCase);
        StringBuilder message = new StringBuilder(testCase.getName() + " is refused by ForeignArch:");
        for (String fault : faults) {
            message.append("\n  * ").append(fault);
        }
        results.allEvents()
                .assertThatEvents()
                .haveAtLeastOne(finishedWithFailure(TestExecutionResultConditions.message(message.toString())));
        assertThat(results.testEvents().succeeded().count()).isZero();
    }

    @Test
    void field_of_another_type() {
        refuses(
                OtherType.class,
                "@ForeignProgram(\"greet\") on field greet of OtherType: the field is a String. Declare it as Program.");
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class OtherType {
        @ForeignProgram("greet")
        String greet;

        @Test
        void test() {}
    }

    @Test
    void static_final_and_nameless() {
        refuses(
                StaticFinal.class,
                "@ForeignProgram on field GREET of StaticFinal names no file. Write"
                        + " @ForeignProgram(\"build/{docker}/program\").",
                "@ForeignProgram on field GREET of StaticFinal: the field is final and can't be set. Remove final.",
                "@ForeignProgram on field GREET of StaticFinal: the field is static, but each test gets a program of its"
                        + " own. Remove static: a container is shared all the same.");
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class StaticFinal {
        @ForeignProgram(" ")
        static final Program GREET = null;

        @Test
        void test() {}
    }

    @Test
    void one_cpu_for_several_architectures() {
        refuses(
                OneCpu.class,
                "@ForeignArch({\"arm32v6\", \"s390x\"}) on class OneCpu names the CPU model \"arm1176\", which only one of"
                        + " the architectures can have. Give each a class of its own, or leave cpu out.");
    }

    @ForeignArch(
            value = {"arm32v6", "s390x"},
            cpu = "arm1176")
    @ExtendWith(FakeHost.Installation.class)
    static class OneCpu {
        @Test
        void test() {}
    }
}
