package dev.foreignarch.jupiter;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations that don't go together, and what is said of them. */
@ExtendWith(Journal.class)
class CombinationRefusalTests {

    private final Refusals refusals = new Refusals();

    @Test
    void severalArchitecturesOfAPlainTest() {
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefusedEachTime(
                RepeatedTestCase.class,
                "@ForeignArchTest(\"arm64v8\") on method test of RepeatedTestCase stands beside"
                        + " @RepeatedTest. JUnit would run the method for one and then for the other,"
                        + " and not combine them. Remove @RepeatedTest, or put @ForeignArch on the"
                        + " class in place of @ForeignArchTest.");
    }

    static class RepeatedTestCase {
        @ForeignArchTest("arm64v8")
        @RepeatedTest(2)
        void test() {}
    }

    @Test
    void aPlainTestBeside() {
        refusals.assertRefusedEachTime(
                PlainTestCase.class,
                "@ForeignArchTest(\"arm64v8\") on method test of PlainTestCase stands beside @Test."
                        + " JUnit would run the method for one and then for the other, and not combine"
                        + " them. Remove @Test, or put @ForeignArch on the class in place of"
                        + " @ForeignArchTest.");
    }

    static class PlainTestCase {
        @Test
        @ForeignArchTest("arm64v8")
        void test() {}
    }

    @Test
    void aFactoryBesideAndBothOfOurs() {
        refusals.assertRefusedEachTime(
                FactoryTestCase.class,
                "@ForeignArchTest(\"arm64v8\") on method both of FactoryTestCase stands beside"
                        + " @ForeignArch, which names architectures too. Remove @ForeignArch.",
                "@ForeignArchTest(\"arm64v8\") on method test of FactoryTestCase stands beside"
                        + " @TestFactory. JUnit would run the method for one and then for the other,"
                        + " and not combine them. Remove @TestFactory, or put @ForeignArch on the class"
                        + " in place of @ForeignArchTest.");
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
}
