package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.testcontainers.containers.GenericContainer;

/** Parameters and fields that can hold no container or architecture, and what is said of them. */
@ExtendWith(Journal.class)
class InjectionRefusalTests {

    private final Refusals refusals = new Refusals();

    @Test
    void anArchitectureForMethodsThatRunOnceForAll() {
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        assertThat(refusals.failureOf(NowhereTestCase.class))
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
        assertThat(refusals.failureOf(PerClassConstructorTestCase.class))
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

    @Test
    void fieldsThatCannotHoldAContainer() {
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
