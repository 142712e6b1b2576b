package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program {@code tools/foreign-java}: a module's tests on another architecture, without a change to the module. */
@Tag("engine")
class WholeModuleTests {

    private static final Path TOOL =
            Path.of("../tools/foreign-java").toAbsolutePath().normalize();

    /** What the tool prints in place of a program, so that Surefire does not take this machine's JVM. */
    private static final String NO_JAVA = "/foreign-java-failed/bin/java";

    @TempDir
    private Path directory;

    @Test
    void surefireRunsAModuleInAJvmOfTheArchitecture() throws Exception {
        String java;
        try (Emulation emulation = Emulation.onDefaultEngine()) {
            emulation.prepare(Architecture.S390X).orThrow();
            Output made = run(TOOL.toString(), "s390x");
            assertThat(made.exitCode()).as(made.errors()).isZero();
            java = made.text().strip();
            SurefireProject project = new SurefireProject(directory, WholeModuleTestCase.class);

            int exitCode = project.run(
                    "WholeModuleTestCase",
                    Map.of(
                            "FOREIGN_JAVA_FILES",
                            TOOL.getParent().getParent().toString(),
                            "MODULE_VARIABLE",
                            "two words"),
                    "-Djvm=" + java,
                    "-Dmodule.property=value");

            assertThat(project.rows())
                    .containsExactlyInAnyOrder(
                            "theJvmIsOfTheArchitecture",
                            "theWorkingDirectoryIsTheModulesOwn",
                            "variablesArrive",
                            "propertiesArrive",
                            "assumesLittleEndian failure");
            assertThat(exitCode).isNotZero();
        }
        assertThat(directory.resolve("target/written")).hasContent("by a test");
        assertThat(java)
                .endsWith("/foreignarch/java/" + "foreignarch.local_eclipse-temurin_17-jre-linux-s390x/bin/java");
    }

    @Test
    void anUnknownArchitectureIsRefused() throws Exception {
        Output refused = run(TOOL.toString(), "sparc");

        assertThat(refused.exitCode()).isEqualTo(64);
        assertThat(refused.errors()).startsWith("usage: foreign-java ARCHITECTURE [IMAGE]\n");
        assertThat(refused.text()).isEqualTo(NO_JAVA + "\n");
    }

    @Test
    void anImageWithoutJavaIsRefused() throws Exception {
        Output refused = run(TOOL.toString(), "amd64", "busybox:1.36");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors())
                .contains("foreign-java: the java of busybox:1.36 does not run for amd64: ")
                .endsWith("ForeignArch's doctor tells why, and what to do: doctor amd64\n");
        assertThat(refused.text()).isEqualTo(NO_JAVA + "\n");
    }

    @Test
    void anImageThatIsNotToBeHadIsRefused() throws Exception {
        Output refused = run(TOOL.toString(), "s390x", "localhost:1/absent:1");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text()).isEqualTo(NO_JAVA + "\n");
    }

    @Test
    void surefireRunsNothingWhereTheToolFailed() throws Exception {
        Files.createDirectories(directory.resolve("target/surefire-reports"));
        SurefireProject project = new SurefireProject(directory, WholeModuleTestCase.class);

        int exitCode = project.run("WholeModuleTestCase", Map.of(), "-Djvm=" + NO_JAVA);

        assertThat(exitCode).isNotZero();
        assertThat(directory.resolve("maven.log"))
                .content()
                .contains("Given path to java executor does not exist \"" + NO_JAVA + "\".");
        assertThat(directory.resolve("target/surefire-reports")).isEmptyDirectory();
    }

    private Output run(String... command) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Output(process.exitValue(), text, Files.readString(errors));
    }

    /** What a program printed, and its exit code. */
    private record Output(int exitCode, String text, String errors) {}
}
