package dev.foreignarch.engine;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.foreignarch.engine.RunningContainer.Conversation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container that is there as long as one JVM needs it: an engine has at most one of a name. In it runs a process that
 * ends with the JVM's connection, and the container then ends by itself, be it that the JVM was killed.
 */
final class LockContainer implements AutoCloseable {

    private static final String HOLDER = "dev.foreignarch.holder";
    private static final String HELPER = "/foreignarch/helper";
    private static final String NOTHING = "/nothing";

    /** How long it waits for its JVM, in seconds. */
    private static final String GRACE = "3";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(LockContainer.class);

    private final RunningContainer container;
    private final Conversation lease;

    private LockContainer(RunningContainer container, Conversation lease) {
        this.container = container;
        this.lease = lease;
    }

    /**
     * Make the container, unless there is one of this name.
     *
     * @throws NotLockableException if the engine does not let us
     */
    static Optional<LockContainer> tryToMake(Engine engine, String name) throws NotLockableException {
        try {
            return inspect(engine, name).isPresent() ? Optional.empty() : Optional.of(make(engine, name));
        } catch (NameTakenException another) {
            return Optional.empty();
        } catch (EngineException refused) {
            throw new NotLockableException(refused);
        } catch (DockerException refused) {
            throw new NotLockableException(new EngineException(EngineException.words(refused), refused));
        }
    }

    /** Return who has made the container, in words. */
    static Optional<String> holder(Engine engine, String name) {
        return inspect(engine, name).map(found -> found.getConfig().getLabels()).map(labels -> labels.get(HOLDER));
    }

    /** Return the container of this name, if nobody has started it yet. */
    static Optional<RunningContainer> notStarted(Engine engine, String name) {
        return inspect(engine, name)
                .filter(found -> "created".equals(found.getState().getStatus()))
                .map(found -> new RunningContainer(engine.client(), found.getId()));
    }

    private static Optional<InspectContainerResponse> inspect(Engine engine, String name) {
        try {
            return Optional.of(engine.client().inspectContainerCmd(name).exec());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private static LockContainer make(Engine engine, String name) {
        RunningContainer container = create(engine, engine.keep(image(engine)), name);
        try {
            container.startUntil(text -> text.contains("keeping"), PATIENCE);
            return new LockContainer(container, container.converse(List.of(HELPER, "lease"), "leased", PATIENCE));
        } catch (RuntimeException failure) {
            container.close();
            throw failure;
        }
    }

    private static RunningContainer create(Engine engine, String image, String name) {
        Map<String, String> labels = new HashMap<>(engine.session().labels());
        labels.put(HOLDER, LockHolder.thisJvm());
        try (CreateContainerCmd create = engine.client().createContainerCmd(image)) {
            return new RunningContainer(
                    engine.client(),
                    create.withName(name)
                            .withEntrypoint(List.of(HELPER, "keep", NOTHING, GRACE, NOTHING))
                            .withHostConfig(new HostConfig()
                                    .withNetworkMode("none")
                                    .withReadonlyRootfs(true)
                                    .withAutoRemove(true)
                                    .withCapDrop(Capability.ALL)
                                    .withSecurityOpts(List.of("no-new-privileges")))
                            .withLabels(labels)
                            .exec()
                            .getId());
        } catch (ConflictException taken) {
            throw new NameTakenException(EngineException.words(taken), taken);
        }
    }

    private static ScratchImage image(Engine engine) {
        byte[] helper = HelperProgram.forHost(engine.facts().architecture());
        return new ScratchImage(
                "foreignarch.local/lock:" + ScratchImage.sha256(helper).substring(0, 16),
                engine.facts().architecture().platform(),
                Map.of(HELPER, helper, NOTHING + "/", new byte[0]),
                Map.of());
    }

    /** What was done under the lock is done, whatever becomes of its container, which ends by itself. */
    @Override
    public void close() {
        lease.close();
        try {
            container.close();
        } catch (RuntimeException left) {
            LOG.debug("The container of a lock is left to end by itself", left);
        }
    }
}
