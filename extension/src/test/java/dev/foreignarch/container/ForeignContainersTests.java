package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ForeignContainersTests {

    @AfterEach
    void reset() {
        System.clearProperty(ContainerBinding.PARALLELISM);
    }

    @Test
    void a_wrong_setting_is_told_each_time() {
        System.setProperty(ContainerBinding.PARALLELISM, "none");

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> ForeignContainers.create("redis:7", Architecture.S390X))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "foreignarch.parallelism is 'none', but it is the number of emulated containers that may"
                                    + " start at once: 1 or more.");
        }
    }
}
