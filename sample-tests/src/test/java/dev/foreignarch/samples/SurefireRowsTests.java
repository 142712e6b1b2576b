package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Looks at the reports of the samples' run: each test on each architecture has a row of its own. */
@Tag("reports")
class SurefireRowsTests {

    @ParameterizedTest
    @ValueSource(classes = {RedisImageTests.class, PostgresTests.class, ProtocTests.class, InheritanceTests.class})
    void areTestsTimesArchitectures(Class<?> testClass) throws Exception {
        long tests = Arrays.stream(testClass.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        long architectures = testClass.getAnnotation(ForeignArch.class).value().length;

        NodeList rows = rows(testClass);
        Set<String> names = new HashSet<>();
        for (int index = 0; index < rows.getLength(); index++) {
            names.add(((Element) rows.item(index)).getAttribute("name"));
        }

        assertEquals(tests * architectures, rows.getLength());
        assertEquals(tests * architectures, names.size(), () -> "equal rows among " + names);
    }

    private static NodeList rows(Class<?> testClass) throws Exception {
        File report = new File("target/surefire-reports/TEST-" + testClass.getName() + ".xml");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report);
        return document.getElementsByTagName("testcase");
    }
}
