package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;

import dev.foreignarch.program.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
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
    void parameters_of_another_type_and_nameless() {
        refuses(
                Parameters.class,
                "@ForeignProgram(\"greet\") on parameter greet of method test of Parameters: the parameter is a String."
                        + " Declare it as Program.",
                "@ForeignProgram on parameter greet of the constructor of Parameters names no file. Write"
                        + " @ForeignProgram(\"build/{docker}/program\").");
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class Parameters {
        Parameters(@ForeignProgram("") Program greet) {}

        @Test
        void test(@ForeignProgram("greet") String greet) {}
    }

    @Test
    void parameters_of_methods_that_run_once_for_all() {
        refuses(
                OnceForAll.class,
                "@BeforeAll method beforeAll of OnceForAll takes a program, but it runs outside of the tests of any"
                        + " architecture. Take the program in @BeforeEach, in @AfterEach or in the test.",
                "@AfterAll method afterAll of OnceForAll takes a program, but it runs outside of the tests of any"
                        + " architecture. Take the program in @BeforeEach, in @AfterEach or in the test.");
    }

    @ForeignArch("s390x")
    @ExtendWith(FakeHost.Installation.class)
    static class OnceForAll {
        @BeforeAll
        static void beforeAll(@ForeignProgram("greet") Program greet) {}

        @AfterAll
        static void afterAll(@ForeignProgram("greet") Program greet) {}

        @Test
        void test() {}
    }

    @Test
    void field_in_a_class_without_architecture() {
        refuses(
                NoArchitecture.class,
                "@ForeignProgram(\"greet\") on field greet of NoArchitecture: no test of the class has an architecture."
                        + " Put @ForeignArch on the class, or on the tests that use the program.");
    }

    @ExtendWith(FakeHost.Installation.class)
    static class NoArchitecture {
        @ForeignProgram("greet")
        Program greet;

        @Test
        void test() {}
    }

    @Test
    void field_is_allowed_beside_tests_with_architectures_of_their_own() {
        EngineExecutionResults results = new FakeHost().run(OwnArchitecture.class);

        assertThat(results.testEvents().succeeded().count()).isEqualTo(1);
        // The fake host was asked for the program, which it can't make.
        results.testEvents()
                .failed()
                .assertEventsMatchExactly(finishedWithFailure(
                        TestExecutionResultConditions.message("no test on a fake host uses programs")));
    }

    @ExtendWith(FakeHost.Installation.class)
    static class OwnArchitecture {
        @ForeignProgram("{qemu}/greet")
        Program greet;

        @Test
        void local() {}

        @Nested
        class Inside {
            @Test
            @ForeignArch("s390x")
            void test() {}
        }
    }

    @Test
    void parameter_of_a_test_without_architecture() {
        assertThat(new Refusals().failureOf(Nowhere.class))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessage(
                        "Parameter greet of method test of Nowhere needs an architecture, but neither its test nor the"
                                + " class has one. Put @ForeignArch on the class or on the test.");
    }

    static class Nowhere {
        @Test
        void test(@ForeignProgram("greet") Program greet) {}
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
