package dev.foreignarch.jupiter;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * The host, and what it said of each architecture. It is asked once for an architecture in a launcher session. Whoever
 * needs an architecture waits for that one alone: another one's emulator may have to be pulled.
 */
final class Preparations {

    private final ForeignHost host;

    /** What is known, and what is being found out; empty then if it was cut off. */
    private final ConcurrentMap<Architecture, CompletableFuture<Optional<Preparation>>> known =
            new ConcurrentHashMap<>();

    /** Ask a host. */
    Preparations(ForeignHost host) {
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

    private List<Preparation> prepare(Collection<Architecture> architectures) {
        Map<Architecture, CompletableFuture<Optional<Preparation>>> mine = new EnumMap<>(Architecture.class);
        for (Architecture architecture : architectures) {
            CompletableFuture<Optional<Preparation>> answer = new CompletableFuture<>();
            if (known.putIfAbsent(architecture, answer) == null) {
                mine.put(architecture, answer);
            }
        }
        Map<Architecture, Preparation> answers = mine.isEmpty() ? Map.of() : answer(mine);
        return architectures.stream()
                .map(architecture ->
                        answers.containsKey(architecture) ? answers.get(architecture) : await(architecture))
                .toList();
    }

    private Map<Architecture, Preparation> answer(
            Map<Architecture, CompletableFuture<Optional<Preparation>>> questions) {
        Map<Architecture, Preparation> answers = Map.of();
        try {
            answers = ask(List.copyOf(questions.keySet()), host::prepare);
            return answers;
        } finally {
            // Also after an error such as a lack of memory: others are waiting.
            tell(questions, Thread.currentThread().isInterrupted() ? Map.of() : answers);
        }
    }

    private void tell(
            Map<Architecture, CompletableFuture<Optional<Preparation>>> questions,
            Map<Architecture, Preparation> answers) {
        questions.forEach((architecture, question) -> {
            Optional<Preparation> told = Optional.ofNullable(answers.get(architecture));
            if (told.isEmpty()) {
                // What a test's time limit or an error has cut off is asked again for the next test.
                known.remove(architecture, question);
            }
            question.complete(told);
        });
    }

    private Preparation await(Architecture architecture) {
        try {
            CompletableFuture<Optional<Preparation>> answer = known.get(architecture);
            Optional<Preparation> told = answer == null ? Optional.empty() : answer.get();
            return told.isPresent() ? told.get() : of(architecture);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Preparation.Failed(new KeptFailure(
                    new EngineException("interrupted while another test prepares " + architecture, interrupted)));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a failure is a value here", impossible);
        }
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
