package dev.foreignarch.report;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM that lives on between builds, and runs each with the machine's Maven, as Maven's daemon does. */
final class MavenDaemon implements AutoCloseable {

    private static final String SEPARATOR = "\u001F";
    private static final String DONE = "the build has ended with ";

    private final Process process;
    private final BufferedReader output;

    private MavenDaemon(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static MavenDaemon start(Path folder) throws IOException, InterruptedException {
        Path home = home();
        List<Path> boot;
        try (Stream<Path> jars = Files.list(home.resolve("boot"))) {
            boot = jars.filter(jar -> jar.toString().endsWith(".jar")).toList();
        }
        String ours = MavenDaemon.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return new MavenDaemon(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        boot.get(0) + File.pathSeparator + ours,
                        "-Dmaven.home=" + home,
                        "-Dclassworlds.conf=" + home.resolve("bin/m2.conf"),
                        "-Dmaven.multiModuleProjectDirectory=" + folder,
                        MavenDaemon.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
    }

    private static Path home() throws IOException, InterruptedException {
        Process maven =
                new ProcessBuilder("mvn", "-B", "-v").redirectErrorStream(true).start();
        String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        maven.waitFor();
        return said.lines()
                .filter(line -> line.startsWith("Maven home: "))
                .map(line -> Path.of(line.substring("Maven home: ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    /** Begin a build. */
    void begin(String... arguments) throws IOException {
        process.getOutputStream().write((String.join(SEPARATOR, arguments) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Wait for the end of any build, and return all that was printed meanwhile. */
    String await() throws IOException {
        StringBuilder printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            if (line.startsWith(DONE)) {
                return printed.toString();
            }
        }
        throw new AssertionError("the daemon has ended: " + printed);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Run as the daemon. */
    public static void main(String[] none) throws Exception {
        Method maven = Class.forName("org.codehaus.plexus.classworlds.launcher.Launcher")
                .getMethod("mainWithExitCode", String[].class);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<Thread> builds = new ArrayList<>();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] arguments = line.split(SEPARATOR);
            Thread build = new Thread(() -> run(maven, arguments));
            build.start();
            builds.add(build);
        }
        for (Thread build : builds) {
            build.join();
        }
    }

    private static void run(Method maven, String[] arguments) {
        try {
            System.out.println("\n" + DONE + maven.invoke(null, (Object) arguments));
        } catch (IllegalAccessException | InvocationTargetException failed) {
            System.out.println("\n" + DONE + failed + failed.getCause());
        }
    }
}
