package dev.foreignarch.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** Run by {@link EngineRun}. */
@ForeignArch("s390x")
class ContainerAndProgramTestCase {

    @ForeignContainer
    @SuppressWarnings("resource") // the extension stops it
    static final GenericContainer<?> SERVER = new GenericContainer<>("busybox:1.36")
            .withCommand("sh", "-c", "uname -m >/tmp/machine; exec httpd -f -h /tmp -p 8080")
            .withExposedPorts(8080);

    @ForeignProgram("target/engines/busybox-{docker}")
    Program busybox;

    @Test
    void server() throws Exception {
        URI address = URI.create("http://" + SERVER.getHost() + ":" + SERVER.getMappedPort(8080) + "/machine");
        assertEquals(
                "s390x\n",
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                        .body());
    }

    @Test
    void program() {
        assertEquals("s390x\n", busybox.run("uname", "-m").orThrow().stdout());
    }
}
