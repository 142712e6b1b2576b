package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Diagnosis;
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
final class FakeHost implements ForeignHost {

    private static final ConcurrentMap<String, FakeHost> HOSTS = new ConcurrentHashMap<>();
    private static final String PARAMETER = "test.host";

    private final Set<Architecture> unavailable = EnumSet.noneOf(Architecture.class);
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable RuntimeException failure;

    FakeHost withParameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    FakeHost without(Architecture architecture) {
        unavailable.add(architecture);
        return this;
    }

    FakeHost failingWith(RuntimeException failure) {
        this.failure = failure;
        return this;
    }

    EngineExecutionResults run(Class<?> testCase) {
        return kit(testCase).execute();
    }

    EngineTestKit.Builder kit(Class<?> testCase) {
        String key = String.valueOf(System.identityHashCode(this));
        HOSTS.put(key, this);
        return EngineTestKit.engine(new JupiterTestEngine())
                .selectors(DiscoverySelectors.selectClass(testCase))
                .configurationParameters(parameters)
                .configurationParameter(PARAMETER, key);
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

    private Verdict verdict(Architecture architecture) {
        if (unavailable.contains(architecture)) {
            return new Verdict.Unavailable(architecture, diagnosis(architecture));
        }
        return architecture == Architecture.AMD64
                ? new Verdict.Native(architecture)
                : new Verdict.Emulated(architecture, "/usr/bin/qemu-" + architecture.qemuTarget(), Optional.of("7.2"));
    }

    @Override
    public GenericContainer<?> create(String image, Architecture architecture) {
        FakeContainer container = new FakeContainer(image);
        bind(image.startsWith("broken") ? container.failing() : container, architecture);
        return container;
    }

    @Override
    public void bind(GenericContainer<?> container, Architecture architecture) {
        ((FakeContainer) container).placeOn(architecture.dockerName());
    }

    @Override
    public void start(GenericContainer<?> container) {
        container.start();
    }

    @Override
    public Map<Architecture, Verdict> preparePrograms(Collection<Architecture> architectures) {
        return prepare(architectures);
    }

    @Override
    public Program program(ProgramSpec spec, Architecture architecture) {
        throw new UnsupportedOperationException("no test on a fake host uses programs");
    }

    @Override
    public void close() {
        Journal.note("close host");
    }

    /** Lets a test case run on the fake host that {@link #run} is called on. */
    static final class Installation implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            FakeHost host =
                    HOSTS.get(context.getConfigurationParameter(PARAMETER).orElseThrow());
            context.getStore(StoreScope.LAUNCHER_SESSION, ForeignArchExtension.NAMESPACE)
                    .put(ForeignHost.class, host);
        }
    }
}
