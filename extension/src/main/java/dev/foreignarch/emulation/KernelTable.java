package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.engine.EngineException;
import java.util.ArrayList;
import java.util.List;

/** The kernel's table of handlers, and a way to it. */
interface KernelTable {

    /** The helper's command that prints the table. */
    List<String> READ = List.of(HelperImage.HELPER, "table", HelperImage.TABLE);

    /** Look at the table. */
    HandlerTable read();

    /**
     * Write to entries, or to the status of the whole table.
     *
     * @return the kernel's answer to each: 0, or an error number
     */
    List<Integer> change(List<Change> changes);

    /**
     * What is written to a file of the table.
     *
     * @param file name of the file
     * @param content what the kernel understands there
     */
    record Change(String file, String content) {

        static Change switchOn(String file) {
            return new Change(file, "1");
        }

        static Change remove(Handler handler) {
            return new Change(handler.name(), "-1");
        }

        /** Return the helper's command that makes changes. */
        static List<String> command(List<Change> changes) {
            List<String> command = new ArrayList<>(List.of(HelperImage.HELPER, "write"));
            for (Change change : changes) {
                command.add(HelperImage.TABLE + "/" + change.file());
                command.add(change.content());
            }
            return command;
        }

        /** Read what that command prints, or the one that registers: the kernel's answer to each change. */
        static List<Integer> answers(byte[] output, int count) {
            String text = new String(output, UTF_8);
            List<Integer> answers = text.lines()
                    .filter(line -> line.matches("wrote \\d{1,6}"))
                    .map(line -> Integer.valueOf(line.substring("wrote ".length())))
                    .toList();
            if (answers.size() != count) {
                throw new EngineException("the registrar answered '" + text.strip() + "'", null);
            }
            return answers;
        }
    }
}
