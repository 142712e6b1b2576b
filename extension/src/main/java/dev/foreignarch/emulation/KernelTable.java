package dev.foreignarch.emulation;

import dev.foreignarch.engine.ContainerOutcome;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.ContainerSpec.HostMount;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import dev.foreignarch.engine.LoadedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of handlers on an engine's host, seen and written through a container that has no privilege: it only sees
 * the directory that the host has mounted.
 */
final class KernelTable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Engine engine;
    private final String image;

    KernelTable(Engine engine, LoadedImage image) {
        this.engine = engine;
        this.image = image.name();
    }

    /** Look at the table. */
    HandlerTable read() {
        ContainerSpec spec = ContainerSpec.of(image, List.of(HelperImage.HELPER, "table", HelperImage.TABLE))
                .withMount(new HostMount(HandlerTable.PATH, HelperImage.TABLE, true));
        try {
            return HandlerTable.parse(engine.run(spec, LIMIT).stdout());
        } catch (EngineException refused) {
            if (String.valueOf(refused.getMessage()).contains(HandlerTable.PATH)) {
                return HandlerTable.unseen(HandlerTable.State.MISSING);
            }
            throw refused;
        }
    }

    /**
     * Register handlers, whose interpreters must be in the image.
     *
     * @return the kernel's answer to each: 0, or an error number
     */
    List<Integer> register(List<Handler> handlers) {
        ContainerSpec spec = ContainerSpec.of(image, RegisterCommand.of(handlers))
                .withMount(new HostMount(HandlerTable.PATH, HelperImage.TABLE, false));
        ContainerOutcome outcome = engine.run(spec, LIMIT);
        return RegisterCommand.answers(outcome.text(), handlers.size());
    }

    /** The helper's verb {@code write}, to the file that takes registrations. */
    static final class RegisterCommand {

        private RegisterCommand() {}

        static List<String> of(List<Handler> handlers) {
            List<String> command = new ArrayList<>(List.of(HelperImage.HELPER, "write"));
            for (Handler handler : handlers) {
                command.add(HelperImage.TABLE + "/register");
                command.add(handler.registration());
            }
            return command;
        }

        static List<Integer> answers(String output, int count) {
            List<Integer> answers = output.lines()
                    .filter(line -> line.startsWith("wrote "))
                    .map(line -> Integer.parseInt(line.substring("wrote ".length())))
                    .toList();
            if (answers.size() != count) {
                throw new EngineException("the registrar answered '" + output.strip() + "'", null);
            }
            return answers;
        }
    }
}
