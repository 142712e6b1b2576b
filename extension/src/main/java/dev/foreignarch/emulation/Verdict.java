package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Architecture;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What is known of an architecture on an engine, after a program of that architecture was tried there.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public sealed interface Verdict {

    /** Return the architecture that was tried. */
    Architecture architecture();

    /** Return whether programs of the architecture run. */
    default boolean available() {
        return !(this instanceof Unavailable);
    }

    /**
     * Insist on an architecture that runs.
     *
     * @return this verdict
     * @throws ArchitectureUnavailableException if the architecture does not run
     */
    default Verdict orThrow() {
        if (this instanceof Unavailable unavailable) {
            throw new ArchitectureUnavailableException(unavailable.diagnosis());
        }
        return this;
    }

    /** Return whether QEMU is known to run the architecture, so that its settings have an effect. */
    default boolean isByQemu() {
        return this instanceof Explicit
                || (this instanceof Emulated emulated
                        && emulated.version().isPresent()
                        && emulated.interpreter().contains("qemu"));
    }

    /** Return the verdict in a few words, for example {@code emulated by /usr/bin/qemu-arm-static, version 7.2.22}. */
    String summary();

    /**
     * The engine's processor runs the architecture itself.
     *
     * @param architecture the architecture
     */
    record Native(Architecture architecture) implements Verdict {
        @Override
        public String summary() {
            return "native";
        }
    }

    /**
     * An emulator runs the architecture.
     *
     * @param architecture the architecture
     * @param interpreter path of the emulator, as the kernel shows it
     * @param version version of the running emulator, if it told one
     */
    record Emulated(Architecture architecture, String interpreter, Optional<String> version) implements Verdict {
        @Override
        public String summary() {
            return "emulated by " + interpreter
                    + version.map(it -> ", version " + it).orElse("");
        }
    }

    /**
     * No handler runs the architecture, but an emulator that is put before a command can run a single program.
     *
     * @param architecture the architecture
     * @param origin where the emulator comes from
     */
    record Explicit(Architecture architecture, String origin) implements Verdict {
        @Override
        public String summary() {
            return "explicit emulation by " + origin;
        }
    }

    /**
     * The engine can't run the architecture.
     *
     * @param architecture the architecture
     * @param diagnosis why not, and what to do
     */
    record Unavailable(Architecture architecture, Diagnosis diagnosis) implements Verdict {
        @Override
        public String summary() {
            return "unavailable: " + diagnosis.cause();
        }
    }
}
