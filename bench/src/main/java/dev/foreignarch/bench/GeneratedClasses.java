package dev.foreignarch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** As many test classes as are wanted, compiled into a folder of the class path. */
final class GeneratedClasses {

    static final String JVM_CLASS = """
            @dev.foreignarch.jupiter.ForeignArch("s390x")
            @dev.foreignarch.jupiter.ForeignJvm
            class Jvm%1$03d extends dev.foreignarch.bench.FourTests {}
            """;

    static final String CONTAINER_CLASS = """
            import org.testcontainers.containers.GenericContainer;
            @dev.foreignarch.jupiter.ForeignArch("s390x")
            class Cell%1$03d {
                @dev.foreignarch.jupiter.ForeignContainer
                GenericContainer<?> busybox = new GenericContainer<>("busybox:1.36").withCommand("sleep", "600");
                @org.junit.jupiter.api.Test
                void runs() {
                    org.junit.jupiter.api.Assertions.assertTrue(busybox.isRunning());
                }
            }
            """;

    static final String PLAIN_CLASS = """
            import org.testcontainers.containers.GenericContainer;
            class Plain%1$03d {
                @org.junit.jupiter.api.Test
                void runs() {
                    try (GenericContainer<?> busybox = dev.foreignarch.bench.Busybox.plain()) {
                        busybox.start();
                        org.junit.jupiter.api.Assertions.assertTrue(busybox.isRunning());
                    }
                }
            }
            """;

    private GeneratedClasses() {}

    /** Write and compile classes whose source a template gives. {@code %1$03d} stands for the number. */
    static void compile(Path folder, int count, String template) throws IOException {
        Path sources = Files.createTempDirectory("bench");
        List<String> arguments = new ArrayList<>(List.of(
                "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn"));
        for (int number = 1; number <= count; number++) {
            String source = template.formatted(number);
            Path file = sources.resolve(source.replaceAll("(?s).*\\bclass (\\w+).*", "$1") + ".java");
            Files.writeString(file, source);
            arguments.add(file.toString());
        }
        Files.createDirectories(folder);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(sources);
        if (status != 0) {
            throw new IOException("The generated classes don't compile");
        }
    }

    /** Return the names of the first classes of a prefix. */
    static String[] names(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "%s%03d".formatted(prefix, number))
                .toArray(String[]::new);
    }
}
