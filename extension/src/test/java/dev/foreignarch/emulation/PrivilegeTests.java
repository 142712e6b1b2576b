package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.PPC64LE;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.HostConfig;
import dev.foreignarch.engine.PrivateEngine;
import dev.foreignarch.engine.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.DockerClientFactory;

/** What ForeignArch's containers may do, as the engine saw them. */
@Tag("engine")
class PrivilegeTests {

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with();

    @Test
    void no_container_has_a_privilege_and_a_prepared_architecture_costs_one() throws Exception {
        HOST.sh("echo -1 > " + HandlerTable.PATH + "/status");

        Containers registering = watch();
        prepare();
        assertThat(entries()).containsExactlyInAnyOrder("qemu-ppc64le", "qemu-s390x", "register", "status");
        assertThat(registering.hosts()).hasSizeGreaterThan(2).allSatisfy(PrivilegeTests::assertUnprivileged);
        // The keeper takes the emulators.
        assertThat(registering.hosts())
                .filteredOn(host -> !Boolean.TRUE.equals(host.getReadonlyRootfs()))
                .hasSize(1)
                .allSatisfy(host -> assertThat(host.getMounts()).hasSize(1));
        // Testcontainers' cleaner goes by that label, and would take the keeper from the other JVMs.
        assertThat(registering.labels(Registrar.KEEPER))
                .containsKey(Session.LABEL)
                .doesNotContainKey(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL);

        Containers present = watch();
        prepare();
        assertThat(present.hosts())
                .hasSize(1)
                .allSatisfy(PrivilegeTests::assertUnprivileged)
                .allSatisfy(host -> assertThat(host.getReadonlyRootfs()).isTrue());
    }

    /** Measured side by side, since a busy machine slows down both. */
    @Test
    void a_prepared_architecture_costs_little_more_than_one_plain_run_of_a_container() throws Exception {
        prepare();
        List<Duration> prepared = new ArrayList<>();
        List<Duration> plain = new ArrayList<>();
        String image = HelperImage.on(HOST.engine());
        for (int round = 0; round < 7; round++) {
            plain.add(timeOf(() -> HOST.sh("docker run --rm --network none --cap-drop ALL --entrypoint "
                    + HelperImage.HELPER + " " + image + " probe " + HelperImage.probe(S390X))));
            prepared.add(timeOf(() -> {
                try (Emulation emulation = Emulation.on(HOST.engine(), EmulationSettings.DEFAULT)) {
                    emulation.prepare(S390X).orThrow();
                }
            }));
        }
        String figures = "prepared " + prepared + ", plain " + plain;

        assertThat(median(prepared))
                .as(figures)
                .isLessThan(median(plain).multipliedBy(3).dividedBy(2));
    }

    private static Duration timeOf(Runnable work) {
        Instant start = Instant.now();
        work.run();
        return Duration.between(start, Instant.now());
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static List<String> entries() {
        return HOST.sh("ls " + HandlerTable.PATH).lines().toList();
    }

    private static void assertUnprivileged(HostConfig host) {
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(host.getCapAdd()).isNull();
        assertThat(host.getSecurityOpts()).contains("no-new-privileges");
        assertThat(host.getNetworkMode()).isEqualTo("none");
        assertThat(host.getPidMode()).isEmpty();
    }

    private static void prepare() {
        try (Emulation emulation = Emulation.on(HOST.engine(), EmulationSettings.DEFAULT)) {
            assertThat(emulation.prepare(List.of(S390X, PPC64LE)).values())
                    .hasOnlyElementsOfType(Verdict.Emulated.class);
        }
        // The keeper, which only gave the turn, ends by itself.
        await().until(() -> HOST.client().listContainersCmd().exec().isEmpty());
    }

    private static Containers watch() throws InterruptedException {
        Containers containers = new Containers();
        HOST.client().eventsCmd().withEventFilter("create").exec(containers).awaitStarted(10, TimeUnit.SECONDS);
        return containers;
    }

    /** Looks at each container as soon as it is created. */
    private static final class Containers extends ResultCallback.Adapter<Event> {
        private final List<HostConfig> hosts = new CopyOnWriteArrayList<>();
        private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>();
        private final AtomicInteger missed = new AtomicInteger();

        @Override
        public void onNext(Event event) {
            try {
                InspectContainerResponse container =
                        HOST.client().inspectContainerCmd(event.getId()).exec();
                hosts.add(container.getHostConfig());
                labels.put(container.getName(), container.getConfig().getLabels());
            } catch (NotFoundException gone) {
                missed.incrementAndGet();
            }
        }

        Map<String, String> labels(String name) {
            return labels.get("/" + name);
        }

        List<HostConfig> hosts() throws Exception {
            close();
            assertThat(missed).hasValue(0);
            return hosts;
        }
    }
}
