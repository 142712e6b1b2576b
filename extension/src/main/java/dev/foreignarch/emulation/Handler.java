package dev.foreignarch.emulation;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.engine.EngineFacts;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of binfmt_misc: which programs it is for, and what the kernel runs in their place.
 *
 * @param name name of the entry
 * @param enabled whether the kernel uses it
 * @param interpreter path of the program that is run
 * @param flags flags as the kernel shows them, for example {@code POCF}
 * @param offset where in the file the magic is
 * @param magic bytes by which programs are recognized; empty for an entry that goes by the file's extension
 * @param mask bits of the magic that matter; empty if all do
 * @see <a href="https://docs.kernel.org/admin-guide/binfmt-misc.html">Kernel support for miscellaneous binary
 *     formats</a>
 */
record Handler(String name, boolean enabled, String interpreter, String flags, int offset, byte[] magic, byte[] mask) {

    /** The kernel takes more, but nobody needs it: a colon would end the name, and a slash or dot name another file. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-zA-Z0-9_+-]{0,62}");

    /** The kernel takes paths of up to 127 bytes. */
    private static final Pattern PATH = Pattern.compile("(/[a-zA-Z0-9_+-][a-zA-Z0-9_.+-]*){1,16}(?<!.{128})");

    private static final Pattern FLAGS = Pattern.compile("[POCF]{0,4}");

    /** First version of QEMU that finds out by itself whether it was registered with the flag P. */
    static final int FIRST_TO_KNOW_P = 6;

    /** Make the handler that runs an architecture's programs with a static QEMU. */
    static Handler of(Architecture architecture, String interpreter, String flags) {
        ElfIdentity elf = architecture.elf();
        return new Handler(name(architecture), true, interpreter, flags, 0, elf.magic(), elf.mask());
    }

    /** Return the name that all installers give to QEMU's handler for an architecture. */
    static String name(Architecture architecture) {
        return "qemu-" + architecture.qemuTarget();
    }

    /**
     * Read an entry. Lines that are not known are passed over: newer kernels have more.
     *
     * @param name name of the entry
     * @param content what the kernel shows
     */
    static Handler parse(String name, String content) {
        Map<String, String> fields = new LinkedHashMap<>();
        content.lines().forEach(line -> {
            String[] words = line.strip().split("[ :]+", 2);
            fields.put(words[0], words.length == 2 ? words[1] : "");
        });
        return new Handler(
                name,
                fields.containsKey("enabled"),
                fields.getOrDefault("interpreter", ""),
                fields.getOrDefault("flags", ""),
                number(fields.getOrDefault("offset", "0")),
                bytes(fields.getOrDefault("magic", "")),
                bytes(fields.getOrDefault("mask", "")));
    }

    /** Return whether the kernel would take a program of this identity for one of this entry, were it enabled. */
    boolean matches(ElfIdentity identity) {
        byte[] header = identity.magic();
        if (magic.length == 0 || offset != 0) {
            return false;
        }
        for (int index = 0; index < magic.length; index++) {
            int bits = mask.length == 0 ? 0xff : mask[index];
            // Beyond what the identity fixes (32-bit MIPS looks at e_flags), any program might match.
            if (index < header.length && ((magic[index] ^ header[index]) & bits) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Return whether the kernel keeps the interpreter open, so that it works in containers that lack the file. */
    boolean fixed() {
        return flags.contains("F");
    }

    /** Return whether this is an entry for QEMU, by its name or by what it runs: the only kind that we ever remove. */
    boolean isQemu() {
        return name.startsWith("qemu-") || interpreter.matches(".*/(qemu-[^/]*|[^/]*-binfmt-P)");
    }

    /** Return whether ForeignArch has registered this entry. */
    boolean isOurs() {
        return interpreter.startsWith(Emulator.FOLDER);
    }

    /**
     * Return whether the emulator gets arguments that only a newer one understands. The kernel then passes the program's
     * path twice, and an old emulator takes the second one for the program's first argument.
     *
     * @param majorVersion first number of the emulator's version; 0 if that is not known
     */
    boolean confusesEmulator(int majorVersion, EngineFacts facts) {
        boolean tellsTheEmulator = facts.kernelAtLeast(5, 12);
        return flags.contains("P")
                && !interpreter.endsWith("-binfmt-P")
                && majorVersion > 0
                && (majorVersion < FIRST_TO_KNOW_P || !tellsTheEmulator);
    }

    /**
     * Return the line that makes this entry when it is written to {@code register}.
     *
     * @throws IllegalArgumentException if a part could be taken for something else there
     */
    String registration() {
        if (!NAME.matcher(name).matches()
                || !PATH.matcher(interpreter).matches()
                || !FLAGS.matcher(flags).matches()) {
            throw new IllegalArgumentException("a handler can't be registered under this name, path or flags");
        }
        return String.join(":", "", name, "M", "", escaped(magic), escaped(mask), interpreter, flags);
    }

    /** Return the entry in one line, for people. */
    String describe() {
        return name + ": " + (enabled ? "enabled" : "disabled") + ", interpreter " + interpreter + ", flags "
                + (flags.isEmpty() ? "none" : flags);
    }

    /** A record compares arrays by identity; two looks at the same table must be equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Handler that
                && name.equals(that.name)
                && enabled == that.enabled
                && interpreter.equals(that.interpreter)
                && flags.equals(that.flags)
                && offset == that.offset
                && Arrays.equals(magic, that.magic)
                && Arrays.equals(mask, that.mask);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, interpreter, flags, Arrays.hashCode(magic));
    }

    /** Return the magic as the kernel shows it. */
    String magicAsHex() {
        return HexFormat.of().formatHex(magic);
    }

    private static String escaped(byte[] bytes) {
        return HexFormat.of().withPrefix("\\x").formatHex(bytes);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static byte[] bytes(String hex) {
        return hex.matches("([0-9a-f]{2})*") ? HexFormat.of().parseHex(hex) : new byte[0];
    }
}
