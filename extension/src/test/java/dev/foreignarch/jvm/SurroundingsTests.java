package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import dev.foreignarch.image.NativeImage;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** What travels to a foreign JVM, and what can be reached from there, as the guide says. */
@Tag("engine")
class SurroundingsTests {

    private static final String ADDRESS = "test.foreignarch.address";
    private static final String FILE = "src/test/resources/simplelogger.properties";
    private static final String AGENT = "target/test-agent.jar";

    @Test
    void filesTravelAndNothingElseIsThere() {
        assertThat(ForeignRun.of(FilesTestCase.class).outcomes()).isEqualTo(Map.of("a()", "SUCCESSFUL"));
    }

    @Test
    void anAgentTravelsAsAFile() throws IOException {
        writeAgent();

        assertThat(ForeignRun.of(AgentTestCase.class).outcomes()).isEqualTo(Map.of("a()", "SUCCESSFUL"));
    }

    @Test
    void aContainerThatWasStartedHereIsReached() {
        try (GenericContainer<?> server = new GenericContainer<>(NativeImage.of("busybox:1.36"))
                .withCommand("sh", "-c", "echo -n hello > /index.html && httpd -f -p 80 -h /")
                .withExposedPorts(80)) {
            server.start();
            System.setProperty(ADDRESS, "http://host.docker.internal:" + server.getMappedPort(80) + "/index.html");

            assertThat(ForeignRun.of(NetworkTestCase.class)
                            .with(JvmParameters.PROPERTIES, "test.foreignarch.*")
                            .outcomes())
                    .isEqualTo(Map.of("a()", "SUCCESSFUL"));
        } finally {
            System.clearProperty(ADDRESS);
        }
    }

    @Test
    void withoutANetworkNothingIsReached() {
        System.setProperty(ADDRESS, "http://host.docker.internal:80/");
        try {
            assertThat(ForeignRun.of(NetworkTestCase.class)
                            .with(JvmParameters.PROPERTIES, ADDRESS)
                            .with(JvmParameters.NETWORK, "none")
                            .outcomes()
                            .get("a()"))
                    .startsWith("FAILED java.net.UnknownHostException: host.docker.internal");
        } finally {
            System.clearProperty(ADDRESS);
        }
    }

    @Test
    void aDebuggerAttachesWhereItIsTold() throws Exception {
        try (LocalJvm local = LocalJvm.running(PlainTestCase.class, Map.of(), JvmParameters.DEBUG + "=true")) {
            String address = local.awaitLine("The JVM of amd64 waits for a debugger: attach to ");
            VirtualMachine vm = attach(address);
            assertThat(vm.version()).startsWith("17");
            vm.resume();

            assertThat(local.awaitResults(1, Duration.ofMinutes(2))).contains("\nresult a() SUCCESSFUL");
        }
    }

    private static VirtualMachine attach(String address) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue(address.split(":")[0]);
        arguments.get("port").setValue(address.split(":")[1]);
        return connector.attach(arguments);
    }

    private static void writeAgent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), TestAgent.class.getName());
        String classFile = TestAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(Path.of(AGENT));
                JarOutputStream jar = new JarOutputStream(file, manifest);
                InputStream content = TestAgent.class.getClassLoader().getResourceAsStream(classFile)) {
            jar.putNextEntry(new JarEntry(classFile));
            content.transferTo(jar);
        }
    }

    /** Leaves a trace. */
    static final class TestAgent {
        private TestAgent() {}

        /** Called by the JVM before its main program. */
        public static void premain(String arguments, Instrumentation instrumentation) {
            System.setProperty("agent.was.here", arguments);
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm(files = FILE)
    static class FilesTestCase {
        @Test
        void a() throws IOException {
            assertArrayEquals(new String[] {"src"}, new File(".").list());
            assertThat(Path.of(FILE)).content().contains("org.slf4j.simpleLogger");
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm(files = AGENT, arguments = "-javaagent:" + AGENT + "=hello")
    static class AgentTestCase {
        @Test
        void a() {
            assertEquals("hello", System.getProperty("agent.was.here"));
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class NetworkTestCase {
        @Test
        void a() throws IOException {
            try (InputStream answer =
                    URI.create(System.getProperty(ADDRESS)).toURL().openStream()) {
                assertEquals("hello", new String(answer.readAllBytes(), UTF_8));
            }
        }
    }

    @ForeignArch("amd64")
    @ForeignJvm
    static class PlainTestCase {
        @Test
        void a() {}
    }
}
