package dev.foreignarch.jvm;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.jupiter.ForeignArchParameters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of one class by the Launcher, and what came of each of its tests. */
final class ForeignRun {

    private final Class<?> testClass;
    /** The report at the end of a build is no place for tests that fail on purpose. */
    private final Map<String, String> parameters = new HashMap<>(Map.of(ForeignArchParameters.REPORT, "none"));

    private final Map<String, String> files = new TreeMap<>();
    private Consumer<TestIdentifier> onStart = test -> {};
    private boolean silent;

    private ForeignRun(Class<?> testClass) {
        this.testClass = testClass;
    }

    static ForeignRun of(Class<?> testClass) {
        return new ForeignRun(testClass);
    }

    ForeignRun with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /** Keep what the tests print out of the build's log. */
    ForeignRun silent() {
        silent = true;
        return this;
    }

    /** Do something when a test starts, before anything else is heard of it. */
    ForeignRun onStart(Consumer<TestIdentifier> action) {
        onStart = action;
        return this;
    }

    /** Run the class, and return the results by display names: those of tests, and of containers that failed. */
    Map<String, String> outcomes() {
        if (!silent) {
            return execute();
        }
        PrintStream error = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            return execute();
        } finally {
            System.setErr(error);
        }
    }

    private Map<String, String> execute() {
        Map<String, String> outcomes = new TreeMap<>();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .configurationParameters(parameters)
                                    .selectors(selectClass(testClass))
                                    .build(),
                            new TestExecutionListener() {
                                @Override
                                public void executionStarted(TestIdentifier test) {
                                    if (test.isTest()) {
                                        onStart.accept(test);
                                    }
                                }

                                @Override
                                public void fileEntryPublished(TestIdentifier test, FileEntry entry) {
                                    files.put(test.getDisplayName(), content(entry));
                                }

                                @Override
                                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                    if (test.isTest() || result.getThrowable().isPresent()) {
                                        outcomes.put(test.getDisplayName(), text(result));
                                    }
                                }
                            });
        }
        return outcomes;
    }

    /** Return the file that each test has published, by display names. */
    Map<String, String> files() {
        return files;
    }

    private static String content(FileEntry entry) {
        try {
            return entry.getPath().getFileName() + "\n" + Files.readString(entry.getPath());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(TestExecutionResult result) {
        return result.getStatus()
                + result.getThrowable().map(failure -> " " + failure).orElse("");
    }
}
