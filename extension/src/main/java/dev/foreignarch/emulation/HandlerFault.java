package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a handler that the kernel uses, and that does not work.
 *
 * @param clause the fault, as a clause that begins with "it" and means the emulator
 * @param evidence what was seen besides the handler and the probe, one line each
 */
record HandlerFault(String clause, List<String> evidence) {

    private static final String WRONG_EMULATOR = "Invalid ELF image for this architecture";

    private static final Pattern CRASH = Pattern.compile("uncaught target signal (\\d{1,2})\\b");

    /** A program that is killed by a signal ends with 128 and the number of the signal, if a shell or QEMU tells it. */
    private static final int SIGNALS = 128;

    private static final int LAST_SIGNAL = 64;

    private static final Map<Integer, String> SIGNAL_NAMES =
            Map.of(4, "SIGILL", 5, "SIGTRAP", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV");

    /**
     * Find the fault.
     *
     * @param handler the handler that the kernel uses
     * @param outcome how the probe ended
     * @param file what the engine's host has at the path of the handler's interpreter
     * @param host architecture of the engine's host
     */
    static HandlerFault of(Handler handler, ProbeOutcome outcome, InterpreterFile file, Architecture host) {
        int code = outcome.code();
        return switch (outcome.ending()) {
            case REFUSED -> refused(handler, code, file, host);
            case SIGNALED -> crash(code);
            case TIMEOUT -> new HandlerFault("it does not end within 10 s", List.of());
            case EXITED -> {
                if (outcome.output().stream().anyMatch(line -> line.contains(WRONG_EMULATOR))) {
                    yield new HandlerFault("it is the emulator of another architecture", List.of());
                }
                if (outcome.ran()) {
                    yield misreading(outcome);
                }
                Optional<Integer> told = crashThatQemuTold(outcome);
                if (told.isPresent()) {
                    yield crash(told.get());
                }
                yield code > SIGNALS && code <= SIGNALS + LAST_SIGNAL
                        ? crash(code - SIGNALS)
                        : new HandlerFault("it ends by itself instead of running the program", List.of());
            }
        };
    }

    /** QEMU says which signal it could not deliver. Its exit code may get lost on the way, in a script around it. */
    private static Optional<Integer> crashThatQemuTold(ProbeOutcome outcome) {
        return outcome.output().stream()
                .map(CRASH::matcher)
                .filter(Matcher::find)
                .map(words -> Integer.valueOf(words.group(1)))
                .findFirst();
    }

    private static HandlerFault misreading(ProbeOutcome outcome) {
        return new HandlerFault(
                "it is too old for the flag P that it was registered with, so that programs get wrong arguments",
                List.of("version of the emulator: "
                        + outcome.version().map(QemuVersion::number).orElse("unknown") + "; the flag P takes QEMU "
                        + Handler.FIRST_TO_KNOW_P + " and Linux 5.12"));
    }

    private static HandlerFault crash(int signal) {
        return new HandlerFault("it crashes with " + SIGNAL_NAMES.getOrDefault(signal, "signal " + signal), List.of());
    }

    private static HandlerFault refused(Handler handler, int errno, InterpreterFile file, Architecture host) {
        String path = handler.interpreter();
        if (file.state() == InterpreterFile.State.ABSENT && !handler.fixed()) {
            return new HandlerFault("its file is gone", List.of("the engine's host has no file " + path));
        }
        if (file.elf().filter(elf -> !elf.identity().equals(host.elf())).isPresent()) {
            return new HandlerFault(
                    "it is itself a program for another architecture than that of the engine's host",
                    List.of(path + " of the engine's host is not a program for " + host));
        }
        if (!handler.fixed()) {
            return new HandlerFault(
                    "it was registered without the flag F, so that the kernel looks for it inside each container",
                    List.of("a container has no file " + path));
        }
        if (handler.isOurs()
                && file.state() != InterpreterFile.State.PRESENT
                && (errno == Errno.ENOENT || errno == Errno.ENOTCONN)) {
            return new HandlerFault(
                    "the file system that it lay in has ended with the container that brought it",
                    List.of("ForeignArch has registered it, and only registers what is statically linked"));
        }
        if (errno == Errno.ENOENT) {
            return new HandlerFault(
                    "it is not statically linked, and containers lack the loader that it needs",
                    file.elf()
                            .flatMap(ElfFile::loader)
                            .map(loader -> List.of(path + " of the engine's host needs " + loader))
                            .orElse(List.of()));
        }
        return new HandlerFault("the kernel can't start it", List.of());
    }
}
