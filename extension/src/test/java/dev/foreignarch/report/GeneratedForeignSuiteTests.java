package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.jupiter.ForeignArchParameters;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The table counts what JUnit counts in foreign JVMs, too, and what Surefire writes of the same classes. Those JVMs are
 * processes of this machine here: what they run is the same, and it takes seconds instead of minutes.
 */
@Tag("engine") // It needs none, but starting many JVMs takes longer than a unit test may.
class GeneratedForeignSuiteTests {

    /** Each build tries the same suite; another seed finds others. */
    private static final long SEED = 1_400_000;

    private static final int CLASSES = 40;

    private static final Pattern COUNTS =
            Pattern.compile("(\\d+) passed, (\\d+) failed .*, (\\d+) skipped; classes and templates as a whole:"
                    + " (\\d+) failed, (\\d+) skipped");

    @TempDir
    private static Path folder;

    private static final GeneratedClasses SUITE = GeneratedClasses.inForeignJvms(SEED, CLASSES);

    @BeforeAll
    static void compile() throws Exception {
        CompiledClasses.compile(SUITE.sources(), Files.createDirectories(folder.resolve("classes")));
    }

    @Test
    void the_table_has_the_counts_of_junit() throws Exception {
        Path output = folder.resolve("junit.txt");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder.resolve("classes") + File.pathSeparator + CompiledClasses.classPath(),
                        GeneratedForeignSuiteTests.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output, UTF_8).lines())
                .as("seed " + SEED)
                .filteredOn(line -> line.startsWith("difference:"))
                .containsExactly("difference: none");
    }

    /** Run as the other JVM, which has the generated classes on its class path, as a module's tests are. */
    public static void main(String[] arguments) throws Exception {
        String difference = new GeneratedRun(
                        SUITE, Map.of("foreignarch.jvm.launcher", "process"), Path.of(arguments[0]))
                .difference(false, 1);
        System.out.println("\ndifference: " + (difference.isEmpty() ? "none" : difference));
    }

    @Test
    void the_table_has_the_counts_of_surefire() throws Exception {
        Path module = Files.createDirectories(folder.resolve("module"));
        new GeneratedModule(module, folder.resolve("classes"))
                .test("-Dforeignarch.jvm.launcher=process", "-D" + ForeignArchParameters.REPORT + "=table");

        String summary;
        try (Stream<String> lines = Files.lines(module.resolve("table/matrix.md"))) {
            summary =
                    lines.filter(line -> line.contains(" passed, ")).findFirst().orElseThrow();
        }
        long[] rows = rows(module.resolve("target/surefire-reports"));
        Matcher counts = COUNTS.matcher(summary);
        assertThat(counts.find()).as(summary).isTrue();
        long skippedTests = Long.parseLong(counts.group(3));
        long skippedAsAWhole = Long.parseLong(counts.group(5));
        assertThat(List.of(
                        Long.parseLong(counts.group(1)),
                        Long.parseLong(counts.group(2)) + Long.parseLong(counts.group(4))))
                .as("seed " + SEED)
                .containsExactly(rows[0], rows[1]);
        // Surefire writes no row for a class or template that was aborted.
        assertThat(rows[2]).as("seed " + SEED).isBetween(skippedTests, skippedTests + skippedAsAWhole);
    }

    /** Count the rows: those that passed, failed, and were skipped. Classes and templates have a row only if they did not pass. */
    private static long[] rows(Path reports) throws Exception {
        long[] counts = new long[3];
        List<Path> files;
        try (Stream<Path> all = Files.list(reports)) {
            files = all.filter(file -> file.toString().endsWith(".xml")).toList();
        }
        for (Path file : files) {
            Document report =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            NodeList tests = report.getElementsByTagName("testcase");
            for (int index = 0; index < tests.getLength(); index++) {
                Element test = (Element) tests.item(index);
                counts[outcome(test)]++;
            }
        }
        return counts;
    }

    private static int outcome(Element test) {
        if (test.getElementsByTagName("failure").getLength() > 0
                || test.getElementsByTagName("error").getLength() > 0) {
            return 1;
        }
        return test.getElementsByTagName("skipped").getLength() > 0 ? 2 : 0;
    }
}
