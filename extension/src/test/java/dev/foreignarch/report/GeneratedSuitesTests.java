package dev.foreignarch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.FakeHost;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table counts what JUnit counts, whatever the test classes are made of. */
@Tag("engine") // It needs none, but compiles more than a unit test may.
class GeneratedSuitesTests {

    private static final int SUITES = 500;

    /** Each build tries the same suites; another seed finds others. */
    private static final long SEED = 14;

    @TempDir
    private Path folder;

    @Test
    void the_table_has_the_counts_of_junit() throws Exception {
        Map<Long, GeneratedClasses> suites = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (long seed = SEED * 1_000_000; seed < SEED * 1_000_000 + SUITES; seed++) {
            GeneratedClasses classes = GeneratedClasses.of(seed);
            suites.put(seed, classes);
            sources.putAll(classes.sources());
        }
        CompiledClasses.compile(sources, folder);

        List<String> differences = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            for (Map.Entry<Long, GeneratedClasses> suite : suites.entrySet()) {
                String difference = run(suite.getKey(), suite.getValue());
                if (!difference.isEmpty()) {
                    differences.add("seed " + suite.getKey() + ": " + difference
                            + String.join("\n", suite.getValue().sources().values()));
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(differences.stream().limit(3))
                .as("%d of %d suites", differences.size(), SUITES)
                .isEmpty();
    }

    private String run(long seed, GeneratedClasses classes) throws IOException {
        Random random = new Random(~seed);
        FakeHost host = random.nextInt(5) == 0 ? new FakeHost().without(Architecture.S390X) : new FakeHost();
        Map<String, String> parameters = new LinkedHashMap<>(host.parameters());
        if (random.nextInt(3) == 0) {
            parameters.put("foreignarch.unavailable", "skip");
        }
        return new GeneratedRun(classes, parameters, folder)
                .difference(random.nextBoolean(), Math.max(0, random.nextInt(5) - 2));
    }
}
