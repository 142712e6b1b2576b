package dev.foreignarch.samples.jvm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.jupiter.DisabledOnForeignArch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;

/**
 * What {@link LibraryTests} leaves out still fails, with the words that the reason quotes. When a library has been
 * repaired, this test says so.
 */
@Tag("known-failures")
class KnownFailuresTests {

    private static final Pattern QUOTE = Pattern.compile("'([^']+)'");

    @Test
    void stillFail() {
        List<KnownFailure> known = known();
        Map<String, TestExecutionResult> results =
                WithoutConditions.run(known.stream().map(KnownFailure::id).toList());

        assertEquals(5, known.size());
        assertAll(known.stream()
                .flatMap(failure -> failure.quotes().map(quote -> () -> {
                    String outcome = Optional.ofNullable(results.get(failure.row()))
                            .map(KnownFailuresTests::words)
                            .orElse("no result");
                    assertTrue(outcome.contains(quote), () -> failure.row() + " now ends with: " + outcome);
                })));
    }

    private static List<KnownFailure> known() {
        return Arrays.stream(LibraryTests.class.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotationsByType(DisabledOnForeignArch.class))
                        .flatMap(disabled -> Arrays.stream(disabled.value())
                                .map(name -> new KnownFailure(method.getName(), name, disabled.reason()))))
                .toList();
    }

    /** Libraries wrap what the loader says. */
    private static String words(TestExecutionResult result) {
        StringBuilder words = new StringBuilder(result.getStatus().toString());
        Throwable failure = result.getThrowable().orElse(null);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            words.append("; ").append(cause);
        }
        return words.toString();
    }

    /**
     * A test that is left out.
     *
     * @param method its method
     * @param architecture where
     * @param reason why
     */
    private record KnownFailure(String method, String architecture, String reason) {

        String row() {
            return method + "[" + architecture + "]";
        }

        String id() {
            return WithoutConditions.id(method, architecture);
        }

        Stream<String> quotes() {
            List<String> quotes =
                    QUOTE.matcher(reason).results().map(match -> match.group(1)).toList();
            assertTrue(!quotes.isEmpty(), () -> row() + " quotes no error in its reason");
            return quotes.stream();
        }
    }
}
