package dev.foreignarch.bench;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Four small tests that need a JVM of s390x. */
public class FourTests {

    @Test
    void runsOnAnotherMachine() {
        Assertions.assertEquals("s390x", System.getProperty("os.arch"));
    }

    @Test
    void knowsItsByteOrder() {
        ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, 1);

        Assertions.assertEquals(1, four.get(3));
    }

    @Test
    void computes() {
        BigInteger factorial = IntStream.rangeClosed(1, 100)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply);

        Assertions.assertEquals(158, factorial.toString().length());
    }

    @Test
    void formats() {
        Assertions.assertEquals("0042 cafe", String.format("%04d %x", 42, 0xCAFE));
    }
}
