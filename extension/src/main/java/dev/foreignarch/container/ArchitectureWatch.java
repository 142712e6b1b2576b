package dev.foreignarch.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees to it that what runs in a bound container is of its architecture: before the start, after it, and before the stop. */
final class ArchitectureWatch {

    private final BoundContainer bound;
    private final Looks looks;
    private volatile @Nullable StartCheck check;

    ArchitectureWatch(BoundContainer bound) {
        this.bound = bound;
        this.looks = new Looks(bound.container());
    }

    /** The container is about to be created. */
    void begin(CreateContainerCmd create, Creation creation) {
        looks.clear();
        check = new StartCheck(
                bound.container(),
                wrongProgram(creation),
                bound.binding().starts().noteOf(create, bound.architecture()));
    }

    /**
     * The container is there, and is not started.
     *
     * @throws ForeignContainerException if it would start with a program of another architecture
     */
    void beforeStart() {
        StartCheck present = check;
        if (present != null) {
            present.beforeStart();
        }
    }

    /**
     * The container has started.
     *
     * @throws ForeignContainerException if it is not of its architecture; then it has been stopped
     */
    void afterStart() {
        try {
            StartCheck present = check;
            if (present != null) {
                present.afterStart();
            }
            look(Looks.AFTER_START);
        } catch (ForeignContainerException notOfIt) {
            bound.container().stop();
            throw notOfIt;
        }
    }

    /**
     * Look at the container's processes.
     *
     * @throws ForeignContainerException if none is of its architecture
     */
    void look(String when) {
        bound.creation()
                .ifPresent(creation -> looks.look(
                                bound.engine(), creation.emulation().verdict(), when)
                        .ifPresent(wrong -> {
                            throw new ForeignContainerException(
                                    wrongProgram(creation).seen(wrong, when));
                        }));
    }

    /** Return what runs the container, in a few words. */
    String summary() {
        return bound.creation()
                .map(Creation::emulation)
                .map(emulation -> {
                    if (bound.container().getContainerId() != null && !looks.isDone()) {
                        looks.look(bound.engine(), emulation.verdict(), Looks.AFTER_START);
                    }
                    return looks.summary(emulation);
                })
                .orElse("not tried");
    }

    /** Return what was seen in the container that is not of its architecture. */
    List<String> observations() {
        return looks.observations();
    }

    private WrongProgram wrongProgram(Creation creation) {
        return new WrongProgram(
                creation.image(), bound.architecture(), bound.engine().facts().architecture());
    }
}
