package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** The host, and what it said of each architecture. It is asked once for an architecture in a launcher session. */
final class Preparations {

    private final ForeignHost host;
    private final Map<Architecture, Preparation> known = new EnumMap<>(Architecture.class);

    private Preparations(ForeignHost host) {
        this.host = host;
    }

    /** Return those of the launcher session. */
    static Preparations of(ExtensionContext context) {
        Store session = context.getStore(StoreScope.LAUNCHER_SESSION, ForeignArchExtension.NAMESPACE);
        // Neither of the two does anything slow when it is made: the store lets nobody else in meanwhile.
        Settings settings = Settings.of(context);
        ForeignHost host = session.getOrComputeIfAbsent(ForeignHost.class, key -> host(settings), ForeignHost.class);
        return session.getOrComputeIfAbsent(Preparations.class, key -> new Preparations(host), Preparations.class);
    }

    private static ForeignHost host(Settings settings) {
        return settings.withoutEngine() ? new MachineHost(settings.programs()) : new EngineHost(settings);
    }

    ForeignHost host() {
        return host;
    }

    /** Ask the host for several architectures at once, which costs it hardly more than one. */
    void prepare(List<DeclaredArchitecture> architectures) {
        prepare(architectures.stream().map(DeclaredArchitecture::architecture).toList());
    }

    Preparation of(Architecture architecture) {
        return prepare(List.of(architecture)).get(0);
    }

    /** Return what the host said for a test, which may need less than others. */
    Preparation of(ExtensionContext test, Architecture architecture) {
        Preparation general = of(architecture);
        return general.isSuccess() || !SinglePrograms.suffice(test)
                ? general
                : ask(List.of(architecture), host::prepareSinglePrograms).getOrDefault(architecture, general);
    }

    private synchronized List<Preparation> prepare(Collection<Architecture> architectures) {
        List<Architecture> unknown = new ArrayList<>(architectures);
        unknown.removeAll(known.keySet());
        Map<Architecture, Preparation> answers = new EnumMap<>(known);
        if (!unknown.isEmpty()) {
            answers.putAll(ask(unknown, host::prepare));
        }
        if (!Thread.currentThread().isInterrupted()) {
            // What a test's time limit has cut off is asked again for the next test.
            known.putAll(answers);
        }
        return architectures.stream().map(answers::get).toList();
    }

    private static Map<Architecture, Preparation> ask(
            List<Architecture> architectures, Function<Collection<Architecture>, Map<Architecture, Verdict>> host) {
        Map<Architecture, Preparation> answers = new EnumMap<>(Architecture.class);
        try {
            Map<Architecture, Verdict> verdicts = host.apply(architectures);
            verdicts.forEach((architecture, verdict) -> answers.put(architecture, new Preparation.Judged(verdict)));
        } catch (Exception | LinkageError | AssertionError failure) {
            architectures.forEach(
                    architecture -> answers.put(architecture, new Preparation.Failed(new KeptFailure(failure))));
        }
        return answers;
    }
}
