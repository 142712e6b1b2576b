package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Diagnosis;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.program.Program;
import dev.foreignarch.program.ProgramSpec;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;

/** A host without engine, on which test cases run. */
public final class FakeHost implements ForeignHost {

    private static final ConcurrentMap<String, FakeHost> HOSTS = new ConcurrentHashMap<>();
    private static final String PARAMETER = "test.host";

    private final Set<Architecture> unavailable = EnumSet.noneOf(Architecture.class);
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private boolean emulators;
    private @Nullable RuntimeException failure;
    private final List<String> observations = new CopyOnWriteArrayList<>();
    private @Nullable Runnable look;
    private Optional<RuntimeException> silence = Optional.empty();

    /** Make a host on which everything runs; and most test cases there use nothing of it. */
    public FakeHost() {
        withParameter(ForeignArchParameters.UNUSED, "pass");
    }

    final FakeHost withParameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** Let an architecture be one that can't run. */
    public FakeHost without(Architecture architecture) {
        unavailable.add(architecture);
        return this;
    }

    /** Let single programs of all architectures run, by emulators before their commands. */
    FakeHost withEmulators() {
        emulators = true;
        return this;
    }

    FakeHost failingWith(RuntimeException failure) {
        this.failure = failure;
        return this;
    }

    /** Let it be seen that something else runs in each container. */
    FakeHost observing(String seen) {
        observations.add(seen);
        return this;
    }

    /** Refuse to say what images are for. */
    FakeHost silentOfImages(RuntimeException refusal) {
        silence = Optional.of(refusal);
        return this;
    }

    /** Do something when containers are looked at for the last time. */
    FakeHost lookingBeforeStop(Runnable look) {
        this.look = look;
        return this;
    }

    EngineExecutionResults run(Class<?> testCase) {
        return kit(testCase).execute();
    }

    EngineTestKit.Builder kit(Class<?> testCase) {
        return EngineTestKit.engine(new JupiterTestEngine())
                .selectors(DiscoverySelectors.selectClass(testCase))
                .configurationParameters(parameters());
    }

    /** Return the configuration parameters of a run on this host. */
    public Map<String, String> parameters() {
        String key = String.valueOf(System.identityHashCode(this));
        HOSTS.put(key, this);
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put(PARAMETER, key);
        return all;
    }

    static Diagnosis diagnosis(Architecture architecture) {
        return new Diagnosis(architecture, "no emulator is registered.", List.of("an empty table"), "register one");
    }

    @Override
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        Journal.note("prepare " + architectures);
        if (failure != null) {
            throw failure;
        }
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
        architectures.forEach(architecture -> verdicts.put(architecture, verdict(architecture)));
        return verdicts;
    }

    private static Verdict explicit(Architecture architecture) {
        return new Verdict.Explicit(architecture, "a fake");
    }

    private Verdict verdict(Architecture architecture) {
        if (unavailable.contains(architecture)) {
            return new Verdict.Unavailable(architecture, diagnosis(architecture));
        }
        return architecture == Architecture.AMD64
                ? new Verdict.Native(architecture)
                : new Verdict.Emulated(architecture, "/usr/bin/qemu-" + architecture.qemuTarget(), Optional.of("7.2"));
    }

    @Override
    public GenericContainer<?> create(String image, Architecture architecture, EmulationRequest request) {
        FakeContainer container = new FakeContainer(image);
        bind(image.startsWith("broken") ? container.failing() : container, architecture, request);
        return container;
    }

    @Override
    public void bind(GenericContainer<?> container, Architecture architecture, EmulationRequest request) {
        ((FakeContainer) container).placeOn(architecture.dockerName());
    }

    @Override
    public boolean bindDependency(GenericContainer<?> dependency, Architecture architecture, EmulationRequest request) {
        boolean free = dependency.getContainerId() == null;
        if (free) {
            bind(dependency, architecture, request);
        }
        return free;
    }

    @Override
    public void bind(CreateContainerCmd create, Architecture architecture, EmulationRequest request) {
        throw new UnsupportedOperationException("nothing creates containers on a fake host");
    }

    @Override
    public Optional<Architecture> architectureOf(String image) {
        silence.ifPresent(refusal -> {
            throw refusal;
        });
        return Optional.empty();
    }

    @Override
    public void start(GenericContainer<?> container) {
        container.start();
    }

    @Override
    public Map<Architecture, Verdict> prepareSinglePrograms(Collection<Architecture> architectures) {
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>(prepare(architectures));
        if (emulators) {
            verdicts.replaceAll((architecture, verdict) -> verdict.available() ? verdict : explicit(architecture));
        }
        return verdicts;
    }

    @Override
    public String log(GenericContainer<?> container) {
        return ((FakeContainer) container).printed();
    }

    @Override
    public List<String> observations(GenericContainer<?> container) {
        return List.copyOf(observations);
    }

    @Override
    public void lookBeforeStop(GenericContainer<?> container) {
        if (look != null) {
            look.run();
        }
    }

    @Override
    public String summary(GenericContainer<?> container) {
        return emulators ? explicit(Architecture.ARM32V7).summary() : "by a fake";
    }

    @Override
    public Program program(ProgramSpec spec, Architecture architecture) {
        throw new UnsupportedOperationException("no test on a fake host uses programs");
    }

    @Override
    public void close() {
        Journal.note("close host");
    }

    /** Lets a test case run on the fake host that {@link #run} is called on, or on one of its own in another JVM. */
    public static final class Installation implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            FakeHost host =
                    context.getConfigurationParameter(PARAMETER).map(HOSTS::get).orElseGet(FakeHost::new);
            context.getStore(StoreScope.LAUNCHER_SESSION, ForeignArchExtension.NAMESPACE)
                    .put(ForeignHost.class, host);
        }
    }
}
