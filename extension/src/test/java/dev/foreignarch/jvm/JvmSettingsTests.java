package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArchParameters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the configuration parameters of foreign JVMs mean, and which values are refused. */
class JvmSettingsTests {

    @Test
    void needsNoParameters() {
        JvmSettings settings = read(Map.of());

        assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.startupTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.images().apply(Architecture.S390X)).isEmpty();
        assertThat(settings.network()).isEmpty();
        assertThat(settings.archive()).isFalse();
        assertThat(settings.arguments()).isEmpty();
        assertThat(settings.properties()).isEmpty();
    }

    @Test
    void readsAll() {
        JvmSettings settings = read(Map.of(
                JvmParameters.TIMEOUT,
                "PT30M",
                ForeignArchParameters.STARTUP_TIMEOUT,
                "600",
                JvmParameters.IMAGE,
                "jvm:1",
                JvmParameters.IMAGE + ".arm32v7",
                "jvm:arm",
                JvmParameters.NETWORK,
                "none",
                JvmParameters.ARGUMENTS,
                "-Xmx1g  -Xss2m",
                JvmParameters.PROPERTIES,
                "db.url, feature.*"));

        assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.startupTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.images().apply(Architecture.S390X)).contains("jvm:1");
        assertThat(settings.images().apply(Architecture.ARM32V7)).contains("jvm:arm");
        assertThat(settings.network()).contains("none");
        assertThat(settings.arguments()).containsExactly("-Xmx1g", "-Xss2m");
        assertThat(settings.properties()).isEqualTo(Map.of("db.url", "here", "feature.one", "on"));
    }

    @Test
    void aDebuggerHasAllTime() {
        JvmSettings settings = read(Map.of(JvmParameters.DEBUG, "true", JvmParameters.TIMEOUT, "5"));

        assertThat(settings.timeout()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.startupTimeout()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThatThrownBy(() -> read(Map.of(ForeignArchParameters.STARTUP_TIMEOUT, "soon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("foreignarch.startup.timeout is 'soon', but that is no length of time. Write a number of"
                        + " seconds such as 300, or an ISO-8601 duration such as PT5M.");
        assertThatThrownBy(() -> read(Map.of(JvmParameters.TIMEOUT, "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("foreignarch.jvm.timeout is '0', but everything needs some time. Write a number of"
                        + " seconds such as 300, or an ISO-8601 duration such as PT5M.");
    }

    @Test
    void anArchiveIsMadeForThoseWhoAskForIt() {
        assertThat(read(Map.of(JvmParameters.ARCHIVE, "true")).archive()).isTrue();
    }

    @Test
    void refusesWhatIsNoChoice() {
        assertThatThrownBy(() -> read(Map.of(JvmParameters.ARCHIVE, "s390x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("foreignarch.jvm.archive is 's390x', but only 'false' and 'true' have a meaning.");
        assertThatThrownBy(() -> read(Map.of(JvmParameters.DEBUG, "yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("foreignarch.jvm.debug is 'yes', but only 'false' and 'true' have a meaning.");
    }

    private static JvmSettings read(Map<String, String> parameters) {
        Properties system = new Properties();
        system.setProperty("db.url", "here");
        system.setProperty("db.user", "me");
        system.setProperty("feature.one", "on");
        return JvmSettings.read(name -> Optional.ofNullable(parameters.get(name)), system);
    }
}
