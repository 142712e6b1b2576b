package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Disposal;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.EngineFacts;
import dev.foreignarch.engine.Leftovers;
import dev.foreignarch.settings.ParameterNames;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * What the kernel behind a container engine can run, and the way to make it run more.
 *
 * <p>An architecture is tried before anything is changed: a tiny program of it is run in a container without any
 * privilege. Only where that fails an emulator is registered in the kernel's table (binfmt_misc), and then the program
 * is tried again in another container. Nothing else counts as proof.
 *
 * <p>What was found is kept for as long as this object lives. It can be used from several threads.
 *
 * {@snippet lang = java:
 * try (Emulation emulation = Emulation.onDefaultEngine()) {
 *     emulation.prepare(Architecture.S390X).orThrow();
 * }
 * }
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Emulation implements AutoCloseable {

    private final Engine engine;
    private final EmulationSettings settings;
    private final Registrar registrar;
    private final Disposal disposal = new Disposal();
    private final Map<Architecture, Verdict> known = new ConcurrentHashMap<>();
    private final Emulators emulators;

    /** Held while architectures are tried. */
    private final Object trying = new Object();

    /** Held while the table is changed or looked at, which may take a pull of an image. */
    private final Object enabling = new Object();

    private boolean closed;

    private Emulation(Engine engine, EmulationSettings settings) {
        this.engine = engine;
        this.settings = settings;
        this.registrar = new Registrar(engine);
        this.emulators = new Emulators(engine, settings);
        engine.session().enter(() -> Probe.sign(HelperImage.on(engine)));
    }

    /**
     * Use the engine that Testcontainers finds, with the settings in the system properties.
     *
     * @return a new emulation
     * @throws EngineException if Testcontainers finds no engine
     * @throws IllegalArgumentException if a setting does not exist, or its value has no meaning
     */
    public static Emulation onDefaultEngine() {
        ParameterNames.insistOnKnown(System.getProperties().stringPropertyNames());
        return onDefaultEngine(EmulationSettings.read(name -> Optional.ofNullable(System.getProperty(name))));
    }

    /**
     * Use the engine that Testcontainers finds.
     *
     * @param settings what the user decides
     * @return a new emulation
     * @throws EngineException if Testcontainers finds no engine
     */
    public static Emulation onDefaultEngine(EmulationSettings settings) {
        return on(Engine.ofTestcontainers(), settings);
    }

    /**
     * Use an engine.
     *
     * @param engine the engine
     * @param settings what the user decides
     * @return a new emulation
     */
    public static Emulation on(Engine engine, EmulationSettings settings) {
        return new Emulation(engine, settings);
    }

    /** Return the engine. */
    public Engine engine() {
        return engine;
    }

    /**
     * Make sure that programs of an architecture run, if that can be done.
     *
     * @param architecture the architecture
     * @return what is known of it; never throws for an architecture that can't run
     * @throws EngineException if the engine does not even run ForeignArch's own containers
     */
    public Verdict prepare(Architecture architecture) {
        return prepare(List.of(architecture)).values().iterator().next();
    }

    /**
     * Make sure that programs of several architectures run, with no more containers than for one.
     *
     * @param architectures the architectures
     * @return a verdict for each, in their order
     * @throws EngineException if the engine does not even run ForeignArch's own containers
     */
    public Map<Architecture, Verdict> prepare(Collection<Architecture> architectures) {
        Map<Architecture, ProbeOutcome> doubtful = new LinkedHashMap<>();
        if (!known.keySet().containsAll(architectures)) {
            // What runs already does not wait for what has to be made to run.
            synchronized (trying) {
                known.putAll(tryOut(without(known, architectures), doubtful));
            }
        }
        if (!doubtful.isEmpty()) {
            synchronized (enabling) {
                doubtful.keySet().removeAll(known.keySet());
                known.putAll(conclude(doubtful, Enablement::enable));
            }
        }
        return inOrder(architectures, known);
    }

    private static List<Architecture> without(
            Map<Architecture, Verdict> known, Collection<Architecture> architectures) {
        return architectures.stream()
                .distinct()
                .filter(architecture -> !known.containsKey(architecture))
                .toList();
    }

    /** The engine's own programs need no probe, and must never get a handler: after it no program would start. */
    private boolean isForeign(Architecture architecture) {
        return !architecture.elf().equals(engine.facts().architecture().elf());
    }

    /**
     * Find out which architectures run, and why others don't. Nothing is registered or kept.
     *
     * @param architectures the architectures
     * @return a verdict for each, in their order
     * @throws EngineException if the engine does not even run ForeignArch's own containers
     */
    public Map<Architecture, Verdict> examine(Collection<Architecture> architectures) {
        Map<Architecture, ProbeOutcome> doubtful = new LinkedHashMap<>();
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
        synchronized (trying) {
            verdicts.putAll(tryOut(architectures, doubtful));
        }
        synchronized (enabling) {
            verdicts.putAll(conclude(doubtful, Enablement::diagnose));
        }
        return inOrder(architectures, verdicts);
    }

    /**
     * Remove the handlers that ForeignArch has registered, in this JVM or before, and no others.
     *
     * @return names of the handlers that were removed
     * @throws EngineException if the engine does not run ForeignArch's own containers, or the kernel refuses
     */
    public List<String> undo() {
        synchronized (enabling) {
            known.clear();
            return withTable(new Removal(registrar)::from);
        }
    }

    /**
     * Return the handlers that the kernel uses for architectures.
     *
     * @param architectures the architectures
     * @return the handler of each for which one is in use
     * @throws EngineException if the engine does not run ForeignArch's own containers
     */
    public Map<Architecture, RegisteredHandler> handlers(Collection<Architecture> architectures) {
        synchronized (enabling) {
            HandlerTable table = withTable(KernelTable::read);
            Map<Architecture, RegisteredHandler> handlers = new LinkedHashMap<>();
            architectures.forEach(architecture -> table.effective(architecture.elf())
                    .ifPresent(handler -> handlers.put(architecture, RegisteredHandler.of(handler))));
            return handlers;
        }
    }

    /** Return whether handlers last only as long as this object, or another JVM's, is open. */
    public boolean keepsHandlersAlive() {
        synchronized (enabling) {
            return registrar.holds(Registrar.HOLDER);
        }
    }

    /** Return the name of an image with little in it, for containers of ours; it is brought to the engine if need be. */
    @API(status = INTERNAL, since = "0.1")
    public String helperImage() {
        return HelperImage.on(engine);
    }

    private <T> T withTable(Function<KernelTable, T> work) {
        registrar.joinOthers();
        Optional<KernelTable> held = registrar.heldTable();
        if (held.isPresent()) {
            return work.apply(held.get());
        }
        return work.apply(new MountedTable(engine, HelperImage.on(engine)));
    }

    /**
     * Try architectures.
     *
     * @param doubtful takes those that don't run, or not well
     * @return verdicts of the others
     */
    private Map<Architecture, Verdict> tryOut(
            Collection<Architecture> architectures, Map<Architecture, ProbeOutcome> doubtful) {
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>();
        architectures.stream()
                .filter(architecture -> !isForeign(architecture))
                .forEach(architecture -> verdicts.put(architecture, new Verdict.Native(architecture)));
        List<Architecture> foreign =
                architectures.stream().distinct().filter(this::isForeign).toList();
        if (!foreign.isEmpty()) {
            registrar.joinOthers();
            probe().run(foreign).forEach((architecture, outcome) -> {
                if (Enablement.isBeyondDoubt(outcome, engine)) {
                    verdicts.put(architecture, verdict(engine.facts(), architecture, outcome));
                } else {
                    doubtful.put(architecture, outcome);
                }
            });
            // Not before: on a small machine it would keep the probe waiting.
            disposal.later(() -> Leftovers.remove(engine));
        }
        return verdicts;
    }

    private Map<Architecture, Verdict> conclude(
            Map<Architecture, ProbeOutcome> doubtful, Function<Enablement, Map<Architecture, Verdict>> conclusion) {
        return doubtful.isEmpty()
                ? Map.of()
                : conclusion.apply(new Enablement(
                        engine, settings, registrar, emulators, HelperImage.on(engine), probe(), doubtful));
    }

    private Probe probe() {
        return new Probe(engine, HelperImage.on(engine), disposal);
    }

    private static Map<Architecture, Verdict> inOrder(
            Collection<Architecture> architectures, Map<Architecture, Verdict> verdicts) {
        Map<Architecture, Verdict> ordered = new LinkedHashMap<>();
        architectures.forEach(
                architecture -> ordered.put(architecture, Objects.requireNonNull(verdicts.get(architecture))));
        return ordered;
    }

    static Verdict verdict(EngineFacts facts, Architecture architecture, ProbeOutcome outcome) {
        if (outcome.interpreter().isEmpty() && mayRunItself(facts.architecture(), architecture)) {
            return new Verdict.Native(architecture);
        }
        return new Verdict.Emulated(
                architecture,
                outcome.interpreter().orElse("an emulator that the engine hides"),
                outcome.version().map(QemuVersion::number));
    }

    /** Most 64-bit processors run the programs of their 32-bit ancestors. */
    private static boolean mayRunItself(Architecture host, Architecture architecture) {
        return switch (host) {
            case AMD64 -> architecture == Architecture.I386;
            case ARM64V8 -> architecture.qemuTarget().equals("arm");
            default -> false;
        };
    }

    /**
     * Make sure that single programs of architectures run: by the engine itself as after {@link #prepare(Collection)}, or
     * else by an emulator that is put before the command.
     *
     * @param architectures the architectures
     * @return a verdict for each, in their order
     * @throws EngineException if the engine does not even run ForeignArch's own containers
     */
    @API(status = INTERNAL, since = "0.1")
    public Map<Architecture, Verdict> prepareSinglePrograms(Collection<Architecture> architectures) {
        Map<Architecture, Verdict> verdicts = new LinkedHashMap<>(prepare(architectures));
        verdicts.replaceAll((architecture, verdict) -> {
            try {
                return verdict.available() ? verdict : explicit(verdict);
            } catch (ArchitectureUnavailableException noEmulatorEither) {
                return verdict;
            }
        });
        return verdicts;
    }

    private Verdict.Explicit explicit(Verdict verdict) {
        return new Verdict.Explicit(
                verdict.architecture(), emulatorBesides(verdict).origin());
    }

    /**
     * Decide what runs one program.
     *
     * @param architecture the program's architecture
     * @param request what the user asks for
     * @return how it runs
     * @throws ArchitectureUnavailableException if the architecture does not run, and there is no emulator for it either
     * @throws EmulatorNotFoundException if an emulator is asked for, and there is none
     */
    @API(status = INTERNAL, since = "0.1")
    public SingleProgramEmulation forSingleProgram(Architecture architecture, EmulationRequest request) {
        Verdict verdict = prepare(architecture);
        if (!request.needsEmulatorBeforeCommand(verdict)) {
            return new SingleProgramEmulation(verdict, verdict, Optional.empty(), request);
        }
        Emulator emulator = emulatorBesides(verdict);
        return new SingleProgramEmulation(
                verdict, new Verdict.Explicit(architecture, emulator.origin()), Optional.of(emulator), request);
    }

    /** Find an emulator; without one, what matters is why there is no handler either. */
    private Emulator emulatorBesides(Verdict verdict) {
        try {
            return emulators.find(verdict.architecture());
        } catch (EmulatorNotFoundException notFound) {
            if (verdict instanceof Verdict.Unavailable unavailable) {
                ArchitectureUnavailableException failure =
                        new ArchitectureUnavailableException(unavailable.diagnosis());
                failure.addSuppressed(notFound);
                throw failure;
            }
            throw notFound;
        }
    }

    /**
     * Need nothing anymore. What lasts only as long as somebody needs it goes away within a few seconds, if no other JVM
     * needs it: temporary handlers, and all handlers on a host that has not mounted binfmt_misc itself.
     */
    @Override
    public void close() {
        synchronized (enabling) {
            known.clear();
            registrar.close();
            disposal.close();
            if (!closed) {
                closed = true;
                engine.session().close();
            }
        }
    }
}
