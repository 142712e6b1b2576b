package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.PrivateEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HexFormat;

/** Small static amd64 programs that behave like an emulator that has something wrong with it. */
enum StandIn {
    /** Writes to address 0. */
    CRASHING(amd64("31c0 8900")),

    /** Ends as a shell does whose program was killed by SIGSEGV. */
    CRASHING_BEHIND_A_SHELL(amd64("bf8b000000 b83c000000 0f05")),

    /** Says on stderr what QEMU says of a crash, and ends like a program that has failed. */
    CRASHING_WITH_WORDS(amd64("""
            bf02000000 488d3518000000 ba43000000 b801000000 0f05
            bf01000000 b83c000000 0f05""", "qemu: uncaught target signal 11 (Segmentation fault) - core dumped\n")),

    /** Says that it is version 5.2.0, and "runs" every probe well. */
    OLD(amd64("""
            488b442410 80382d 751c
            bf01000000 488d351c000000 ba17000000 b801000000 0f05 31ff eb05
            bf2a000000 b83c000000 0f05""", "qemu-arm version 5.2.0\n")),

    /** A program of an architecture that the engine's host can't run. */
    FOREIGN(ProbeProgram.of(Architecture.RISCV64));

    private final byte[] content;

    StandIn(byte[] content) {
        this.content = content;
    }

    byte[] content() {
        return content.clone();
    }

    /** Put the program below /opt, which is made the private engine's own: its other files are the machine's. */
    void install(PrivateEngine host, String path) {
        host.sh("mountpoint -q /opt || mount -t tmpfs tmpfs /opt; echo "
                + Base64.getEncoder().encodeToString(content) + " | base64 -d > " + path + "; chmod +x " + path);
    }

    private static byte[] amd64(String code) {
        return amd64(code, "");
    }

    private static byte[] amd64(String code, String text) {
        byte[] instructions = HexFormat.of().parseHex(code.replaceAll("\\s", ""));
        byte[] data = text.getBytes(US_ASCII);
        long base = 0x400000;
        int headers = 64 + 56;
        int size = headers + instructions.length + data.length;
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Architecture.AMD64.elf().magic())
                .putInt(1)
                .putLong(base + headers)
                .putLong(64)
                .putLong(0)
                .putInt(0)
                .putShort((short) 64)
                .putShort((short) 56)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(base)
                .putLong(base)
                .putLong(size)
                .putLong(size)
                .putLong(0x1000)
                .put(instructions)
                .put(data)
                .array();
    }
}
