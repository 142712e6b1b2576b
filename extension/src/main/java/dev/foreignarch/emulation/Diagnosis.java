package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Why an engine can't run an architecture, in words that somebody can act on who has never heard of binfmt_misc.
 *
 * @param architecture the architecture that can't run
 * @param cause what is wrong, one sentence
 * @param evidence what was seen, one line each, for example an entry of the kernel's table or an error of the engine
 * @param remedy what to do about it, one sentence or command
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Diagnosis(Architecture architecture, String cause, List<String> evidence, String remedy) {

    /** Keep a copy of the evidence. */
    public Diagnosis {
        evidence = List.copyOf(evidence);
    }

    /** Return cause, evidence and remedy as one text of several lines. */
    public String message() {
        StringBuilder text = new StringBuilder("Programs for " + architecture + " can't run here: " + cause);
        evidence.forEach(line -> text.append("\n  seen: ").append(line));
        return text.append("\n  remedy: ").append(remedy).toString();
    }
}
