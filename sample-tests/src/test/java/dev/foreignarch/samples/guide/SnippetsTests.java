package dev.foreignarch.samples.guide;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.foreignarch.samples.guide.Guide.Document;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * The guide shows code that is compiled: each block of Java in it stands in a class of tests, whatever the indentation and
 * the breaks of lines. Where the block has {@code …}, the class may have anything.
 *
 * <p>A class can offer some of its lines as one piece, between {@code // tag::name[]} and {@code // end::name[]}; several
 * such parts of a name are joined.
 */
class SnippetsTests {

    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::(\\S+)\\[]");
    private static final Pattern SPACE_BESIDE_A_SIGN = Pattern.compile(" ?([^\\w ]) ?");
    private static final String ELISION = "…";

    @TestFactory
    Stream<DynamicTest> blockStandsInClass() {
        List<String> sources = sources();
        return blocks().stream()
                .map(block -> dynamicTest(
                        block.document() + ": "
                                + block.code().lines().findFirst().orElse(""),
                        () -> assertTrue(
                                sources.stream().anyMatch(block::standsIn),
                                () -> "In no class of tests stands, in " + block.document() + ":\n" + block.code())));
    }

    @Test
    void everyTaggedPieceIsShown() {
        Set<String> shown =
                blocks().stream().map(block -> normalized(block.code())).collect(toSet());
        Map<String, String> hidden = new TreeMap<>(tagged());
        hidden.values().removeIf(code -> shown.contains(normalized(code)));

        assertEquals(Map.of(), hidden);
    }

    @Test
    void blockThatIsChangedStandsNowhere() {
        Block shown = blocks().get(0);
        Block changed = new Block(shown.document(), shown.code().replaceFirst("@Test\\s+void ", "$0other"));

        assertEquals(List.of(), sources().stream().filter(changed::standsIn).toList());
    }

    private static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Document document : Guide.documents()) {
            BLOCK.matcher(document.text())
                    .results()
                    .forEach(match -> blocks.add(new Block(document.toString(), match.group(1))));
        }
        return blocks;
    }

    /** Return what a block may be found in: whole classes, and pieces that leave something out. */
    private static List<String> sources() {
        return Stream.concat(
                        Guide.testSources().stream()
                                .map(file -> TAG.matcher(Guide.read(file)).replaceAll("")),
                        tagged().values().stream())
                .map(SnippetsTests::normalized)
                .toList();
    }

    private static Map<String, String> tagged() {
        Map<String, String> pieces = new TreeMap<>();
        Guide.testSources().forEach(file -> collectPieces(file, pieces));
        return pieces;
    }

    private static void collectPieces(Path file, Map<String, String> pieces) {
        Set<String> open = new HashSet<>();
        for (String line : Guide.read(file).lines().toList()) {
            Matcher tag = TAG.matcher(line);
            if (tag.matches()) {
                String piece = file.getFileName() + "#" + tag.group(2);
                boolean asExpected = tag.group(1).equals("tag") ? open.add(piece) : open.remove(piece);
                assertTrue(asExpected, () -> file + ": out of order: " + line);
            } else {
                open.forEach(piece -> pieces.merge(piece, line + "\n", String::concat));
            }
        }
        assertEquals(Set.of(), open, () -> file + ": without an end");
    }

    private static String normalized(String code) {
        return SPACE_BESIDE_A_SIGN.matcher(code.strip().replaceAll("\\s+", " ")).replaceAll("$1");
    }

    private record Block(String document, String code) {

        boolean standsIn(String source) {
            int position = 0;
            for (String part : code.split(ELISION)) {
                int found = source.indexOf(normalized(part), position);
                if (found < 0) {
                    return false;
                }
                position = found + normalized(part).length();
            }
            return true;
        }
    }
}
