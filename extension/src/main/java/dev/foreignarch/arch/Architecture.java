package dev.foreignarch.arch;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.util.stream.Collectors.joining;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A CPU architecture, with the name that each tool has for it.
 *
 * <p>The architectures are those of Docker's official images, and LoongArch. Their names in this enum, and the result
 * of {@link #toString()}, are the prefixes of the official images, for example {@code arm32v7}.
 *
 * <table>
 * <caption>Sources of the names</caption>
 * <tr><td>Docker</td><td><a href="https://github.com/docker-library/official-images#architectures-other-than-amd64">official
 * images</a></td></tr>
 * <tr><td>platform</td><td>Go's GOARCH and GOARM, as in the OCI image index</td></tr>
 * <tr><td>QEMU</td><td>targets of QEMU's user-mode emulators</td></tr>
 * <tr><td>machine numbers</td><td>{@code EM_*} of the System V ABI</td></tr>
 * </table>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Architecture {
    /** 64-bit x86. */
    AMD64("amd64", "linux/amd64", "x86_64", "amd64", "x86_64", "amd64", elf(64, LITTLE_ENDIAN, 62), "x86-64", "x64"),

    /** 32-bit x86. An amd64 kernel usually runs it natively, and {@code uname -m} then prints {@code x86_64}. */
    I386(
            "i386",
            "linux/386",
            "i386",
            "i386",
            "i686",
            "i386",
            elf(32, LITTLE_ENDIAN, 3),
            "x86",
            "i586",
            "x86_32",
            "ia32"),

    /** 32-bit ARM, version 5, without floating-point hardware. */
    ARM32V5(
            "arm32v5",
            "linux/arm/v5",
            "arm",
            "armel",
            "armv7l",
            "arm",
            elf(32, LITTLE_ENDIAN, 40),
            "armv5",
            "armv5tel"),

    /** 32-bit ARM, version 6, with floating-point hardware (the first Raspberry Pi). */
    ARM32V6("arm32v6", "linux/arm/v6", "arm", "armhf", "armv7l", "arm", elf(32, LITTLE_ENDIAN, 40), "armv6", "armv6l"),

    /** 32-bit ARM, version 7, with floating-point hardware. */
    ARM32V7(
            "arm32v7",
            "linux/arm/v7",
            "arm",
            "armhf",
            "armv7l",
            "arm",
            elf(32, LITTLE_ENDIAN, 40),
            "arm",
            "armv7",
            "armv7hl",
            "arm_32"),

    /** 64-bit ARM. */
    ARM64V8(
            "arm64v8",
            "linux/arm64",
            "aarch64",
            "arm64",
            "aarch64",
            "aarch64",
            elf(64, LITTLE_ENDIAN, 183),
            "arm64/v8",
            "aarch_64",
            "arm_64"),

    /** 64-bit MIPS, little-endian. */
    MIPS64LE(
            "mips64le",
            "linux/mips64le",
            "mips64el",
            "mips64el",
            "mips64",
            "mips64el",
            elf(64, LITTLE_ENDIAN, 8),
            "mipsel_64"),

    /** 64-bit POWER, little-endian. */
    PPC64LE(
            "ppc64le",
            "linux/ppc64le",
            "ppc64le",
            "ppc64el",
            "ppc64le",
            "ppc64le",
            elf(64, LITTLE_ENDIAN, 21),
            "powerpc64le",
            "ppcle_64"),

    /** 64-bit RISC-V. */
    RISCV64(
            "riscv64",
            "linux/riscv64",
            "riscv64",
            "riscv64",
            "riscv64",
            "riscv64",
            elf(64, LITTLE_ENDIAN, 243),
            "riscv64gc"),

    /** 64-bit IBM Z: the only big-endian architecture among Docker's official images. */
    S390X("s390x", "linux/s390x", "s390x", "s390x", "s390x", "s390x", elf(64, BIG_ENDIAN, 22), "s390_64"),

    /** 64-bit LoongArch. */
    LOONG64(
            "loong64",
            "linux/loong64",
            "loongarch64",
            "loong64",
            "loongarch64",
            "loongarch64",
            elf(64, LITTLE_ENDIAN, 258),
            "loongarch_64");

    private static final Map<String, Architecture> BY_NAME = byName();

    private final String dockerName;
    private final Platform platform;
    private final String qemuTarget;
    private final String debianName;
    private final String machineName;
    private final String javaName;
    private final ElfIdentity elf;
    private final List<String> aliases;

    Architecture(
            String dockerName,
            String platform,
            String qemuTarget,
            String debianName,
            String machineName,
            String javaName,
            ElfIdentity elf,
            String... aliases) {
        this.dockerName = dockerName;
        this.platform = Platform.parse(platform);
        this.qemuTarget = qemuTarget;
        this.debianName = debianName;
        this.machineName = machineName;
        this.javaName = javaName;
        this.elf = elf;
        this.aliases = List.of(aliases);
    }

    /**
     * Find an architecture by any of its names.
     *
     * @param name a name of Docker ({@code arm32v7}), an OCI platform ({@code linux/arm/v7} or {@code arm/v7}), a name
     *     of QEMU, Debian, Java or {@code uname -m} ({@code aarch64}), one that build tools give to artifacts
     *     ({@code aarch_64}), or another usual name; case and surrounding
     *     blanks don't matter. Where several architectures share a name, Debian's wins over the others, and then the
     *     newest version: {@code armhf} and {@code arm} are arm32v7, {@code armel} is arm32v5.
     * @return the architecture
     * @throws UnknownArchitectureException if no architecture has this name; the message offers a known name that is near
     */
    public static Architecture of(String name) {
        return find(name)
                .orElseThrow(() ->
                        new UnknownArchitectureException(UnknownName.of(name).message()));
    }

    /**
     * Find an architecture by any of its names, as {@link #of(String)} does.
     *
     * @param name a name
     * @return the architecture, or nothing if no architecture has this name
     */
    public static Optional<Architecture> find(String name) {
        return Optional.ofNullable(BY_NAME.get(normalized(name)));
    }

    /** Return the prefix of Docker's official images, for example {@code arm32v7}. */
    public String dockerName() {
        return dockerName;
    }

    /** Return the platform that a container engine knows, for example {@code linux/arm/v7}. */
    public Platform platform() {
        return platform;
    }

    /** Return the target of QEMU's user-mode emulator, for example {@code arm} (as in {@code qemu-arm}). */
    public String qemuTarget() {
        return qemuTarget;
    }

    /** Return Debian's name, for example {@code armhf}. */
    public String debianName() {
        return debianName;
    }

    /**
     * Return what {@code uname -m} prints in a container of this architecture under QEMU's default CPU model.
     *
     * <p>All versions of 32-bit ARM are {@code armv7l} there.
     */
    public String machineName() {
        return machineName;
    }

    /** Return what the Java system property {@code os.arch} says on this architecture. */
    public String javaName() {
        return javaName;
    }

    /** Return the identity in the header of this architecture's programs. */
    public ElfIdentity elf() {
        return elf;
    }

    /** Return the byte order. */
    public ByteOrder byteOrder() {
        return elf.order();
    }

    /** Return the word size in bits: 32 or 64. */
    public int bits() {
        return elf.bits();
    }

    /** Return Docker's name, as {@link #dockerName()} does. */
    @Override
    public String toString() {
        return dockerName;
    }

    private static ElfIdentity elf(int bits, ByteOrder order, int machine) {
        return new ElfIdentity(bits, order, machine);
    }

    private static Map<String, Architecture> byName() {
        Map<String, Architecture> names = new LinkedHashMap<>();
        for (Architecture architecture : values()) {
            names.put(architecture.dockerName, architecture);
            names.put(normalized(architecture.platform.toString()), architecture);
            architecture.aliases.forEach(alias -> names.put(alias, architecture));
        }
        List<Architecture> newestFirst = Arrays.asList(values());
        Collections.reverse(newestFirst);
        newestFirst.forEach(architecture -> names.putIfAbsent(architecture.debianName, architecture));
        newestFirst.forEach(
                architecture -> Stream.of(architecture.qemuTarget, architecture.machineName, architecture.javaName)
                        .forEach(name -> names.putIfAbsent(name, architecture)));
        return names;
    }

    static String normalized(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("linux/") ? lower.substring("linux/".length()) : lower;
    }

    /** Return all names that architectures are found by, without the operating system. */
    static Set<String> allNames() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /** Return Docker's names of all architectures, in the order of this enum, separated by commas. */
    static String knownNames() {
        return Arrays.stream(values()).map(Architecture::dockerName).collect(joining(", "));
    }
}
