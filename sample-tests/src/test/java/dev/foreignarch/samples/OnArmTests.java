package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** An annotation of your own, made of ForeignArch's: see {@link OnArm}. */
@OnArm
class OnArmTests {

    @Test
    void runsOnArm(Architecture architecture, @ForeignContainer("redis:7") GenericContainer<?> redis) {
        assertTrue(architecture.toString().startsWith("arm"));
        assertTrue(redis.isRunning());
    }
}
