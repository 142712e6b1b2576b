package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.testcontainers.containers.GenericContainer;

/** What is refused, and in which words. */
@ExtendWith(Journal.class)
class RefusalTests {

    private static final String KNOWN =
            "Known are amd64, i386, arm32v5, arm32v6, arm32v7, arm64v8, mips64le, ppc64le, riscv64, s390x, loong64,"
                    + " and their other names such as linux/arm/v7, armhf or aarch64.";

    private final FakeHost host = new FakeHost();

    /** Run a test case of which one test or class fails, before anything is prepared or started. */
    private Throwable failureOf(Class<?> testCase) {
        EngineExecutionResults results = host.run(testCase);

        assertThat(Journal.lines()).isSubsetOf("close host");
        List<Throwable> failures = results.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    private void assertRefused(Class<?> testCase, String... faults) {
        assertThat(failureOf(testCase))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(refusal(testCase, faults));
    }

    private static String refusal(Class<?> testCase, String... faults) {
        return testCase.getName() + " is refused by ForeignArch:\n  * " + String.join("\n  * ", faults);
    }

    // --- Names

    @Test
    void anUnknownName() {
        assertRefused(
                UnknownTestCase.class,
                "@ForeignArch(\"arm32v8\") on class UnknownTestCase: 'arm32v8' is not an architecture that ForeignArch"
                        + " knows. Did you mean 'arm32v7'? " + KNOWN);
    }

    @ForeignArch("arm32v8")
    static class UnknownTestCase {
        @Test
        void test() {}
    }

    @Test
    void aBlankName() {
        assertRefused(
                BlankTestCase.class,
                "@ForeignArch({\"arm32v7\", \" \"}) on class BlankTestCase holds a blank name. Remove it, or name an"
                        + " architecture, for example \"arm32v7\".");
    }

    @ForeignArch({"arm32v7", " "})
    static class BlankTestCase {
        @Test
        void test() {}
    }

    @Test
    void noNames() {
        assertRefused(
                EmptyTestCase.class,
                "@ForeignArch({}) on class EmptyTestCase names no architecture, so that no test would run. Name at"
                        + " least one, for example \"arm32v7\".");
    }

    @ForeignArch({})
    static class EmptyTestCase {
        @Test
        void test() {}
    }

    @Test
    void twoNamesOfOneArchitecture() {
        assertRefused(
                TwiceTestCase.class,
                "@ForeignArch({\"armhf\", \"s390x\", \"arm32v7\"}) on class TwiceTestCase names arm32v7 twice, as"
                        + " \"armhf\" and as \"arm32v7\", so that its tests would run twice there. Remove one of the"
                        + " two.");
    }

    @ForeignArch({"armhf", "s390x", "arm32v7"})
    static class TwiceTestCase {
        @Test
        void test() {}
    }

    @Test
    void noNamesOnAMethod() {
        assertRefused(
                EmptyMethodTestCase.class,
                "@ForeignArchTest({}) on method test of EmptyMethodTestCase names no architecture, so that no test"
                        + " would run. Name at least one, for example \"arm32v7\".");
    }

    static class EmptyMethodTestCase {
        @ForeignArchTest({})
        void test() {}
    }

    @Test
    void anUnknownNameOnATest() {
        assertRefused(
                UnknownMethodTestCase.class,
                "@ForeignArch(\"s390\") on method test of UnknownMethodTestCase: 's390' is not an architecture that"
                        + " ForeignArch knows. Did you mean 's390x'? " + KNOWN);
    }

    static class UnknownMethodTestCase {
        @Test
        @ForeignArch("s390")
        void test() {}
    }

    @Test
    void allFaultsOfAClassAtOnce() {
        assertRefused(
                ManyFaultsTestCase.class,
                "@ForeignArch({\"arm32v7\", \"arm32v7\", \"\"}) on class ManyFaultsTestCase names arm32v7 twice, as"
                        + " \"arm32v7\" and as \"arm32v7\", so that its tests would run twice there. Remove one of the"
                        + " two.",
                "@ForeignArch({\"arm32v7\", \"arm32v7\", \"\"}) on class ManyFaultsTestCase holds a blank name. Remove"
                        + " it, or name an architecture, for example \"arm32v7\".",
                "@ForeignContainer on field text of ManyFaultsTestCase: String is no GenericContainer. Declare the"
                        + " field as GenericContainer<?>, or as one of its subclasses and assign a container.",
                "@ForeignArchTest(\"s390x\") on method test of Inner stands inside @ForeignArch({\"arm32v7\","
                        + " \"arm32v7\", \"\"}) on class ManyFaultsTestCase, which repeats the method already. Remove"
                        + " one of the two, or move the method to another class.");
    }

    @ForeignArch({"arm32v7", "arm32v7", ""})
    static class ManyFaultsTestCase {
        @ForeignContainer
        String text = "";

        @Nested
        class Inner {
            @ForeignArchTest("s390x")
            void test() {}
        }
    }

    // --- Annotations that don't go together

    @Test
    void severalArchitecturesOfAPlainTest() {
        assertRefused(
                SeveralTestCase.class,
                "@ForeignArch({\"arm64v8\", \"s390x\"}) on method test of SeveralTestCase names 2 architectures, but a"
                        + " test that JUnit runs by itself can have only one. Write @ForeignArchTest({\"arm64v8\","
                        + " \"s390x\"}) in place of both annotations, or put @ForeignArch on the class, which repeats"
                        + " all of its tests.");
    }

    static class SeveralTestCase {
        @Test
        @ForeignArch({"arm64v8", "s390x"})
        void test() {}
    }

    @Test
    void aClassAndAMethod() {
        assertRefused(
                ClassAndMethodTestCase.class,
                "@ForeignArch(\"s390x\") on method test of ClassAndMethodTestCase stands inside @ForeignArch({\"arm64v8\","
                        + " \"arm32v7\"}) on class ClassAndMethodTestCase, which repeats the method already. Remove one"
                        + " of the two, or move the method to another class.");
    }

    @ForeignArch({"arm64v8", "arm32v7"})
    static class ClassAndMethodTestCase {
        @Test
        @ForeignArch("s390x")
        void test() {}
    }

    @Test
    void aClassAndItsNestedClass() {
        assertRefused(
                ClassAndNestedTestCase.class,
                "@ForeignArch(\"s390x\") on class Inner stands inside @ForeignArch(\"arm64v8\") on class"
                        + " ClassAndNestedTestCase, which repeats it already. Remove one of the two, or move the class"
                        + " out of the other.");
    }

    @ForeignArch("arm64v8")
    static class ClassAndNestedTestCase {
        @Nested
        @ForeignArch("s390x")
        class Inner {
            @Test
            void test() {}
        }
    }

    @Test
    void anotherClassTemplate() {
        assertRefused(
                ParameterizedClassTestCase.class,
                "@ForeignArch(\"s390x\") on class ParameterizedClassTestCase stands beside @ParameterizedClass. JUnit"
                        + " would run the class for one and then for the other, and not combine them. Put"
                        + " @ParameterizedClass on a @Nested class inside.");
    }

    @ForeignArch("s390x")
    @ParameterizedClass
    @ValueSource(ints = 1)
    static class ParameterizedClassTestCase {
        @Test
        void test() {}
    }

    @Test
    void noTestAnnotation() {
        assertRefused(
                NoTestTestCase.class,
                "@ForeignArch(\"s390x\") on method forgotten of NoTestTestCase stands beside no test annotation, so that"
                        + " JUnit does not run the method. Add @Test, or write @ForeignArchTest(\"s390x\") in its"
                        + " place.");
    }

    static class NoTestTestCase {
        @Test
        @ForeignArch("s390x")
        void test() {}

        @ForeignArch("s390x")
        void forgotten() {}
    }

    @Test
    void anotherTestTemplate() {
        assertRefused(
                ParameterizedTestCase.class,
                "@ForeignArchTest({\"arm64v8\", \"s390x\"}) on method test of ParameterizedTestCase stands beside"
                        + " @ParameterizedTest. JUnit would run the method for one and then for the other, and not"
                        + " combine them. Remove @ParameterizedTest, or put @ForeignArch on the class in place of"
                        + " @ForeignArchTest.");
    }

    static class ParameterizedTestCase {
        @ForeignArchTest({"arm64v8", "s390x"})
        @ParameterizedTest
        @ValueSource(ints = 1)
        void test(int number) {}
    }

    @Test
    void aRepeatedTest() {
        // JUnit may run its repetitions before ours, and each of them tells the same.
        EngineExecutionResults results = host.run(RepeatedTestCase.class);

        assertThat(results.allEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessage(refusal(
                                RepeatedTestCase.class,
                                "@ForeignArchTest(\"arm64v8\") on method test of RepeatedTestCase stands beside"
                                        + " @RepeatedTest. JUnit would run the method for one and then for the other,"
                                        + " and not combine them. Remove @RepeatedTest, or put @ForeignArch on the"
                                        + " class in place of @ForeignArchTest.")));
        results.testEvents().assertStatistics(count -> count.succeeded(0));
    }

    static class RepeatedTestCase {
        @ForeignArchTest("arm64v8")
        @RepeatedTest(2)
        void test() {}
    }

    @Test
    void aPlainTestBeside() {
        EngineExecutionResults results = host.run(PlainTestCase.class);

        assertThat(results.allEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessage(refusal(
                                PlainTestCase.class,
                                "@ForeignArchTest(\"arm64v8\") on method test of PlainTestCase stands beside @Test."
                                        + " JUnit would run the method for one and then for the other, and not combine"
                                        + " them. Remove @Test, or put @ForeignArch on the class in place of"
                                        + " @ForeignArchTest.")));
        results.testEvents().assertStatistics(count -> count.succeeded(0));
    }

    static class PlainTestCase {
        @Test
        @ForeignArchTest("arm64v8")
        void test() {}
    }

    @Test
    void aFactoryBesideAndBothOfOurs() {
        EngineExecutionResults results = host.run(FactoryTestCase.class);

        assertThat(results.allEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessage(refusal(
                                FactoryTestCase.class,
                                "@ForeignArchTest(\"arm64v8\") on method both of FactoryTestCase stands beside"
                                        + " @ForeignArch, which names architectures too. Remove @ForeignArch.",
                                "@ForeignArchTest(\"arm64v8\") on method test of FactoryTestCase stands beside"
                                        + " @TestFactory. JUnit would run the method for one and then for the other,"
                                        + " and not combine them. Remove @TestFactory, or put @ForeignArch on the class"
                                        + " in place of @ForeignArchTest.")));
        results.testEvents().assertStatistics(count -> count.succeeded(0));
    }

    static class FactoryTestCase {
        @TestFactory
        @ForeignArchTest("arm64v8")
        Stream<DynamicTest> test() {
            return Stream.empty();
        }

        @ForeignArch("s390x")
        @ForeignArchTest("arm64v8")
        void both() {}
    }

    // --- Parameters

    @Test
    void anArchitectureForMethodsThatRunOnceForAll() {
        assertRefused(
                BeforeAllTestCase.class,
                "@BeforeAll method beforeAll of BeforeAllTestCase takes an Architecture, but it runs once for all of"
                        + " @ForeignArch({\"arm64v8\", \"s390x\"}). Take it in @BeforeEach, in @AfterEach or in the"
                        + " test.",
                "@AfterAll method afterAll of BeforeAllTestCase takes a container, but it runs outside of the tests of"
                        + " any architecture. Declare a static field @ForeignContainer(\"redis:7\")"
                        + " GenericContainer<?>, which is set for each architecture, or take the container in"
                        + " @BeforeEach.");
    }

    @ForeignArch({"arm64v8", "s390x"})
    static class BeforeAllTestCase {
        @BeforeAll
        static void beforeAll(Architecture architecture) {}

        @AfterAll
        static void afterAll(@ForeignContainer("redis:7") GenericContainer<?> redis) {}

        @Test
        void test() {}
    }

    @Test
    void containerParametersThatCannotBe() {
        assertRefused(
                ParametersTestCase.class,
                "@ForeignContainer(\"redis:7\") on parameter container of method test of ParametersTestCase: ForeignArch"
                        + " makes a GenericContainer of an image, and no FakeContainer. Declare the parameter as"
                        + " GenericContainer<?>.",
                "@ForeignContainer on parameter container of method beforeEach of ParametersTestCase names no image."
                        + " Write @ForeignContainer(\"image:tag\").");
    }

    static class ParametersTestCase {
        @BeforeEach
        void beforeEach(@ForeignContainer GenericContainer<?> container) {}

        @Test
        @ForeignArch("s390x")
        void test(@ForeignContainer("redis:7") FakeContainer container) {}
    }

    @Test
    void aParameterOfATestWithoutArchitecture() {
        assertThat(failureOf(NowhereTestCase.class))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessage("Parameter container of method test of NowhereTestCase needs an architecture, but neither"
                        + " its test nor the class has one. Put @ForeignArch on the class or on the test.");
    }

    static class NowhereTestCase {
        @Test
        void test(@ForeignContainer("redis:7") GenericContainer<?> container) {}
    }

    @Test
    void anArchitectureForAnInstanceThatServesAll() {
        assertThat(failureOf(PerClassConstructorTestCase.class))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessage("Parameter architecture of the constructor of PerClassConstructorTestCase needs an"
                        + " architecture, but one instance serves all tests (Lifecycle.PER_CLASS). Take the parameter"
                        + " in @BeforeEach or in the test, or remove PER_CLASS.");
    }

    @ForeignArch({"arm64v8", "s390x"})
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClassConstructorTestCase {
        PerClassConstructorTestCase(Architecture architecture) {}

        @Test
        void test() {}
    }

    // --- Fields

    @Test
    void fieldsThatCannotHoldAContainer() {
        assertRefused(
                FieldsTestCase.class,
                "@ForeignContainer(\"redis:7\") on field special of FieldsTestCase: ForeignArch makes a GenericContainer"
                        + " of an image, and no FakeContainer. Declare the field as GenericContainer<?>, or leave the"
                        + " image out of the annotation and assign a FakeContainer.",
                "@ForeignContainer(\"redis:7\") on field fixed of FieldsTestCase: the field is final and can't be set."
                        + " Remove final.",
                "@ForeignContainer(\"redis:7\") on field image of FieldsTestCase: String is no GenericContainer. Declare"
                        + " the field as GenericContainer<?>, or as one of its subclasses and assign a container.");
    }

    @ForeignArch("s390x")
    static class FieldsTestCase {
        @ForeignContainer("redis:7")
        String image = "";

        @ForeignContainer("redis:7")
        FakeContainer special;

        @ForeignContainer("redis:7")
        final GenericContainer<?> fixed = new FakeContainer("redis:7");

        @Test
        void test() {}
    }

    @Test
    void aStaticFieldForATestOfItsOwnArchitecture() {
        assertRefused(
                StaticFieldTestCase.class,
                "@ForeignContainer(\"redis:7\") on field redis of StaticFieldTestCase: the field is static and would be"
                        + " set before a test begins, but the architecture is that of method test of"
                        + " StaticFieldTestCase. Remove static, or put @ForeignArch on the class.");
    }

    static class StaticFieldTestCase {
        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @Test
        @ForeignArch("s390x")
        void test() {}
    }

    @Test
    void aFieldWithoutArchitecture() {
        assertRefused(
                LonelyFieldTestCase.class,
                "@ForeignContainer(\"redis:7\") on field redis of LonelyFieldTestCase: no test of the class has an"
                        + " architecture. Put @ForeignArch on the class, or on the tests that use the container.");
    }

    static class LonelyFieldTestCase {
        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void test() {}
    }
}
