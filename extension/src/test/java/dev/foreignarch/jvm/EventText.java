package dev.foreignarch.jvm;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/** What a listener saw of a class, in lines that are the same wherever the class runs. */
final class EventText {

    private EventText() {}

    /**
     * Describe the events below a class.
     *
     * @param depth how many levels there are down to the class, the engine's included
     */
    static List<String> below(int depth, EngineExecutionResults results) {
        return results.allEvents().stream()
                .filter(event -> segments(event.getTestDescriptor()).size() > depth)
                .map(event -> describe(event, depth))
                .toList();
    }

    private static List<UniqueId.Segment> segments(TestDescriptor descriptor) {
        return descriptor.getUniqueId().getSegments();
    }

    private static String describe(Event event, int depth) {
        TestDescriptor descriptor = event.getTestDescriptor();
        List<UniqueId.Segment> segments = segments(descriptor);
        String path = segments.subList(depth, segments.size()).stream()
                .map(segment -> segment.getType() + ":" + segment.getValue())
                .collect(Collectors.joining("/"));
        String tags = descriptor.getTags().stream()
                .map(TestTag::getName)
                .filter(tag -> !tag.equals("foreign-arch"))
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(","));
        return event.getType() + " " + descriptor.getType() + " '" + descriptor.getDisplayName() + "' {" + tags + "} "
                + path + " " + event.getPayload().map(EventText::payload).orElse("");
    }

    private static String payload(Object payload) {
        if (payload instanceof TestExecutionResult result) {
            return result.getStatus() + " "
                    + result.getThrowable().map(Throwable::toString).orElse("");
        }
        return payload instanceof ReportEntry entry
                ? entry.getKeyValuePairs().toString()
                : payload instanceof String ? payload.toString() : "";
    }
}
