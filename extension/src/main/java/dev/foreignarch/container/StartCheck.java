package dev.foreignarch.container;

import dev.foreignarch.container.FirstProgram.Reading;
import dev.foreignarch.engine.DormantContainer;
import dev.foreignarch.engine.EngineException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;

/** Reads the program that one container starts with: before it does, or else when it has. */
final class StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    private final GenericContainer<?> container;
    private final WrongProgram wrong;
    private final Optional<CheckedStarts.Note> note;
    private boolean done;

    /**
     * Make a check.
     *
     * @param note where it is noted that a container has nothing but its image's files, and starts rightly
     */
    StartCheck(GenericContainer<?> container, WrongProgram wrong, Optional<CheckedStarts.Note> note) {
        this.container = container;
        this.wrong = wrong;
        this.note = note;
    }

    /**
     * Check the container that has been created.
     *
     * @throws ForeignContainerException if it would start with a program of another architecture
     */
    void beforeStart() {
        TransferredFiles.of(container).ifPresent(files -> check(Optional.of(files)));
    }

    /**
     * Check the container that has been started, if it could not be done before.
     *
     * @throws ForeignContainerException if it has started with a program of another architecture
     */
    void afterStart() {
        try {
            check(Optional.empty());
        } catch (EngineException unseen) {
            // The container is up; the look at its processes is still to come.
            LOG.debug("What a container has started with can't be read", unseen);
        }
    }

    private void check(Optional<TransferredFiles> awaited) {
        String id = container.getContainerId();
        if (done || id == null || isKnown(awaited)) {
            return;
        }
        Reading reading;
        try (DormantContainer created = DormantContainer.created(container.getDockerClient(), id)) {
            reading = new FirstProgram(awaited.isPresent() ? awaited.get().in(created) : created, wrong.architecture())
                    .read();
        }
        // What the test copies as a directory is there after the start.
        done = !(reading instanceof Reading.Absent);
        if (reading instanceof Reading.Wrong program) {
            throw new ForeignContainerException(wrong.read(program.path(), program.identity()));
        }
        if (reading instanceof Reading.Right && awaited.isPresent() && isImageAlone(awaited.get())) {
            note.ifPresent(CheckedStarts.Note::right);
        }
    }

    private boolean isKnown(Optional<TransferredFiles> awaited) {
        return note.filter(CheckedStarts.Note::isRight).isPresent()
                && (awaited.isEmpty() || isImageAlone(awaited.get()));
    }

    private boolean isImageAlone(TransferredFiles files) {
        return !files.mayBePrograms() && !CopiedFiles.mayBePrograms(container);
    }
}
