package dev.foreignarch.jupiter;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.program.Program;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What reports learn of a cell: Surefire's rows name no architecture, so it travels in report entries and in failures.
 *
 * @param context the context of the test, or of a dynamic test in it
 * @param declared the architecture
 * @param preparation what is known of the architecture
 */
record CellReport(ExtensionContext context, DeclaredArchitecture declared, Preparation preparation) {

    private static final Logger LOG = LoggerFactory.getLogger(CellReport.class);

    static CellReport of(ExtensionContext context, DeclaredArchitecture declared) {
        return new CellReport(context, declared, Preparations.of(context).of(context, declared.architecture()));
    }

    /** Publish the architecture, and by what it runs. */
    void publishPlace() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(ReportKeys.ARCHITECTURE, declared.architecture().dockerName());
        entries.put(ReportKeys.PLATFORM, platform());
        entries.put(ReportKeys.VERDICT, preparation.summary());
        context.publishReportEntry(entries);
        // Allure makes a parameter of this pair, and so tells the cells of one test apart.
        Map<String, String> allure = new LinkedHashMap<>();
        allure.put("allure.parameter", "platform");
        allure.put("value", platform());
        context.publishReportEntry(allure);
    }

    /** Publish what the containers of the test were made of, one entry for each. */
    void publishContainers() {
        Map<String, String> entries = new LinkedHashMap<>();
        containers().forEach(container -> entries.put(ReportKeys.CONTAINER + container.purpose(), imageOf(container)));
        if (!entries.isEmpty()) {
            context.publishReportEntry(entries);
        }
    }

    /** Publish what is to be remarked on the test. */
    void publishMarks() {
        CellUse use = CellUse.of(context);
        Cell.of(use.context()).map(CellJudgement::of).ifPresent(CellJudgement::mark);
        String marks = Stream.concat(
                        use.marks().stream(), containers().stream().flatMap(container -> container.marks().stream()))
                .map(mark -> mark.strip().replaceAll("\\s+", " "))
                .distinct()
                .collect(joining("\n"));
        if (!marks.isEmpty()) {
            context.publishReportEntry(ReportKeys.MARKS, marks);
        }
    }

    /**
     * Tell where a test failed, and what its containers printed.
     *
     * <p>There is nothing to tell of a test that had no place to run: its failure says why.
     */
    void explain(Throwable failure) {
        if (failure instanceof TestAbortedException || !preparation.isSuccess()) {
            return;
        }
        note(failure).attachTo(failure);
        List<UsedContainer> containers = containers();
        for (int number = 1; number <= containers.size(); number++) {
            publishLog(number, containers.get(number - 1));
        }
        ProgramScope.find(context).forEach(this::publishTrace);
    }

    private CellNote note(Throwable failure) {
        StringBuilder text = new StringBuilder("the architecture of this test is " + declared.name() + " (" + platform()
                + ", " + preparation.summary() + ")");
        for (UsedContainer container : containers()) {
            text.append("\n  container of ")
                    .append(container.purpose())
                    .append(": ")
                    .append(imageOf(container));
        }
        ProgramScope.find(context)
                .forEach((purpose, program) -> text.append("\n  program of ")
                        .append(purpose)
                        .append(": ")
                        .append(program)
                        .append(", ")
                        .append(program.summary()));
        if (containers().stream().anyMatch(UsedContainer::isExplicit) && isExecFormatError(failure)) {
            text.append(
                    "\n  exec format error: explicit emulation runs the program that a container starts with, and none"
                            + " that it or the test starts in the container. Those need a handler in the kernel's table.");
        }
        return new CellNote(text.toString());
    }

    private static boolean isExecFormatError(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(words -> words.contains("exec format error"));
    }

    /** A report must not fail a test, nor hide why it failed, whatever the engine answers. */
    private static String imageOf(UsedContainer container) {
        try {
            return container.image();
        } catch (Exception unknown) {
            return "image unknown, " + unknown;
        }
    }

    private void publishLog(int number, UsedContainer container) {
        String name = "container-" + number + "-" + declared.architecture() + "-" + container.purpose();
        try {
            String log = container.log();
            context.publishFile(
                    name.replaceAll("[^A-Za-z0-9._-]", "-") + ".log",
                    MediaType.TEXT_PLAIN_UTF_8,
                    file -> Files.writeString(file, log));
        } catch (Exception unpublished) {
            LOG.warn("The log of {} can't be published: {}", name, unpublished.toString());
        }
    }

    private void publishTrace(String purpose, Program program) {
        String name = "syscalls-" + declared.architecture() + "-" + purpose;
        try {
            Optional<String> trace = program.trace();
            if (trace.isPresent()) {
                context.publishFile(
                        name.replaceAll("[^A-Za-z0-9._-]", "-") + ".log",
                        MediaType.TEXT_PLAIN_UTF_8,
                        file -> Files.writeString(file, trace.get()));
            }
        } catch (Exception unpublished) {
            LOG.warn("The log of {} can't be published.", name, unpublished);
        }
    }

    private List<UsedContainer> containers() {
        return containers(context).toList();
    }

    /** Return the containers that ForeignArch has put into a test. */
    static Stream<UsedContainer> containers(ExtensionContext context) {
        return Stream.concat(
                        InvocationContainers.in(context).map(InvocationContainers::containers).stream(),
                        ContainerScope.find(context).map(ContainerScope::containers).stream())
                .flatMap(List::stream);
    }

    private String platform() {
        return declared.architecture().platform().toString();
    }
}
