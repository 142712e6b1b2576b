package dev.foreignarch.jvm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import dev.foreignarch.arch.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerLaunchException;

class ContainerLauncherTests {

    @Test
    void a_refusal_is_told_in_the_engines_own_words() {
        JvmSpec spec = new JvmSpec(
                Architecture.S390X, "s390x", Optional.empty(), List.of(), Map.of(), List.of(), Optional.empty(), false);

        assertThat(ContainerLauncher.notStarted(
                        spec,
                        "eclipse-temurin:17-jre",
                        new ContainerLaunchException(
                                "Container startup failed",
                                new InternalServerErrorException("Status 500: {\"cause\":\"OCI permission denied\","
                                        + "\"message\":\"crun: setrlimit `RLIM_MEMLOCK`: Operation not permitted: OCI"
                                        + " permission denied\",\"response\":500}\n"))))
                .isInstanceOf(JvmStartException.class)
                .hasMessage("The JVM of s390x can't be started from eclipse-temurin:17-jre: crun: setrlimit"
                        + " `RLIM_MEMLOCK`: Operation not permitted: OCI permission denied");
    }
}
