package dev.foreignarch.jvm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a build tool does to hide the class path, it is found. */
class TestClassPathTests {

    @TempDir
    private Path directory;

    @Test
    void aManifestOnlyJarStandsForWhatItNames() throws IOException {
        Path classes = Files.createDirectory(directory.resolve("test classes"));
        Files.createFile(classes.resolve("A.class"));
        Path library = jar("library.jar", "", "A.class");
        Path booter = jar("surefirebooter.jar", "library.jar test%20classes/ missing.jar");

        assertThat(entries(Map.of("java.class.path", booter.toString()), List.of()))
                .containsExactly(library, classes);
    }

    @Test
    void aJarBringsWhatItsManifestNames() throws IOException {
        Path other = jar("other.jar", "", "B.class");
        Path library = jar("library.jar", "other.jar library.jar", "A.class");

        assertThat(entries(Map.of("java.class.path", library.toString()), List.of()))
                .containsExactly(library, other);
    }

    @Test
    void modulesAndPatchesBelongToIt() throws IOException {
        Path modules = Files.createDirectory(directory.resolve("modules"));
        Path module = jar("modules/module.jar", "", "module-info.class");
        Path patch = Files.createDirectory(directory.resolve("patch"));
        Files.createFile(patch.resolve("A.class"));

        assertThat(entries(
                        Map.of("jdk.module.path", modules.toString()),
                        List.of("-Xmx1g", "--patch-module=some.module=\"" + patch + "\"")))
                .containsExactly(module, patch);
    }

    @Test
    void ourOwnHasTheLauncher() {
        assertThat(TestClassPath.ofThisJvm().entries())
                .anySatisfy(entry -> assertThat(entry.getFileName().toString()).startsWith("junit-platform-launcher"));
    }

    @Test
    void argumentsSurviveTheFile() {
        assertThat(JvmCommandLine.file(List.of("-Dpath=C:\\x y", "say \"yes\"")))
                .isEqualTo("\"-Dpath=C:\\\\x y\"\n\"say \\\"yes\\\"\"\n");
    }

    @Test
    void onlyWhatOpensModulesIsPassedOn() {
        assertThat(JvmCommandLine.passedOn(
                        List.of("-javaagent:x.jar", "--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx1g")))
                .containsExactly("--add-opens=java.base/java.nio=ALL-UNNAMED");
    }

    private static List<Path> entries(Map<String, String> properties, List<String> arguments) {
        return TestClassPath.of(name -> Optional.ofNullable(properties.get(name)), arguments, List.of())
                .entries();
    }

    private Path jar(String name, String classPath, String... entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path path = directory.resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            for (String entry : entries) {
                jar.putNextEntry(new ZipEntry(entry));
                jar.closeEntry();
            }
        }
        return path;
    }
}
