package dev.foreignarch.jvm.agent;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.foreignarch.jvm.wire.Command;
import dev.foreignarch.jvm.wire.Event;
import dev.foreignarch.jvm.wire.SentThrowable;
import java.util.Optional;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

/** Runs what a command asks for. */
final class TestRun {

    private final Launcher launcher;
    private final EventChannel channel;

    TestRun(Launcher launcher, EventChannel channel) {
        this.launcher = launcher;
        this.channel = channel;
    }

    void run(Command.Run command) {
        Optional<SentThrowable> failure = Optional.empty();
        try {
            launcher.execute(request(command), new EventListener(channel));
        } catch (Throwable thrown) {
            failure = Optional.of(SentThrowable.of(thrown));
        }
        channel.send(new Event.Done(failure));
    }

    private static LauncherDiscoveryRequest request(Command.Run command) {
        LauncherDiscoveryRequestBuilder builder =
                LauncherDiscoveryRequestBuilder.request().configurationParameters(command.parameters());
        command.classNames().forEach(name -> builder.selectors(selectClass(name)));
        command.uniqueIds().forEach(id -> builder.selectors(selectUniqueId(id)));
        if (!command.engines().isEmpty()) {
            builder.filters(EngineFilter.includeEngines(command.engines()));
        }
        return builder.build();
    }
}
