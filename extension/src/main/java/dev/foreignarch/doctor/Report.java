package dev.foreignarch.doctor;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Diagnosis;
import dev.foreignarch.emulation.RegisteredHandler;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the doctor has found.
 *
 * @param engine the engine in one line
 * @param address where it is, if that is known
 * @param facts the engine
 * @param verdicts what is known of each architecture
 * @param handlers the handlers that the kernel uses for them
 * @param onlyNow whether the handlers go away with the JVMs that need them
 */
record Report(
        String engine,
        Optional<String> address,
        EngineFacts facts,
        List<Verdict> verdicts,
        Map<Architecture, RegisteredHandler> handlers,
        boolean onlyNow) {

    private static final int COLUMNS = 80;

    /** Return the report for people: no line is longer than {@value #COLUMNS} letters, but for commands and paths. */
    String text() {
        StringBuilder text = new StringBuilder();
        row(text, "engine", engine);
        address.ifPresent(at -> row(text, "address", at));
        row(text, "image store", facts.imageStore().name().toLowerCase(Locale.ROOT));
        row(text, "rootless", facts.rootless() ? "yes" : "no");
        text.append('\n');
        verdicts.forEach(verdict -> row(text, verdict.architecture().toString(), words(verdict)));
        if (onlyNow) {
            text.append('\n');
            wrap(
                    text,
                    "",
                    facts.rootless()
                            ? "This engine's user namespace has got a table of emulators of its own, as"
                                    + " foreignarch.registration=namespace gives it one. What is registered lasts only as"
                                    + " long as a test run of ForeignArch needs it, and the engine sees no emulator of its"
                                    + " host until it is restarted."
                            : "The engine's host has not mounted binfmt_misc, the kernel's table of emulators. What is"
                                    + " registered lasts only as long as a test run of ForeignArch needs it. To make it"
                                    + " last: sudo mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc");
        }
        diagnoses().forEach((diagnosis, architectures) -> {
            text.append('\n');
            wrap(text, "", String.join(", ", architectures) + ": " + diagnosis.cause());
            diagnosis.evidence().stream()
                    .filter(line -> !line.startsWith("engine: "))
                    .forEach(line -> wrap(text, "  seen: ", line));
            wrap(text, "  do:   ", diagnosis.remedy());
        });
        return text.toString();
    }

    /** Architectures with the same fault share one paragraph, in which the remedy is that of the first. */
    private Map<Diagnosis, List<String>> diagnoses() {
        Map<String, Diagnosis> byCause = new LinkedHashMap<>();
        Map<Diagnosis, List<String>> architectures = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Unavailable unavailable) {
                Diagnosis first =
                        byCause.computeIfAbsent(unavailable.diagnosis().cause(), cause -> unavailable.diagnosis());
                architectures
                        .computeIfAbsent(first, any -> new ArrayList<>())
                        .add(verdict.architecture().toString());
            }
        }
        return architectures;
    }

    private String words(Verdict verdict) {
        if (verdict instanceof Verdict.Unavailable) {
            return "does not run";
        }
        if (verdict instanceof Verdict.Emulated emulated) {
            RegisteredHandler handler = handlers.get(verdict.architecture());
            String by = handler == null
                    ? emulated.interpreter()
                    : handler.name() + " (" + (handler.flags().isEmpty() ? "no flags" : handler.flags()) + ")";
            return "emulated by " + by
                    + emulated.version().map(version -> ", QEMU " + version).orElse("");
        }
        return verdict.summary();
    }

    private static void row(StringBuilder text, String name, String value) {
        wrap(text, name + " ".repeat(Math.max(1, 13 - name.length())), value);
    }

    /** Append words behind a heading, and continue below the first of them. */
    private static void wrap(StringBuilder text, String heading, String words) {
        String indent = " ".repeat(heading.length());
        StringBuilder line = new StringBuilder(heading);
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > COLUMNS) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.append(line).append('\n');
    }

    /** Return the report for machines. */
    String json() {
        return object(
                        field("engine", text(facts.product())),
                        field("address", address.map(Report::text).orElse("null")),
                        field("version", text(facts.version())),
                        field("host", text(facts.architecture().toString())),
                        field("kernel", text(facts.kernel())),
                        field("imageStore", text(facts.imageStore().name().toLowerCase(Locale.ROOT))),
                        field("rootless", String.valueOf(facts.rootless())),
                        field("handlersLast", String.valueOf(!onlyNow)),
                        field("architectures", verdicts.stream().map(this::json).collect(joining(",", "[", "]"))))
                + "\n";
    }

    /** Return a report for machines that says why there is none. */
    static String json(String problem) {
        return object(field("engine", "null"), field("problem", text(problem))) + "\n";
    }

    private String json(Verdict verdict) {
        List<String> fields = new ArrayList<>(List.of(
                field("name", text(verdict.architecture().toString())),
                field("platform", text(verdict.architecture().platform().toString()))));
        if (verdict instanceof Verdict.Emulated emulated) {
            fields.add(field("runs", text("emulated")));
            fields.add(field("interpreter", text(emulated.interpreter())));
            emulated.version().ifPresent(version -> fields.add(field("version", text(version))));
            RegisteredHandler handler = handlers.get(verdict.architecture());
            if (handler != null) {
                fields.add(field("handler", text(handler.name())));
                fields.add(field("flags", text(handler.flags())));
                fields.add(field("registeredByForeignArch", String.valueOf(handler.ours())));
            }
        } else if (verdict instanceof Verdict.Unavailable unavailable) {
            Diagnosis diagnosis = unavailable.diagnosis();
            fields.add(field("runs", text("no")));
            fields.add(field("cause", text(diagnosis.cause())));
            fields.add(field(
                    "evidence", diagnosis.evidence().stream().map(Report::text).collect(joining(",", "[", "]"))));
            fields.add(field("remedy", text(diagnosis.remedy())));
        } else if (verdict instanceof Verdict.Explicit explicit) {
            fields.add(field("runs", text("explicit")));
            fields.add(field("emulator", text(explicit.origin())));
        } else {
            fields.add(field("runs", text("native")));
        }
        return object(fields.toArray(String[]::new));
    }

    private static String object(String... fields) {
        return "{" + String.join(",", fields) + "}";
    }

    private static String field(String name, String value) {
        return text(name) + ":" + value;
    }

    /** Write a JSON string. */
    static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int index = 0; index < value.length(); index++) {
            char letter = value.charAt(index);
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter < ' ') {
                json.append(String.format("\\u%04x", (int) letter));
            } else {
                json.append(letter);
            }
        }
        return json.append('"').toString();
    }
}
