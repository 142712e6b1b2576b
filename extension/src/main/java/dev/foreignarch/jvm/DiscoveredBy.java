package dev.foreignarch.jvm;

import java.util.List;
import org.junit.platform.engine.UniqueId;

/**
 * The engine that has discovered a test: at the top, or in a suite, which asks the engines anew.
 *
 * @param engine ID of the engine
 * @param suite unique ID of the suite that has asked the engine; empty at the top
 * @param isOurs whether it is this project's engine, or what that has mirrored
 */
record DiscoveredBy(String engine, String suite, boolean isOurs) {

    private static final String ENGINE = "engine";

    static DiscoveredBy of(UniqueId test) {
        List<UniqueId.Segment> segments = test.getSegments();
        int last = 0;
        boolean ours = false;
        for (int index = 0; index < segments.size(); index++) {
            if (segments.get(index).getType().equals(ENGINE)) {
                last = index;
                ours |= segments.get(index).getValue().equals(ForeignJvmEngine.ID);
            }
        }
        StringBuilder suite = new StringBuilder();
        segments.subList(0, last).forEach(segment -> suite.append(segment).append('/'));
        return new DiscoveredBy(segments.get(last).getValue(), suite.toString(), ours);
    }
}
