package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import org.junit.jupiter.api.Test;

/** What a class with tests in foreign JVMs may declare. */
class ForeignClassTests {

    @Test
    void aCpuModelIsRefused() {
        assertThat(ForeignClass.of(CpuTestCase.class).orElseThrow().problem())
                .contains("@ForeignJvm class " + CpuTestCase.class.getName()
                        + " names the CPU model \"cortex-a8\", but one"
                        + " foreign JVM serves all classes of its architecture, with QEMU's usual model. Leave cpu out, or"
                        + " test a program or a container (@ForeignProgram, @ForeignContainer), which can have a model of"
                        + " its own.");
    }

    @ForeignArch(value = "arm32v7", cpu = "cortex-a8")
    @ForeignJvm
    static class CpuTestCase {}
}
