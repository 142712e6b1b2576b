package dev.foreignarch.jvm.agent;

import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.SentThrowable;
import dev.foreignarch.jvm.wire.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Sends what JUnit's Launcher tells of tests. */
final class EventListener implements TestExecutionListener {

    private final EventChannel channel;

    EventListener(EventChannel channel) {
        this.channel = channel;
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        channel.send(new Event.Registered(new TestNode(
                test.getUniqueId(),
                test.getParentId().orElse(""),
                test.getDisplayName(),
                test.getLegacyReportingName(),
                test.getType(),
                test.getTags().stream().map(TestTag::getName).toList(),
                test.getSource())));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        channel.send(new Event.Skipped(test.getUniqueId(), String.valueOf(reason)));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        channel.send(new Event.Started(test.getUniqueId()));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        System.out.flush();
        System.err.flush();
        channel.send(new Event.Finished(
                test.getUniqueId(),
                Event.Outcome.valueOf(result.getStatus().name()),
                result.getThrowable().map(SentThrowable::of)));
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        channel.send(new Event.Reported(test.getUniqueId(), entry.getKeyValuePairs()));
    }

    @Override
    public void fileEntryPublished(TestIdentifier test, FileEntry entry) {
        Path file = entry.getPath();
        try {
            channel.send(new Event.Published(
                    test.getUniqueId(),
                    String.valueOf(file.getFileName()),
                    Optional.ofNullable(entry.getMediaType())
                            .flatMap(type -> type)
                            .orElse(null),
                    Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            System.err.println("The published file " + file + " can't be read, and is left out: " + unreadable);
        }
    }
}
