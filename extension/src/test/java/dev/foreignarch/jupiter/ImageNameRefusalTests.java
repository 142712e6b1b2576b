package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;

/** Names of images in annotations: what they may stand for, and which are refused before anything is prepared. */
@ExtendWith(Journal.class)
class ImageNameRefusalTests {

    private static final String UNRESOLVED = "${no.such.version} stands for a configuration parameter or a system"
            + " property of the tests, and there is none of this name. Give it to them: -Dno.such.version=…; in Maven,"
            + " <systemPropertyVariables><no.such.version>…</no.such.version></systemPropertyVariables> in the"
            + " configuration of maven-surefire-plugin; in Gradle, test { systemProperty 'no.such.version', … }.";

    private final Refusals refusals = new Refusals();

    @Test
    void whatIsNoNameOfAnImage() {
        refusals.assertRefused(
                InvalidTestCase.class,
                "@ForeignContainer(\"Redis:7\") on field redis of InvalidTestCase: 'Redis:7' is no name of an image: only"
                        + " a tag may have capital letters. Write 'redis:7'.",
                "@ForeignProgram(\"target/greet\") on field greet of InvalidTestCase: 'debian 12' is no name of an image:"
                        + " it holds a blank. Write 'debian12'.",
                "@ForeignContainer(\"http://redis\") on parameter other of method test of InvalidTestCase:"
                        + " 'http://redis' is no name of an image: it is the address of a page. Write 'redis'.");
    }

    @ForeignArch("arm32v7")
    static class InvalidTestCase {

        @ForeignContainer("Redis:7")
        GenericContainer<?> redis;

        @ForeignProgram(value = "target/greet", image = "debian 12")
        Program greet;

        @Test
        void test(@ForeignContainer("http://redis") GenericContainer<?> other) {}
    }

    @Test
    void anUnknownPlaceholder() {
        refusals.assertRefused(
                PlaceholderTestCase.class,
                "@ForeignContainer(\"app:1-{arch}\") on field app of PlaceholderTestCase: The image app:1-{arch} has the"
                        + " placeholder {arch}, which stands for nothing. Write one of {debian}, {docker}, {platform},"
                        + " {qemu}.");
    }

    @ForeignArch("arm32v7")
    static class PlaceholderTestCase {

        @ForeignContainer("app:1-{arch}")
        GenericContainer<?> app;

        @Test
        void test() {}
    }

    @Test
    void aParameterThatNobodyHasSet() {
        refusals.assertRefused(
                UnresolvedTestCase.class,
                "@ForeignContainer(\"app:${no.such.version}\") on field app of UnresolvedTestCase: " + UNRESOLVED,
                "@ForeignContainer(\"app:${}\") on field other of UnresolvedTestCase: ${} names no configuration"
                        + " parameter. Write one, for example ${project.version}.");
    }

    @ForeignArch("arm32v7")
    static class UnresolvedTestCase {

        @ForeignContainer("app:${no.such.version}")
        GenericContainer<?> app;

        @ForeignContainer("app:${}")
        GenericContainer<?> other;

        @Test
        void test() {}
    }

    @Test
    void aParameterWhoseValueMakesNoName() {
        assertThat(new FakeHost()
                        .withParameter("app.version", "1.0 beta")
                        .run(ParameterTestCase.class)
                        .allEvents()
                        .failed()
                        .map(Refusals::failure))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessage(Refusals.refusal(
                                ParameterTestCase.class,
                                "@ForeignContainer(\"app:${app.version}-{docker}\") on field app of ParameterTestCase:"
                                        + " 'app:1.0 beta-arm32v7' is no name of an image: it holds a blank. Write"
                                        + " 'app:1.0beta-arm32v7'.")));
    }

    @Test
    void aParameterStandsForItsValue() {
        new FakeHost()
                .withParameter("app.version", "1.0")
                .run(ParameterTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.succeeded(2).failed(0));

        assertThat(Journal.linesStartingWith("start"))
                .containsExactly("start app:1.0-{docker} on arm32v7", "start app:1.0-{docker} on s390x");
    }

    @Test
    void aSystemPropertyIsAsGood() {
        System.setProperty("app.version", "2.0");
        try {
            new FakeHost()
                    .kit(ParameterTestCase.class)
                    .enableImplicitConfigurationParameters(true)
                    .execute()
                    .testEvents()
                    .assertStatistics(count -> count.succeeded(2).failed(0));
        } finally {
            System.clearProperty("app.version");
        }

        assertThat(Journal.linesStartingWith("start"))
                .containsExactly("start app:2.0-{docker} on arm32v7", "start app:2.0-{docker} on s390x");
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch({"arm32v7", "s390x"})
    static class ParameterTestCase {

        @ForeignContainer("app:${app.version}-{docker}")
        GenericContainer<?> app;

        @Test
        void test() {}
    }
}
