package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.LoadedImage;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes architectures run whose probe has failed, or finds out why that can't be. */
final class Enablement {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Engine engine;
    private final EmulationSettings settings;
    private final Registrar registrar;
    private final KernelTable kernelTable;
    private final Probe probe;

    Enablement(Engine engine, EmulationSettings settings, Registrar registrar, LoadedImage image) {
        this.engine = engine;
        this.settings = settings;
        this.registrar = registrar;
        this.kernelTable = new KernelTable(engine, image);
        this.probe = new Probe(engine, image);
    }

    /** Return a verdict for each. */
    Map<Architecture, Verdict> enable(Map<Architecture, ProbeOutcome> failed) {
        HandlerTable table = kernelTable.read();
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
        Map<Architecture, Emulator> emulators = new LinkedHashMap<>();
        failed.forEach((architecture, outcome) -> {
            Findings findings = findings(architecture, outcome, table);
            Optional<Diagnosis> obstacle = obstacle(findings);
            if (obstacle.isPresent()) {
                verdicts.put(architecture, new Verdict.Unavailable(architecture, obstacle.get()));
                return;
            }
            try {
                emulators.put(architecture, new QemuSource(engine, settings).find(architecture));
            } catch (EmulatorNotFoundException notFound) {
                verdicts.put(architecture, new Verdict.Unavailable(architecture, findings.noEmulator(notFound)));
            }
        });
        if (!emulators.isEmpty()) {
            verdicts.putAll(register(emulators, failed, table));
        }
        return verdicts;
    }

    private Optional<Diagnosis> obstacle(Findings findings) {
        HandlerTable table = findings.table();
        Architecture architecture = findings.architecture();
        List<Handler> matching = table.matching(architecture.elf());
        if (table.state() == HandlerTable.State.MISSING) {
            return Optional.of(findings.tableMissing());
        }
        if (!table.enabled()) {
            return Optional.of(findings.tableDisabled());
        }
        if (!matching.isEmpty()) {
            return Optional.of(matching.stream()
                    .filter(Handler::enabled)
                    .findFirst()
                    .map(findings::handlerBroken)
                    .orElseGet(() -> findings.handlerDisabled(matching.get(0))));
        }
        Optional<Handler> namesake = table.named(Handler.name(architecture));
        if (namesake.isPresent()) {
            return namesake.map(findings::nameTaken);
        }
        if (settings.registration() == Registration.NEVER) {
            return Optional.of(findings.forbidden());
        }
        return engine.facts().rootless() ? Optional.of(findings.rootless()) : Optional.empty();
    }

    private Map<Architecture, Verdict> register(
            Map<Architecture, Emulator> emulators, Map<Architecture, ProbeOutcome> failed, HandlerTable table) {
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
        Map<Architecture, Integer> answers;
        try {
            answers = registrar.register(emulators, table.state());
        } catch (EngineException refused) {
            emulators
                    .keySet()
                    .forEach(architecture -> verdicts.put(
                            architecture,
                            new Verdict.Unavailable(
                                    architecture,
                                    findings(architecture, failed, table).registrarRefused(refused))));
            return verdicts;
        }
        Map<Architecture, ProbeOutcome> outcomes = probeUntilAllRun(emulators.keySet());
        outcomes.forEach((architecture, outcome) -> verdicts.put(
                architecture,
                outcome.ran()
                        ? Emulation.verdict(engine.facts(), architecture, outcome)
                        : new Verdict.Unavailable(
                                architecture, unchanged(architecture, outcome, answers.get(architecture)))));
        return verdicts;
    }

    /** Another JVM may be registering right now, and an engine in a virtual machine may be slow to see it. */
    private Map<Architecture, ProbeOutcome> probeUntilAllRun(Collection<Architecture> architectures) {
        Map<Architecture, ProbeOutcome> outcomes = new LinkedHashMap<>();
        try {
            Awaitility.await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> {
                outcomes.putAll(probe.run(architectures));
                return outcomes.values().stream().allMatch(ProbeOutcome::ran);
            });
        } catch (ConditionTimeoutException stillFailing) {
            return outcomes;
        }
        return outcomes;
    }

    private Diagnosis unchanged(Architecture architecture, ProbeOutcome outcome, @Nullable Integer answer) {
        Findings findings = findings(architecture, outcome, kernelTable.read());
        // EEXIST: somebody else was faster. Then what counts is whether it runs, like after a success.
        return answer == null || answer == 0 || answer == Errno.EEXIST
                ? findings.stillFailing()
                : findings.registrationRefused(answer);
    }

    private Findings findings(Architecture architecture, Map<Architecture, ProbeOutcome> failed, HandlerTable table) {
        ProbeOutcome outcome = failed.get(architecture);
        if (outcome == null) {
            throw new IllegalArgumentException("no probe of " + architecture);
        }
        return findings(architecture, outcome, table);
    }

    private Findings findings(Architecture architecture, ProbeOutcome outcome, HandlerTable table) {
        return new Findings(architecture, outcome, table, engine.facts());
    }
}
