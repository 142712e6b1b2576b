package dev.foreignarch.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a shell is told to do, as far as it is certain without a shell: which program is left when all is done. Loops,
 * conditions, pipes and whatever needs a shell to be understood give no answer.
 */
final class ShellLine {

    private static final String ALL_ARGUMENTS = "$@";

    /** What a shell does itself, and what leaves the question open which program follows. */
    private static final Set<String> NO_PROGRAMS = Set.of(
            ":",
            ".",
            "[",
            "[[",
            "{",
            "}",
            "!",
            "alias",
            "bg",
            "break",
            "builtin",
            "case",
            "command",
            "continue",
            "do",
            "done",
            "echo",
            "elif",
            "else",
            "esac",
            "eval",
            "exit",
            "false",
            "fg",
            "fi",
            "for",
            "function",
            "getopts",
            "hash",
            "if",
            "jobs",
            "kill",
            "let",
            "local",
            "printf",
            "pwd",
            "read",
            "return",
            "select",
            "shift",
            "source",
            "test",
            "then",
            "time",
            "times",
            "trap",
            "true",
            "type",
            "unalias",
            "until",
            "wait",
            "while");

    /** What a shell does itself, and goes on after it. */
    private static final Set<String> PREPARATIONS =
            Set.of("set", "export", "unset", "umask", "ulimit", "readonly", "declare", "typeset", "shopt");

    private final List<String> arguments;
    private String directory;

    private ShellLine(List<String> arguments, String directory) {
        this.arguments = arguments;
        this.directory = directory;
    }

    /**
     * Find the program that a text for a shell comes to.
     *
     * @param text a line as after {@code sh -c}, or a whole script
     * @param arguments what the text knows as {@code $@}
     * @param directory the directory that the shell starts in
     * @return the program; absent if there is none, or it is not certain
     */
    static Optional<ProgramStart> program(String text, List<String> arguments, String directory) {
        return ShellWords.commands(text).flatMap(commands -> new ShellLine(arguments, directory).last(commands));
    }

    private Optional<ProgramStart> last(List<List<String>> commands) {
        for (int number = 0; number < commands.size(); number++) {
            if (commands.get(number).stream().anyMatch(word -> word.startsWith("PATH="))) {
                return Optional.empty();
            }
            List<String> words = withoutAssignments(commands.get(number));
            if (words.isEmpty() || PREPARATIONS.contains(words.get(0))) {
                if (replacesArguments(words)) {
                    return Optional.empty();
                }
                continue;
            }
            if (words.get(0).equals("cd")) {
                if (words.size() != 2
                        || words.get(1).contains("$")
                        || words.get(1).startsWith("-")) {
                    return Optional.empty();
                }
                directory = ProgramLookup.absolute(words.get(1), directory);
                continue;
            }
            boolean execs = words.get(0).equals("exec");
            boolean isLast = number == commands.size() - 1;
            return execs || isLast ? started(execs ? words.subList(1, words.size()) : words) : Optional.empty();
        }
        return Optional.empty();
    }

    /** The words behind {@code set} become the arguments, unless they are options. */
    private static boolean replacesArguments(List<String> words) {
        return !words.isEmpty()
                && words.get(0).equals("set")
                && words.stream().skip(1).anyMatch(word -> word.equals("--") || !word.matches("[-+].*|pipefail"));
    }

    private Optional<ProgramStart> started(List<String> words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            if (word.equals(ALL_ARGUMENTS)) {
                all.addAll(arguments);
            } else {
                all.add(word);
            }
        }
        return all.isEmpty() || all.get(0).isEmpty() || isOpen(all.get(0))
                ? Optional.empty()
                : Optional.of(new ProgramStart(all, directory));
    }

    private static boolean isOpen(String program) {
        return program.contains("$")
                || program.contains("=")
                || program.startsWith("-")
                || program.startsWith("~")
                || NO_PROGRAMS.contains(program);
    }

    private static List<String> withoutAssignments(List<String> words) {
        int first = 0;
        while (first < words.size() && words.get(first).matches("[A-Za-z_][A-Za-z_0-9]*=.*")) {
            first++;
        }
        return words.subList(first, words.size());
    }
}
