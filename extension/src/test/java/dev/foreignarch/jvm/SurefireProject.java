package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A Maven project that runs a class of ours with Surefire. */
record SurefireProject(Path directory, Class<?> testClass) {

    /** Run tests of the class, and return Maven's exit code. */
    int run(String test, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve("pom.xml"), pom());
        List<String> command = new ArrayList<>(List.of("mvn", "-o", "-q", "-B", "surefire:test", "-Dtest=" + test));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("maven.log").toFile());
        builder.environment().putAll(environment);
        Process maven = builder.start();
        try {
            assertThat(maven.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            maven.destroyForcibly();
        }
        assertThat(directory.resolve("target/surefire-reports")).as(this::log).isDirectory();
        return maven.exitValue();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("maven.log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The classes under test and their class path are this JVM's. */
    private String pom() throws IOException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(Path::of)
                .toList();
        String testClasses =
                testClass.getProtectionDomain().getCodeSource().getLocation().getPath();
        try (var template = SurefireProject.class.getResourceAsStream("/surefire-pom.xml")) {
            return new String(template.readAllBytes(), UTF_8)
                    .replace("@testClasses@", testClasses)
                    .replace(
                            "@classPath@",
                            classPath.stream()
                                    .map(path ->
                                            "<additionalClasspathElement>" + path + "</additionalClasspathElement>")
                                    .collect(joining("\n")));
        }
    }

    /** Return the names of the rows, each with what became of it unless it passed. */
    List<String> rows() throws Exception {
        Path report = directory.resolve("target/surefire-reports/TEST-" + testClass.getName() + ".xml");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        NodeList cases = document.getElementsByTagName("testcase");
        List<String> rows = new ArrayList<>();
        for (int index = 0; index < cases.getLength(); index++) {
            Element row = (Element) cases.item(index);
            StringBuilder text = new StringBuilder(row.getAttribute("name"));
            for (String outcome : List.of("failure", "error", "skipped", "rerunFailure", "flakyFailure")) {
                if (row.getElementsByTagName(outcome).getLength() > 0) {
                    text.append(' ').append(outcome);
                }
            }
            rows.add(text.toString());
        }
        return rows;
    }
}
