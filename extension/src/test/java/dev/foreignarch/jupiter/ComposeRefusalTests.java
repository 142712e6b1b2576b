package dev.foreignarch.jupiter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.junit.jupiter.Container;

/** Docker Compose starts its containers by itself. */
@ExtendWith(Journal.class)
class ComposeRefusalTests {

    private static final String REASON_AND_REMEDY =
            ": Docker Compose starts the containers of a ComposeContainer itself,"
                    + " so that ForeignArch can't choose their architecture. Make it in the test or in @BeforeEach, which can take"
                    + " an Architecture, and start it there: new ComposeContainer(…).withEnv(\"DOCKER_DEFAULT_PLATFORM\","
                    + " architecture.platform().toString()).withPull(false). Or declare each of its services as a field with"
                    + " @ForeignContainer.";

    private final Refusals refusals = new Refusals();

    @Test
    void a_field_of_ours() {
        refusals.assertRefused(
                OurTestCase.class, "@ForeignContainer on field compose of OurTestCase" + REASON_AND_REMEDY);
    }

    @ForeignArch("s390x")
    static class OurTestCase {
        @ForeignContainer
        ComposeContainer compose;

        @Test
        void test() {}
    }

    @Test
    void a_field_of_testcontainers_own_in_a_class_with_architectures() {
        refusals.assertRefused(TheirTestCase.class, "@Container on field compose of TheirTestCase" + REASON_AND_REMEDY);
    }

    @ForeignArch({"arm64v8", "s390x"})
    static class TheirTestCase {
        @Container
        static ComposeContainer compose;

        @Test
        void test() {}
    }

    @Test
    void who_does_as_advised_is_not_refused() {
        new FakeHost()
                .run(AdvisedTestCase.class)
                .testEvents()
                .assertStatistics(count -> count.started(1).succeeded(1));
    }

    @ExtendWith(FakeHost.Installation.class)
    @ForeignArch("s390x")
    static class AdvisedTestCase {
        @SuppressWarnings("NullAway.Init")
        ComposeContainer compose;

        @Test
        void test() {}
    }
}
