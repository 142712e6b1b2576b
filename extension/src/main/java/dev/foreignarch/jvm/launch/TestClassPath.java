package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.jvm.agent.ForeignAgent;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;

/**
 * The class path that the tests of this JVM have, as files and directories.
 *
 * <p>Build tools hide it: in the manifest of a jar that has nothing else (Surefire, IDEs with long paths), or by giving
 * the JVM more than {@code java.class.path} shows (Surefire's own provider brings JUnit's Launcher). A module path and
 * patched modules become part of it, since the foreign JVM runs everything from the class path.
 *
 * @param entries jars and directories that exist, in their order
 */
@API(status = INTERNAL, since = "0.1")
public record TestClassPath(List<Path> entries) {

    /** What the agent and JUnit's Launcher are made of, wherever they come from. */
    private static final List<Class<?>> NEEDED = List.of(
            ForeignAgent.class,
            Launcher.class,
            TestEngine.class,
            ReflectionSupport.class,
            AssertionFailedError.class,
            API.class);

    /** Keep a copy. */
    public TestClassPath {
        entries = List.copyOf(entries);
    }

    /** Find the class path of this JVM. */
    public static TestClassPath ofThisJvm() {
        return of(name -> Optional.ofNullable(System.getProperty(name)), inputArguments(), NEEDED);
    }

    static TestClassPath of(
            Function<String, Optional<String>> properties, List<String> arguments, List<Class<?>> needed) {
        Set<Path> found = new LinkedHashSet<>();
        Stream.of("java.class.path", "jdk.module.path")
                .flatMap(name -> properties.apply(name).stream())
                .flatMap(TestClassPath::split)
                .forEach(entry -> add(entry, found));
        patches(arguments).forEach(entry -> add(entry, found));
        needed.stream().flatMap(type -> origin(type).stream()).forEach(entry -> add(entry, found));
        return new TestClassPath(List.copyOf(found));
    }

    /** Return what this JVM was started with. */
    static List<String> inputArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static Stream<Path> split(String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
    }

    private static Stream<Path> patches(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("--patch-module="))
                .map(argument -> argument.substring(argument.indexOf('=', argument.indexOf('=') + 1) + 1))
                .map(paths -> paths.replace("\"", ""))
                .flatMap(TestClassPath::split);
    }

    private static Optional<Path> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? Optional.empty()
                : local(source.getLocation().toString());
    }

    private static Optional<Path> local(String url) {
        try {
            return Optional.of(Path.of(new URI(url)));
        } catch (URISyntaxException | RuntimeException notAFile) {
            return Optional.empty();
        }
    }

    private static void add(Path entry, Set<Path> found) {
        Path path = entry.toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            List<Path> jars = modules(path);
            if (jars.isEmpty()) {
                found.add(path);
            } else {
                jars.forEach(jar -> add(jar, found));
            }
        } else if (Files.isRegularFile(path) && !found.contains(path)) {
            List<Path> more = new ArrayList<>();
            if (hasMoreThanManifest(path, more)) {
                found.add(path);
            }
            more.stream().filter(one -> !found.contains(one)).forEach(one -> add(one, found));
        }
    }

    /** A module path may name a directory of jars, which a class path can't. */
    private static List<Path> modules(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            return all.stream().allMatch(file -> file.toString().endsWith(".jar")) ? all : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static boolean hasMoreThanManifest(Path jar, List<Path> classPath) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                return true;
            }
            String named = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (named == null || named.isBlank()) {
                return true;
            }
            for (String url : named.strip().split("\\s+")) {
                local(jar.toUri().resolve(url).toString()).filter(Files::exists).ifPresent(classPath::add);
            }
            return file.stream().anyMatch(entry -> !entry.getName().startsWith("META-INF/"));
        } catch (IOException | RuntimeException notAJar) {
            return true;
        }
    }
}
