package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfFile;
import dev.foreignarch.emulation.KernelTable.Change;
import dev.foreignarch.emulation.Registrar.Turn;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes architectures run whose probe has failed, or finds out why that can't be. */
final class Enablement {

    private static final Logger LOG = LoggerFactory.getLogger(Enablement.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A handler can be switched on, then prove broken and be removed, and so can the one that it hid. */
    private static final int LONGEST_REPAIR = 8;

    private final Engine engine;
    private final EmulationSettings settings;
    private final Registrar registrar;
    private final Emulators emulators;
    private final String image;
    private final Probe probe;

    private final Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<Architecture, ProbeOutcome> open;

    private @Nullable List<Architecture> borrowed;

    /** Begin with architectures whose probes have failed. */
    Enablement(
            Engine engine,
            EmulationSettings settings,
            Registrar registrar,
            Emulators emulators,
            String image,
            Probe probe,
            Map<Architecture, ProbeOutcome> failed) {
        this.engine = engine;
        this.settings = settings;
        this.registrar = registrar;
        this.emulators = emulators;
        this.image = image;
        this.probe = probe;
        this.open = new LinkedHashMap<>(failed);
    }

    /** Change nothing, and return a verdict for each. */
    Map<Architecture, Verdict> diagnose() {
        HandlerTable shown = new MountedTable(engine, image).read();
        settle(open, shown);
        concludeWhere(shown, this::hiding);
        HandlerTable used = open.isEmpty()
                ? shown
                : registrar.heldTable().map(KernelTable::read).orElse(shown);
        conclude(used, findings -> whyNothing(findings, findings::notRegistered));
        return verdicts;
    }

    /** Do what the settings allow, and return a verdict for each. */
    Map<Architecture, Verdict> enable() {
        try {
            enable(look());
            return verdicts;
        } finally {
            registrar.stopLooking();
        }
    }

    /** Whoever is going to register looks through the container that does it, which saves one. */
    private HandlerTable look() {
        if (settings.registration() != Registration.NEVER && !engine.facts().rootless()) {
            try {
                return registrar.look();
            } catch (EngineException refused) {
                // Perhaps there is no table, which a look without it tells. If not, registering is refused as well.
                LOG.debug("The table can't be looked at through the keeper", refused);
            }
        }
        return new MountedTable(engine, image).read();
    }

    private void enable(HandlerTable table) {
        settle(open, table);
        if (settings.registration() != Registration.NAMESPACE && !registrar.holds(Registrar.HOLDER)) {
            concludeWhere(table, this::hiding);
        }
        if (settings.registration() == Registration.NEVER) {
            conclude(table, findings -> whyNothing(findings, findings::forbidden));
        }
        boolean usesHostTable =
                table.state() == HandlerTable.State.MOUNTED && !engine.facts().rootless();
        if (!open.isEmpty() && borrows(table)) {
            concludeBecauseBorrowed(table);
        }
        if (!open.isEmpty()) {
            lookAheadForEmulators(table);
            try (Turn turn = registrar.takeTurn(usesHostTable, settings.registration() == Registration.TEMPORARY)) {
                enable(turn, table);
            } catch (TableNotMountedException refused) {
                conclude(table, findings -> findings.mountRefused(refused));
            } catch (EngineException refused) {
                if (Thread.currentThread().isInterrupted()) {
                    // That says nothing about the architectures.
                    throw refused;
                }
                conclude(table, findings -> findings.registrarRefused(refused));
            }
        }
    }

    /** Before other JVMs have to wait for us: an image may have to be pulled. */
    private void lookAheadForEmulators(HandlerTable table) {
        open.forEach((architecture, outcome) -> {
            if (obstacle(new Findings(architecture, outcome, table, engine)).isEmpty()) {
                emulators.lookAhead(architecture);
            }
        });
    }

    private void enable(Turn turn, HandlerTable before) {
        HandlerTable table = turn.table().read();
        if (!table.equals(before)
                || open.keySet().stream()
                        .anyMatch(it -> table.effective(it.elf()).isPresent())) {
            // Another JVM may have had its turn before.
            settle(probe.run(open.keySet()), table);
        }
        HandlerTable repaired = settings.registration() == Registration.REPAIR ? repair(turn.table(), table) : table;
        concludeWhere(repaired, this::obstacle);
        Map<Architecture, Emulator> found = new LinkedHashMap<>();
        concludeWhere(repaired, findings -> {
            try {
                found.put(findings.architecture(), emulators.find(findings.architecture()));
                return Optional.empty();
            } catch (EmulatorNotFoundException notFound) {
                return Optional.of(findings.noEmulator(notFound));
            }
        });
        if (!found.isEmpty()) {
            register(turn, found);
        }
    }

    private void register(Turn turn, Map<Architecture, Emulator> found) {
        Map<Architecture, Integer> answers = turn.register(found);
        probeUntilAllRun();
        if (!open.isEmpty()) {
            conclude(turn.table().read(), findings -> {
                int answer = answers.getOrDefault(findings.architecture(), 0);
                // EEXIST: some other tool was faster. Then what counts is whether it runs, like after a success.
                return answer == 0 || answer == Errno.EEXIST
                        ? findings.stillFailing(fault(findings))
                        : findings.registrationRefused(answer);
            });
        }
    }

    private HandlerTable repair(KernelTable kernel, HandlerTable before) {
        HandlerTable table = before;
        for (int round = 0; round < LONGEST_REPAIR && !open.isEmpty(); round++) {
            List<Change> changes = Repair.next(table, open.keySet());
            if (changes.isEmpty()) {
                return table;
            }
            kernel.change(changes);
            table = kernel.read();
            settle(probe.run(open.keySet()), table);
        }
        return table;
    }

    /** An engine in a virtual machine may be slow to see what was registered. A slow probe counts all the same. */
    private void probeUntilAllRun() {
        Instant deadline = Instant.now().plus(PATIENCE);
        do {
            settle(probe.run(open.keySet()), HandlerTable.unseen(HandlerTable.State.MOUNTED));
        } while (!open.isEmpty() && Instant.now().isBefore(deadline));
    }

    /**
     * Return whether the engine lives in a user namespace, without a table of its own as far as anybody can see. Then it
     * uses that of the machine around it, until something in the namespace mounts one: after that, never again.
     */
    private boolean borrows(HandlerTable table) {
        boolean elsewhere = table.namespaced() && table.state() != HandlerTable.State.MOUNTED;
        return (engine.facts().rootless() || elsewhere) && !registrar.holds(Registrar.HOLDER);
    }

    private void concludeBecauseBorrowed(HandlerTable table) {
        if (settings.registration() != Registration.NAMESPACE) {
            conclude(table, findings -> whyNothing(findings, findings::notRegistered));
        } else if (!borrowed().isEmpty()) {
            conclude(table, findings -> findings.wouldCutOff(borrowed()));
        }
    }

    /** Return the architectures that run, though the engine's host shows no table, or none that is this engine's. */
    private List<Architecture> borrowed() {
        List<Architecture> known = borrowed;
        if (known == null) {
            known = emulated();
            borrowed = known;
        }
        return known;
    }

    private List<Architecture> emulated() {
        List<Architecture> all = Arrays.stream(Architecture.values())
                .filter(architecture ->
                        !architecture.elf().equals(engine.facts().architecture().elf()))
                .toList();
        return probe.run(all).entrySet().stream()
                .filter(result -> result.getValue().ran())
                .filter(result -> result.getValue().interpreter().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Keep new outcomes, and conclude with those that are good. */
    private void settle(Map<Architecture, ProbeOutcome> outcomes, HandlerTable table) {
        new LinkedHashMap<>(outcomes).forEach((architecture, outcome) -> {
            boolean confused = table.effective(architecture.elf())
                    .filter(handler -> handler.confusesEmulator(outcome.majorVersion(), engine.facts()))
                    .isPresent();
            if (outcome.ran() && !confused) {
                verdicts.put(architecture, Emulation.verdict(engine.facts(), architecture, outcome));
                open.remove(architecture);
            } else {
                open.put(architecture, outcome);
            }
        });
    }

    /** What in the table itself is in the way, if anything is. */
    private Optional<Diagnosis> obstacle(Findings findings) {
        HandlerTable table = findings.table();
        Architecture architecture = findings.architecture();
        if (!table.enabled()) {
            return Optional.of(findings.tableDisabled());
        }
        Optional<Handler> used = table.effective(architecture.elf());
        if (used.isPresent()) {
            // With a handler of ours after it, that of another tool is harmless; it is not ours to remove.
            return settings.registration() == Registration.REPAIR && !used.get().isQemu()
                    ? Optional.empty()
                    : used.map(handler -> findings.handlerBroken(handler, faultOf(handler, findings)));
        }
        return table.matching(architecture.elf()).stream()
                .findFirst()
                .map(findings::handlerDisabled)
                .or(() -> table.named(Handler.name(architecture)).map(findings::nameTaken));
    }

    /** What hides a good handler from a rootless engine, if there is one. */
    private Optional<Diagnosis> hiding(Findings findings) {
        ProbeOutcome outcome = findings.outcome();
        HandlerTable table = findings.table();
        if (!engine.facts().rootless()
                || !table.enabled()
                || outcome.ending() != ProbeOutcome.Ending.REFUSED
                || outcome.code() != Errno.ENOEXEC) {
            return Optional.empty();
        }
        // The kernel answers the same of an emulator that is itself foreign.
        return table.effective(findings.architecture().elf())
                .filter(handler -> InterpreterFile.look(engine, image, handler.interpreter())
                        .elf()
                        .map(ElfFile::identity)
                        .filter(identity ->
                                !identity.equals(engine.facts().architecture().elf()))
                        .isEmpty())
                .map(findings::hiddenByOwnTable);
    }

    private Diagnosis whyNothing(Findings findings, Supplier<Diagnosis> otherwise) {
        return obstacle(findings).orElseGet(() -> absence(findings, otherwise));
    }

    private Diagnosis absence(Findings findings, Supplier<Diagnosis> otherwise) {
        if (borrows(findings.table())) {
            return findings.borrowed(borrowed());
        }
        return switch (findings.table().state()) {
            case MISSING -> findings.tableMissing();
            // One that runs is registered where it lasts: outside of the container that the engine lives in.
            case UNMOUNTED -> borrowed().isEmpty() ? findings.tableUnmounted() : otherwise.get();
            case MOUNTED -> otherwise.get();
        };
    }

    private Optional<HandlerFault> fault(Findings findings) {
        return findings.table().effective(findings.architecture().elf()).map(handler -> faultOf(handler, findings));
    }

    private HandlerFault faultOf(Handler handler, Findings findings) {
        return HandlerFault.of(
                handler,
                findings.outcome(),
                InterpreterFile.look(engine, image, handler.interpreter()),
                engine.facts().architecture());
    }

    private void conclude(HandlerTable table, Function<Findings, Diagnosis> diagnosis) {
        concludeWhere(table, findings -> Optional.of(diagnosis.apply(findings)));
    }

    private void concludeWhere(HandlerTable table, Function<Findings, Optional<Diagnosis>> diagnosis) {
        for (Map.Entry<Architecture, ProbeOutcome> failed : List.copyOf(open.entrySet())) {
            Architecture architecture = failed.getKey();
            diagnosis
                    .apply(new Findings(architecture, failed.getValue(), table, engine))
                    .ifPresent(reason -> {
                        verdicts.put(architecture, new Verdict.Unavailable(architecture, reason));
                        open.remove(architecture);
                    });
        }
    }

    /** Return whether an outcome needs no further look. */
    static boolean isBeyondDoubt(ProbeOutcome outcome, Engine engine) {
        int version = outcome.majorVersion();
        boolean old = (version > 0 && version < Handler.FIRST_TO_KNOW_P)
                || (outcome.interpreter().isPresent() && !engine.facts().kernelAtLeast(5, 12));
        return outcome.ran() && !old;
    }
}
