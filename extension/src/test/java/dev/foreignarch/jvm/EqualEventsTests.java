package dev.foreignarch.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

/** A class in a foreign JVM gives the same events as here: kinds, order, names, outcomes. */
class EqualEventsTests {

    private static final int DEPTH_OF_LOCAL_CLASS = 2;
    private static final int DEPTH_OF_ARCHITECTURE = 3;

    @Test
    void inAProcess() {
        assertEqualEvents(EverythingTestCase.ForeignTestCase.class, Map.of(JvmParameters.LAUNCHER, "process"));
    }

    @Test
    @Tag("engine")
    void inAContainerOfTheMachinesArchitecture() {
        assertEqualEvents(EverythingTestCase.ForeignTestCase.class, Map.of());
    }

    @Test
    @Tag("engine")
    void onABigEndianArchitecture() {
        assertEqualEvents(EverythingTestCase.BigEndianTestCase.class, Map.of());
    }

    private static void assertEqualEvents(Class<?> foreign, Map<String, String> parameters) {
        EngineExecutionResults local = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(EverythingTestCase.LocalTestCase.class))
                .execute();
        EngineExecutionResults remote = EngineTestKit.engine(ForeignJvmEngine.ID)
                .enableImplicitConfigurationParameters(true)
                .configurationParameters(parameters)
                .selectors(selectClass(foreign))
                .execute();

        List<String> expected = EventText.below(DEPTH_OF_LOCAL_CLASS, local);
        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(EventText.below(DEPTH_OF_ARCHITECTURE, remote)).isEqualTo(expected);
        assertThat(durations(remote))
                .isNotEmpty()
                .allSatisfy((id, duration) -> assertThat(duration).isPositive());
    }

    private static Map<UniqueId, Duration> durations(EngineExecutionResults results) {
        Map<UniqueId, Instant> starts = new HashMap<>();
        Map<UniqueId, Duration> durations = new HashMap<>();
        results.testEvents().stream().forEach(event -> {
            UniqueId id = event.getTestDescriptor().getUniqueId();
            if (event.getType() == EventType.STARTED) {
                starts.put(id, event.getTimestamp());
            } else if (event.getType() == EventType.FINISHED) {
                durations.put(id, Duration.between(starts.get(id), event.getTimestamp()));
            }
        });
        return durations;
    }
}
