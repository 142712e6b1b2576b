package dev.foreignarch.emulation;

import static dev.foreignarch.arch.Architecture.RISCV64;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.HostConfig;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.PrivateEngine;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine that is reached by network. 127.0.0.2 is this machine, but nothing in the address says so. */
@Tag("engine")
class RemoteEngineTests {

    private static final URI ADDRESS =
            URI.create("tcp://127.0.0.2:" + (20_000 + ProcessHandle.current().pid() % 10_000));

    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--", "-H", ADDRESS.toString(), "--tls=false");

    private static DockerClient client;

    @BeforeAll
    static void connect() {
        client = PrivateEngine.connect(ADDRESS);
    }

    @AfterAll
    static void disconnect() throws IOException {
        client.close();
    }

    @Test
    void a_diagnosis_tells_where_the_engine_is() {
        EmulationSettings never = new EmulationSettings(Registration.NEVER, EmulationSettings.DEFAULT.helperImage());
        try (Emulation emulation = Emulation.on(Engine.of(client, ADDRESS), never)) {
            Verdict verdict = emulation.prepare(RISCV64);

            assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
            assertThat(((Verdict.Unavailable) verdict).diagnosis().message())
                    .isEqualTo("""
                    Programs for riscv64 can't run here: no emulator for them is registered with the kernel of the engine's host, and foreignarch.registration=never forbids ForeignArch to register one.
                      seen: the kernel refused the probe: exec format error (ENOEXEC)
                      seen: engine: %s, at %s
                      remedy: leave foreignarch.registration at 'auto', or register an emulator yourself before the tests: docker run --privileged --rm tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0 --install riscv64""".formatted(HOST.engine(), ADDRESS));
        }
    }

    /** The table is the one thing that our containers see of the engine's host; of the JVM's machine they see nothing. */
    @Test
    void nothing_of_the_jvms_machine_is_mounted() throws Exception {
        Sources sources = new Sources();
        client.eventsCmd().withEventFilter("create").exec(sources).awaitStarted(10, TimeUnit.SECONDS);

        try (Emulation emulation = Emulation.on(Engine.of(client, ADDRESS), EmulationSettings.DEFAULT)) {
            assertThat(emulation.prepare(S390X)).isInstanceOf(Verdict.Emulated.class);
        }

        sources.close();
        assertThat(sources.containers).hasValueGreaterThan(1);
        assertThat(sources.mounted).containsOnly(HandlerTable.PATH);
    }

    /** What containers mount, seen as soon as they are created. */
    private static final class Sources extends ResultCallback.Adapter<Event> {
        private final AtomicInteger containers = new AtomicInteger();
        private final List<String> mounted = new CopyOnWriteArrayList<>();

        @Override
        public void onNext(Event event) {
            try {
                HostConfig host =
                        HOST.client().inspectContainerCmd(event.getId()).exec().getHostConfig();
                containers.incrementAndGet();
                if (host.getMounts() != null) {
                    host.getMounts().forEach(mount -> mounted.add(mount.getSource()));
                }
                Stream.of(host.getBinds()).forEach(bind -> mounted.add(bind.getPath()));
            } catch (NotFoundException gone) {
                mounted.add("a container that was gone at once");
            }
        }
    }
}
