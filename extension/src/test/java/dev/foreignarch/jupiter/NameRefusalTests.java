package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names of architectures that are refused, and in which words. */
@ExtendWith(Journal.class)
class NameRefusalTests {

    private static final String KNOWN =
            "Known are amd64, i386, arm32v5, arm32v6, arm32v7, arm64v8, mips64le, ppc64le, riscv64, s390x, loong64,"
                    + " and their other names such as linux/arm/v7, armhf or aarch64.";

    private final Refusals refusals = new Refusals();

    @Test
    void anUnknownName() {
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
        refusals.assertRefused(
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
    void anUnknownNameOnATestOfAnInstanceThatServesAll() {
        assertThat(refusals.failureOf(UnknownPerClassTestCase.class))
                .hasMessage(Refusals.refusal(
                        UnknownPerClassTestCase.class,
                        "@ForeignArch(\"s390\") on method test of UnknownPerClassTestCase: 's390' is not an architecture"
                                + " that ForeignArch knows. Did you mean 's390x'? " + KNOWN))
                .hasNoSuppressedExceptions();
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class UnknownPerClassTestCase {
        @Test
        @ForeignArch("s390")
        void test() {}
    }

    @Test
    void allFaultsOfAClassAtOnce() {
        refusals.assertRefused(
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
}
