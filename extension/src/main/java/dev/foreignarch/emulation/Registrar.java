package dev.foreignarch.emulation;

import static java.util.stream.Collectors.toMap;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.KernelTable.Change;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.ContainerSpec.HostMount;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.RunningContainer.Conversation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers emulators with an engine's kernel, with the least privilege that can work, and one JVM at a time.
 *
 * <p>What must outlive single containers is in a {@link SharedContainer}. On a host that has mounted the table that is
 * the keeper: it gives JVMs their turn, takes the emulators, removes temporary handlers at last, and has no privilege. On
 * any other host it is the holder, which mounts the table itself and must have all privileges for that.
 */
final class Registrar implements AutoCloseable {

    static final String KEEPER = "foreignarch-keeper";
    static final String HOLDER = "foreignarch-holder";

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private final Engine engine;
    private final Map<String, SharedContainer> joined = new ConcurrentHashMap<>();

    /** The keeper through which this JVM looks at the table, so that its turn needs no other lease of it. */
    private @Nullable SharedContainer looking;

    Registrar(Engine engine) {
        this.engine = engine;
    }

    /** Join what other JVMs keep running, so that handlers that work now don't go away with the last of those. */
    void joinOthers() {
        for (String name : List.of(KEEPER, HOLDER)) {
            if (!holds(name)) {
                join(name).ifPresent(container -> retain(name, container));
            }
        }
    }

    /** One lease is enough, though one thread may join the container of another one that registers. */
    private void retain(String name, SharedContainer container) {
        SharedContainer before = joined.put(name, container);
        if (before != null && before != container) {
            before.close();
        }
    }

    private Optional<SharedContainer> join(String name) {
        try {
            return SharedContainer.join(engine, name);
        } catch (EngineException refused) {
            if (Thread.currentThread().isInterrupted()) {
                throw refused;
            }
            // What works now may work to the end, and what doesn't says why.
            LOG.warn(
                    "The container {} of another JVM can't be joined ({}): handlers that last only as long as it may go"
                            + " away while this JVM needs them",
                    name,
                    refused.getMessage());
            return Optional.empty();
        }
    }

    /** Return whether this JVM has a lease of a container that runs. */
    boolean holds(String name) {
        SharedContainer container = joined.get(name);
        return container != null && container.isOpen();
    }

    /** Return the table that a container of ours keeps mounted, if this JVM has a lease of it. */
    Optional<KernelTable> heldTable() {
        return Optional.ofNullable(joined.get(HOLDER))
                .filter(SharedContainer::isOpen)
                .map(SharedTable::new);
    }

    /**
     * Look at the table of a host that has mounted it, through the keeper. It stays for this JVM's turn.
     *
     * @throws EngineException if the engine refuses it, as it does where the host has no such table
     */
    HandlerTable look() {
        SharedContainer keeper = keep();
        looking = keeper;
        return new SharedTable(keeper).read();
    }

    /** Let the keeper go, unless this JVM needs it any longer. */
    void stopLooking() {
        SharedContainer keeper = looking;
        looking = null;
        if (keeper != null && !joined.containsValue(keeper)) {
            keeper.close();
        }
    }

    /**
     * Wait until no other JVM registers on this engine.
     *
     * @param mounted whether the engine's host has mounted the table; if not, we do
     * @param temporary whether what is registered goes away at last
     * @return this JVM's turn
     * @throws EngineException if the engine refuses what is needed
     */
    Turn takeTurn(boolean mounted, boolean temporary) {
        String name = mounted ? KEEPER : HOLDER;
        boolean known = holds(name);
        SharedContainer container = mounted ? keep() : hold();
        Turn turn = new Turn(container, turn(container, known), temporary || !mounted);
        if (turn.passing || known) {
            retain(name, container);
        }
        return turn;
    }

    private static Conversation turn(SharedContainer container, boolean known) {
        try {
            return container.turn();
        } catch (RuntimeException notObtained) {
            if (!known) {
                container.close();
            }
            throw notObtained;
        }
    }

    private SharedContainer keep() {
        SharedContainer present = looking;
        if (present != null && present.isOpen()) {
            return present;
        }
        List<String> command =
                List.of(HelperImage.HELPER, "keep", HelperImage.TABLE, SharedContainer.GRACE, HelperImage.NOTES);
        return share(
                KEEPER,
                ContainerSpec.of(HelperImage.on(engine), command)
                        .withMount(new HostMount(HandlerTable.PATH, HelperImage.TABLE, false))
                        .withWritableRoot(),
                "keeping");
    }

    private SharedContainer hold() {
        List<String> command =
                List.of(HelperImage.HELPER, "hold", HelperImage.TABLE, SharedContainer.GRACE, HelperImage.NOTES);
        try {
            return share(
                    HOLDER,
                    ContainerSpec.of(HelperImage.on(engine), command)
                            .withPrivileges()
                            .withWritableRoot(),
                    "holding");
        } catch (EngineException failed) {
            throw TableNotMountedException.of(failed)
                    .map(EngineException.class::cast)
                    .orElse(failed);
        }
    }

    private SharedContainer share(String name, ContainerSpec spec, String greeting) {
        SharedContainer known = joined.get(name);
        return known != null && known.isOpen() ? known : SharedContainer.joinOrStart(engine, name, spec, greeting);
    }

    /** The time in which no other JVM registers on this engine. */
    final class Turn implements AutoCloseable {

        private final SharedContainer container;
        private final Conversation conversation;
        private final KernelTable table;
        private final boolean passing;

        private Turn(SharedContainer container, Conversation conversation, boolean passing) {
            this.container = container;
            this.conversation = conversation;
            this.table = new SharedTable(container);
            this.passing = passing;
        }

        /** Return the kernel's table. */
        KernelTable table() {
            return table;
        }

        /**
         * Register emulators. The kernel keeps them open, so that they need not stay where they are put.
         *
         * @return the kernel's answer for each architecture: 0, or an error number
         */
        Map<Architecture, Integer> register(Map<Architecture, Emulator> emulators) {
            List<Architecture> architectures = List.copyOf(emulators.keySet());
            Map<String, Emulator> byTarget = emulators.values().stream()
                    .collect(toMap(Emulator::target, Function.identity(), (one, same) -> one, LinkedHashMap::new));
            container.put(byTarget.values().stream().collect(toMap(Emulator::path, Emulator::content)));
            Map<String, String> flags = new EmulatorFlags(engine.facts(), container).choose(byTarget.values());
            List<Handler> handlers = byTarget.values().stream()
                    .map(emulator -> Handler.of(
                            firstOf(architectures, emulator),
                            emulator.path(),
                            flags.getOrDefault(emulator.target(), EmulatorFlags.BASIC)))
                    .toList();
            // Also where we mount the table: in a container that an engine runs in, it may be mounted outside, and
            // stay.
            if (passing) {
                note(handlers);
            }
            List<Integer> answers = write(handlers);
            Map<Architecture, Integer> result = new LinkedHashMap<>();
            List<String> targets = List.copyOf(byTarget.keySet());
            architectures.forEach(
                    architecture -> result.put(architecture, answers.get(targets.indexOf(architecture.qemuTarget()))));
            tell(handlers, answers);
            byTarget.values().forEach(Turn::tell);
            return result;
        }

        private List<Integer> write(List<Handler> handlers) {
            List<String> command = new ArrayList<>(List.of(HelperImage.HELPER, "register", HelperImage.TABLE));
            handlers.forEach(handler -> command.addAll(List.of(handler.registration(), handler.interpreter())));
            return Change.answers(container.run(command), handlers.size());
        }

        private void note(List<Handler> handlers) {
            List<String> command = new ArrayList<>(List.of(HelperImage.HELPER, "note", HelperImage.NOTES));
            handlers.forEach(handler -> command.add(handler.name()));
            container.run(command);
        }

        private void tell(List<Handler> handlers, List<Integer> answers) {
            List<String> names = new ArrayList<>();
            for (int index = 0; index < handlers.size(); index++) {
                if (answers.get(index) == 0) {
                    names.add(handlers.get(index).name());
                }
            }
            if (!names.isEmpty()) {
                LOG.info(
                        "Registered {} with the kernel of {}; {}",
                        String.join(", ", names),
                        engine,
                        passing
                                ? "they go away when no JVM needs them anymore"
                                : "to undo it, run ForeignArch's doctor with --undo");
            }
        }

        /** Whoever wonders later what runs with everybody's rights finds it in a log. */
        private static void tell(Emulator emulator) {
            LOG.info("qemu-{}: {}, SHA-256 {}", emulator.target(), emulator.origin(), emulator.digest());
        }

        @Override
        public void close() {
            conversation.close();
            if (!joined.containsValue(container)) {
                container.close();
            }
        }
    }

    private static Architecture firstOf(List<Architecture> architectures, Emulator emulator) {
        return architectures.stream()
                .filter(architecture -> architecture.qemuTarget().equals(emulator.target()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        joined.values().forEach(SharedContainer::close);
        joined.clear();
    }
}
