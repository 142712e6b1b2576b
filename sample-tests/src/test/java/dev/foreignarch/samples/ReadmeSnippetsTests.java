package dev.foreignarch.samples;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The README shows code that runs: a block of Java after a comment {@code <!-- sample: ClassName#name -->} is what
 * stands in that class between {@code // tag::name[]} and {@code // end::name[]}, less the indentation that its lines
 * share. A region may have several parts in a class, which are joined.
 */
class ReadmeSnippetsTests {

    /** Surefire says by a property where this module is; an IDE by the working directory. */
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private static final Path README = MODULE.resolveSibling("README.md");
    private static final Path SAMPLES = MODULE.resolve("src/test/java");

    private static final Pattern MARKER = Pattern.compile("<!--\\s*sample\\b");
    private static final Pattern QUOTE =
            Pattern.compile("^<!-- sample: (\\S+) -->\\n+```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::(\\S+)\\[]");

    @TestFactory
    Stream<DynamicTest> blockIsRegionOfSample() throws IOException {
        Map<String, String> regions = regions();
        return quotes().stream()
                .map(quote ->
                        dynamicTest(quote.region(), () -> assertEquals(regions.get(quote.region()), quote.code())));
    }

    @Test
    void everyRegionIsQuoted() throws IOException {
        Set<String> quoted = quotes().stream().map(Quote::region).collect(toSet());

        assertEquals(regions().keySet(), quoted);
    }

    @Test
    void everyMarkerHasBlock() throws IOException {
        long markers = MARKER.matcher(read(README)).results().count();

        assertEquals(markers, quotes().size(), "each sample comment needs a block of Java right after it");
    }

    private static List<Quote> quotes() throws IOException {
        return QUOTE.matcher(read(README))
                .results()
                .map(match -> new Quote(match.group(1), match.group(2)))
                .toList();
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path file : classes) {
                collectRegions(file, regions);
            }
        }
        regions.replaceAll((name, code) -> code.stripTrailing().stripIndent() + "\n");
        return regions;
    }

    private static void collectRegions(Path file, Map<String, String> regions) throws IOException {
        String className = file.getFileName().toString().replace(".java", "");
        Set<String> open = new HashSet<>();
        for (String line : read(file).lines().toList()) {
            Matcher tag = TAG.matcher(line);
            if (tag.matches()) {
                String region = className + "#" + tag.group(2);
                boolean asExpected = tag.group(1).equals("tag") ? open.add(region) : open.remove(region);
                assertTrue(asExpected, () -> file + ": out of order: " + line);
            } else {
                open.forEach(region -> regions.merge(region, line + "\n", String::concat));
            }
        }
        assertEquals(Set.of(), open, () -> file + ": without an end");
    }

    private static String read(Path file) throws IOException {
        return Files.readAllLines(file).stream().collect(joining("\n", "", "\n"));
    }

    private record Quote(String region, String code) {}
}
