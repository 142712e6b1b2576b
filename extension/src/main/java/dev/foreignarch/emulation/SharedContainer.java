package dev.foreignarch.emulation;

import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.NameTakenException;
import dev.foreignarch.engine.RunningContainer;
import dev.foreignarch.engine.RunningContainer.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container that all JVMs on an engine share, and that stays as long as one of them needs it.
 *
 * <p>The engine has at most one container of a name: whoever wants to create a second one joins the first. A JVM needs
 * the container while it has a lease: a process in the container that ends with its input, which the engine closes when
 * the JVM's connection ends, be it that the JVM was killed. The container's own process counts the others, and ends when
 * there was none for {@value #GRACE} seconds. So nobody has to stop it, and nothing of it is left.
 */
final class SharedContainer implements AutoCloseable {

    /** Seconds for which the container waits for its next user, for example the JVM of the next Maven module. */
    static final String GRACE = "3";

    private static final int ATTEMPTS = 2;

    private static final Duration GREETING = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /** A container that was created by a JVM that was killed before it could start it. */
    private static final Duration NEVER_STARTED = Duration.ofSeconds(10);

    private final RunningContainer container;
    private final Conversation lease;

    private SharedContainer(RunningContainer container, Conversation lease) {
        this.container = container;
        this.lease = lease;
    }

    /** Take a lease of a container that runs, if there is one of this name. */
    static Optional<SharedContainer> join(Engine engine, String name) {
        return engine.find(name).flatMap(SharedContainer::lease);
    }

    /**
     * Take a lease of the container of this name. If there is none, it is created.
     *
     * @param spec the container, but for its name
     * @param greeting what the container prints when it is ready
     * @throws EngineException if the engine refuses the container, or it ends; the message is then what it printed
     */
    static SharedContainer joinOrStart(Engine engine, String name, ContainerSpec spec, String greeting) {
        Instant deadline = Instant.now().plus(PATIENCE);
        Instant firstSeen = Instant.now();
        String seen = "";
        while (Instant.now().isBefore(deadline)) {
            Optional<RunningContainer> existing = engine.find(name);
            Optional<SharedContainer> joined =
                    existing.isPresent() ? lease(existing.get()) : start(engine, spec.withName(name), greeting);
            if (joined.isPresent()) {
                return joined.get();
            }
            String id = existing.map(RunningContainer::id).orElse("");
            if (!id.equals(seen)) {
                seen = id;
                firstSeen = Instant.now();
            } else if (firstSeen.plus(NEVER_STARTED).isBefore(Instant.now())) {
                existing.filter(RunningContainer::isNew).ifPresent(RunningContainer::close);
            }
            pause();
        }
        throw new EngineException(
                "the container " + name + " can't be joined or created within " + PATIENCE.toSeconds() + " s", null);
    }

    private static Optional<SharedContainer> start(Engine engine, ContainerSpec spec, String greeting) {
        RunningContainer container;
        try {
            container = engine.create(spec);
        } catch (NameTakenException joinThatOne) {
            return Optional.empty();
        }
        try {
            container.startUntil(text -> text.contains(greeting), GREETING);
        } catch (EngineException refused) {
            remove(container, refused);
            throw refused;
        }
        // Without a lease it ends by itself; other JVMs may have one already.
        return lease(container);
    }

    /** What matters is the first refusal. */
    private static void remove(RunningContainer container, EngineException refused) {
        try {
            container.close();
        } catch (RuntimeException notEither) {
            refused.addSuppressed(notEither);
        }
    }

    /** Take a lease of the container, if it runs. It may end, or be about to start, while we try. */
    private static Optional<SharedContainer> lease(RunningContainer container) {
        for (int attempt = 1; ; attempt++) {
            try {
                Conversation lease = container.converse(List.of(HelperImage.HELPER, "lease"), "leased", GREETING);
                return Optional.of(new SharedContainer(container, lease));
            } catch (EngineException refused) {
                if (!container.isRunning()) {
                    return Optional.empty();
                }
                if (attempt == ATTEMPTS) {
                    throw refused;
                }
                pause();
            }
        }
    }

    /**
     * Wait until no other JVM has the turn, and have it until the conversation is closed.
     *
     * @throws EngineException if the container has ended
     */
    Conversation turn() {
        return container.converse(List.of(HelperImage.HELPER, "turn", HelperImage.HELPER), "turn", LONGEST_TURN);
    }

    /** Run the helper in the container, and return what it prints. */
    byte[] run(List<String> command) {
        return container.exec(command, LONGEST_RUN);
    }

    /** Put programs into the container, by their absolute paths. */
    void put(Map<String, byte[]> programs) {
        container.put(programs);
    }

    /** Return whether the container still runs for this JVM. */
    boolean isOpen() {
        return lease.isOpen();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for another JVM", interrupted);
        }
    }

    /** Give the lease back. */
    @Override
    public void close() {
        lease.close();
    }
}
