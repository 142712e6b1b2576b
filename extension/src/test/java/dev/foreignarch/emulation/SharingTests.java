package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.PPC64LE;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.PrivateEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many JVMs on one engine. {@code -Dtest.foreignarch.rounds=20} repeats the race 20 times and the kills 10 times,
 * {@code -Dtest.foreignarch.jvms=10} lets ten JVMs race; {@code -Dtest.foreignarch.kills=50} spreads 50 kills over a
 * registration.
 */
@Tag("engine")
class SharingTests {

    private static final int ROUNDS = Integer.getInteger("test.foreignarch.rounds", 1);
    private static final int JVMS = Integer.getInteger("test.foreignarch.jvms", 4);
    private static final int KILLS = Integer.getInteger("test.foreignarch.kills", 3);
    private static final Architecture[] ALL = {ARM32V7, ARM64V8, PPC64LE, S390X};

    /** In milliseconds, on an idle machine. */
    private static final int LONGEST_REGISTRATION = 2_000;

    @RegisterExtension
    static final PrivateEngine MOUNTED = PrivateEngine.with();

    @RegisterExtension
    static final PrivateEngine UNMOUNTED = PrivateEngine.with("--no-binfmt-mount");

    @BeforeEach
    void nothing_is_registered() {
        MOUNTED.sh("echo -1 > " + HandlerTable.PATH + "/status");
    }

    @Test
    void many_jvms_register_each_architecture_once_on_a_host_with_a_table() throws Exception {
        race(MOUNTED, () -> {
            assertThat(MOUNTED.sh("cd " + HandlerTable.PATH + "; grep -l 'interpreter /foreignarch/' qemu-*")
                            .lines())
                    .containsExactly("qemu-aarch64", "qemu-arm", "qemu-ppc64le", "qemu-s390x");
            assertNothingLeft(MOUNTED);
            nothing_is_registered();
        });
    }

    @Test
    void many_jvms_register_each_architecture_once_on_a_host_without_a_table() throws Exception {
        race(UNMOUNTED, () -> {
            assertNothingLeft(UNMOUNTED);
            assertThat(examine(UNMOUNTED)).isInstanceOf(Verdict.Unavailable.class);
        });
    }

    @Test
    void a_killed_jvm_leaves_nothing_and_breaks_nobody() throws Exception {
        for (int round = 0; round < (ROUNDS + 1) / 2; round++) {
            try (OtherJvm survivor = OtherJvm.start(UNMOUNTED.address(), Registration.AUTO, S390X);
                    OtherJvm victim = OtherJvm.start(UNMOUNTED.address(), Registration.AUTO, S390X)) {
                victim.go();
                victim.awaitPrepared();
                survivor.go();
                survivor.awaitPrepared();
                victim.kill();
                waitLongerThanTheGrace();

                assertThat(examine(UNMOUNTED)).isInstanceOf(Verdict.Emulated.class);
                survivor.kill();
            }
            assertNothingLeft(UNMOUNTED);
            assertThat(examine(UNMOUNTED)).isInstanceOf(Verdict.Unavailable.class);
        }
    }

    @Test
    void what_a_jvm_leaves_that_is_killed_at_work_is_removed_by_the_next() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < (ROUNDS + 1) / 2; round++) {
            try (OtherJvm victim = OtherJvm.start(UNMOUNTED.address(), Registration.AUTO, ALL)) {
                victim.awaitReady();
                victim.go();
                Duration delay = Duration.ofMillis(random.nextInt(3000));
                await().pollDelay(delay).atMost(delay.plusSeconds(5)).until(() -> true);
                victim.kill();
            }
            try (Emulation next = Emulation.on(UNMOUNTED.engine(), EmulationSettings.DEFAULT)) {
                assertThat(next.prepare(S390X)).isInstanceOf(Verdict.Emulated.class);
            }
            // What was still running when the next JVM began is swept by the one after it; and what could be a session
            // that is just beginning, a minute later.
            waitLongerThanTheGrace();
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> {
                        boolean nothing = UNMOUNTED
                                .client()
                                .listContainersCmd()
                                .withShowAll(true)
                                .exec()
                                .isEmpty();
                        if (!nothing) {
                            examine(UNMOUNTED);
                        }
                        return nothing;
                    });
            assertNothingLeft(UNMOUNTED);
        }
    }

    @Test
    void temporary_handlers_go_away_with_the_last_jvm_and_the_table_is_as_before() throws Exception {
        MOUNTED.sh("printf '%s' '"
                + Handler.of(ARM64V8, "/usr/bin/qemu-aarch64-static", "F").registration() + "' > " + HandlerTable.PATH
                + "/register");
        String before = table();
        try (OtherJvm killed = OtherJvm.start(MOUNTED.address(), Registration.TEMPORARY, S390X, ARM64V8)) {
            try (OtherJvm user = OtherJvm.start(MOUNTED.address(), Registration.AUTO, S390X)) {
                killed.go();
                killed.awaitPrepared();
                user.go();
                user.awaitPrepared();
                killed.kill();
                waitLongerThanTheGrace();

                assertThat(examine(MOUNTED)).isInstanceOf(Verdict.Emulated.class);
            }
        }
        assertNothingLeft(MOUNTED);
        assertThat(table()).isEqualTo(before);
    }

    @Test
    void a_jvm_that_is_killed_while_it_registers_leaves_nothing_running_and_the_table_as_it_was() throws Exception {
        String before = table();
        for (int kill = 0; kill < KILLS; kill++) {
            try (OtherJvm victim = OtherJvm.start(MOUNTED.address(), Registration.TEMPORARY, ALL)) {
                victim.awaitReady();
                victim.go();
                Duration delay = Duration.ofMillis(LONGEST_REGISTRATION * (kill + 1) / (KILLS + 1));
                await().pollDelay(delay).atMost(delay.plusSeconds(5)).until(() -> true);
                victim.kill();
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(MOUNTED.client().listContainersCmd().exec()).isEmpty();
                assertThat(table()).isEqualTo(before);
            });
        }
        examine(MOUNTED);
    }

    @Test
    void an_architecture_that_runs_does_not_wait_for_one_that_is_being_registered() throws Exception {
        try (Emulation emulation = Emulation.on(MOUNTED.engine(), EmulationSettings.DEFAULT)) {
            assertThat(emulation.prepare(ARM32V7)).isInstanceOf(Verdict.Emulated.class);
        }
        Registrar other = new Registrar(MOUNTED.engine());
        try (other;
                Emulation emulation = Emulation.on(MOUNTED.engine(), EmulationSettings.DEFAULT)) {
            CompletableFuture<Verdict> registered;
            try (Registrar.Turn turn = other.takeTurn(true, false)) {
                registered = CompletableFuture.supplyAsync(() -> emulation.prepare(S390X));

                assertThat(emulation.prepare(ARM32V7)).isInstanceOf(Verdict.Emulated.class);
                assertThat(turn.table().read().effective(S390X.elf())).isEmpty();
                assertThat(registered).isNotDone();
            }
            assertThat(registered.get(60, TimeUnit.SECONDS)).isInstanceOf(Verdict.Emulated.class);
        }
    }

    private static String table() {
        return MOUNTED.sh("cd " + HandlerTable.PATH + "; ls; cat [!r]*");
    }

    /** Many rounds with the same JVMs, so that rounds after the first one begin at the same moment. */
    private static void race(PrivateEngine host, Runnable afterwards) throws IOException {
        List<OtherJvm> jvms = new ArrayList<>();
        try {
            for (int number = 0; number < JVMS; number++) {
                jvms.add(OtherJvm.start(host.address(), Registration.AUTO, ALL));
            }
            jvms.forEach(OtherJvm::awaitReady);
            for (int round = 0; round < ROUNDS; round++) {
                for (OtherJvm jvm : jvms) {
                    jvm.go();
                }
                List<String> printed =
                        jvms.stream().map(OtherJvm::awaitPrepared).toList();

                assertEachRegisteredOnce(printed);
                for (OtherJvm jvm : jvms) {
                    jvm.release();
                }
                afterwards.run();
            }
        } finally {
            for (OtherJvm jvm : jvms) {
                jvm.close();
            }
        }
    }

    private static void assertEachRegisteredOnce(List<String> printed) {
        assertThat(printed)
                .allSatisfy(text -> assertThat(
                                text.lines().filter(line -> line.contains(" emulated by /foreignarch/qemu-")))
                        .hasSize(ALL.length));
        assertThat(printed.stream()
                        .flatMap(String::lines)
                        .filter(line -> line.contains("Registered "))
                        .flatMap(line -> Stream.of(line.split("[ ,]+", -1)))
                        .filter(word -> word.startsWith("qemu-"))
                        .sorted())
                .containsExactly("qemu-aarch64", "qemu-arm", "qemu-ppc64le", "qemu-s390x");
    }

    private static Verdict examine(PrivateEngine host) {
        try (Emulation emulation =
                Emulation.on(host.engine(), new EmulationSettings(Registration.NEVER, Optional.empty()))) {
            return emulation.prepare(S390X);
        }
    }

    private static void waitLongerThanTheGrace() {
        Duration time = Duration.ofSeconds(Long.parseLong(SharedContainer.GRACE) + 1);
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    private static void assertNothingLeft(PrivateEngine host) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> host.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .exec()
                        .isEmpty());
        assertThat(host.client().listImagesCmd().withShowAll(true).exec())
                .as("only the helper's image, once for all JVMs")
                .singleElement()
                .satisfies(image -> assertThat(image.getRepoTags()).containsExactly(HelperImage.name(host.engine())));
    }
}
