package dev.foreignarch.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Programs that do nothing themselves but start the one that is named in their arguments. Only what is certain counts: an
 * option that is not known here ends the search.
 */
final class Launchers {

    /**
     * How a launcher is called.
     *
     * @param flags options without a value
     * @param valued options with a value in the next argument
     * @param operands how many arguments stand before the program
     */
    private record Usage(Set<String> flags, Set<String> valued, int operands) {}

    private static final Usage TINI = new Usage(Set.of("-s", "-v", "-vv", "-vvv", "-w", "-g"), Set.of("-p", "-e"), 0);

    private static final Map<String, Usage> USAGES = Map.ofEntries(
            Map.entry("tini", TINI),
            Map.entry("tini-static", TINI),
            Map.entry("docker-init", TINI),
            Map.entry("catatonit", new Usage(Set.of("-P", "-g"), Set.of(), 0)),
            Map.entry(
                    "dumb-init",
                    new Usage(Set.of("-c", "--single-child", "-v", "--verbose"), Set.of("-r", "--rewrite"), 0)),
            Map.entry("gosu", new Usage(Set.of(), Set.of(), 1)),
            Map.entry("su-exec", new Usage(Set.of(), Set.of(), 1)),
            Map.entry("nohup", new Usage(Set.of(), Set.of(), 0)),
            Map.entry("setsid", new Usage(Set.of("-c", "-f", "-w"), Set.of(), 0)),
            Map.entry("nice", new Usage(Set.of(), Set.of("-n"), 0)),
            Map.entry("timeout", new Usage(Set.of("--foreground"), Set.of("-s", "-k"), 1)),
            Map.entry("stdbuf", new Usage(Set.of(), Set.of("-i", "-o", "-e"), 0)));

    private Launchers() {}

    /** Return what a launcher starts; absent if this is none, or it can't be told. */
    static Optional<ProgramStart> startedBy(ProgramStart launcher) {
        if (launcher.shortName().equals("env")) {
            return startedByEnv(launcher, launcher.arguments());
        }
        return Optional.ofNullable(USAGES.get(launcher.shortName()))
                .flatMap(usage -> operands(launcher.arguments(), usage))
                .map(launcher::with);
    }

    private static Optional<List<String>> operands(List<String> arguments, Usage usage) {
        int next = 0;
        while (next < arguments.size() && arguments.get(next).startsWith("-")) {
            String option = arguments.get(next);
            if (option.equals("--")) {
                return nonEmpty(arguments, next + 1 + usage.operands);
            }
            boolean attached = usage.valued.stream()
                    .anyMatch(known -> option.startsWith(known) && option.length() > known.length());
            if (usage.flags.contains(option) || attached) {
                next++;
            } else if (usage.valued.contains(option)) {
                next += 2;
            } else {
                return Optional.empty();
            }
        }
        return nonEmpty(arguments, next + usage.operands);
    }

    private static Optional<List<String>> nonEmpty(List<String> arguments, int from) {
        return from < arguments.size() ? Optional.of(arguments.subList(from, arguments.size())) : Optional.empty();
    }

    private static Optional<ProgramStart> startedByEnv(ProgramStart env, List<String> arguments) {
        int next = 0;
        while (next < arguments.size()) {
            String argument = arguments.get(next);
            if (argument.startsWith("-S") || argument.startsWith("--split-string=")) {
                return startedByEnv(env, split(arguments, next));
            }
            if (argument.equals("-u")) {
                next += 2;
            } else if (argument.contains("=") && !argument.startsWith("-")) {
                if (argument.startsWith("PATH=")) {
                    return Optional.empty();
                }
                next++;
            } else if (argument.equals("-i") || argument.equals("-") || argument.equals("--")) {
                next++;
            } else {
                return argument.startsWith("-")
                        ? Optional.empty()
                        : Optional.of(env.with(arguments.subList(next, arguments.size())));
            }
        }
        return Optional.empty();
    }

    /** A first line of a script has one argument at most; this option makes several of it. */
    private static List<String> split(List<String> arguments, int at) {
        String text =
                arguments.get(at).replaceFirst("^(-S|--split-string=)", "").strip();
        List<String> all = new ArrayList<>(text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s+")));
        all.addAll(arguments.subList(at + 1, arguments.size()));
        return all;
    }
}
