package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.engine.ContainerOutcome;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.ContainerSpec.HostMount;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.util.List;

/**
 * The table that an engine's host has mounted, seen and written through containers without any privilege: no capability,
 * no network, nothing to write on but this one directory. Root needs no capability to write there.
 */
final class MountedTable implements KernelTable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Engine engine;
    private final String image;

    /** Go through an image that has the helper. */
    MountedTable(Engine engine, String image) {
        this.engine = engine;
        this.image = image;
    }

    @Override
    public HandlerTable read() {
        ContainerSpec spec =
                ContainerSpec.of(image, READ).withMount(new HostMount(HandlerTable.PATH, HelperImage.TABLE, true));
        try {
            ContainerOutcome outcome = engine.run(spec, LIMIT);
            if (outcome.exitCode() != 0) {
                throw new EngineException(
                        "the container that reads the table ended with exit code " + outcome.exitCode() + ": "
                                + outcome.errorText(),
                        null);
            }
            return HandlerTable.parse(outcome.stdout());
        } catch (EngineException refused) {
            String words = String.valueOf(refused.getMessage());
            if (words.contains(HandlerTable.PATH)
                    && (words.contains("does not exist") || words.contains("no such file"))) {
                return HandlerTable.unseen(HandlerTable.State.MISSING);
            }
            throw refused;
        }
    }

    @Override
    public List<Integer> change(List<Change> changes) {
        ContainerSpec spec = ContainerSpec.of(image, Change.command(changes))
                .withMount(new HostMount(HandlerTable.PATH, HelperImage.TABLE, false));
        ContainerOutcome outcome = engine.run(spec, LIMIT);
        return Change.answers(outcome.text().getBytes(UTF_8), changes.size());
    }
}
