package dev.foreignarch.samples.guide;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.foreignarch.samples.guide.Guide.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each link from one of the project's texts to a file, or to a heading in it, leads somewhere. */
class LinksTests {

    private static final Pattern CODE = Pattern.compile("^```.*?^```$|`[^`\\n]*`", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> linkLeadsSomewhere() {
        return Guide.documents().stream()
                .flatMap(document -> links(document).stream()
                        .filter(link -> !link.matches("[a-z]+:.*"))
                        .map(link -> dynamicTest(document + ": " + link, () -> assertLeadsSomewhere(document, link))));
    }

    @Test
    void everyPageIsInTheIndex() {
        Document index = Guide.document("docs/README.md");
        Set<Path> linked =
                links(index).stream().map(link -> target(index, link)).collect(toSet());

        List<Document> missing = Guide.documents().stream()
                .filter(page -> page.file().startsWith(index.file().getParent()))
                .filter(page -> !page.equals(index))
                .filter(page -> !linked.contains(page.file()))
                .toList();

        assertEquals(List.of(), missing);
    }

    private static List<String> links(Document document) {
        return LINK.matcher(CODE.matcher(document.text()).replaceAll("code"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Path target(Document document, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty()
                ? document.file()
                : document.file().resolveSibling(path).normalize();
    }

    private static void assertLeadsSomewhere(Document document, String link) {
        Path target = target(document, link);
        assertTrue(Files.exists(target), () -> "There is no " + target);
        if (link.contains("#")) {
            Set<String> anchors = anchors(Guide.read(target));
            String anchor = link.replaceFirst("[^#]*#", "");
            assertTrue(anchors.contains(anchor), () -> "No heading of " + target + " is " + anchor + ": " + anchors);
        }
    }

    /** Return the names that GitHub gives to headings. */
    private static Set<String> anchors(String text) {
        return HEADING.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1).strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(toSet());
    }
}
