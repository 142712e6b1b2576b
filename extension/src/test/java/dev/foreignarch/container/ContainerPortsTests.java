package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ContainerPortsTests {

    private static final String ID = "c0ffee";
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path process;

    @BeforeEach
    void aProcessOfTheContainer() throws IOException {
        Files.createDirectory(process.resolve("net"));
        Files.writeString(
                process.resolve("mountinfo"),
                "1 2 8:1 /containers/" + ID + "/hostname /etc/hostname rw - ext4 /dev/sda rw\n");
    }

    @Test
    void whatListensOnAllAddressesOfEitherFamily() throws IOException {
        write("tcp", "   0: 00000000:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1 1");
        write("tcp6", """
                   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0 0 0 0 0 0 1
                   1: 0000000000000000FFFF00000200A8C0:0050 00000000000000000000000000000000:0000 0A 0 0 0 0 0 0 1""");

        assertThat(ContainerPorts.of(process, ID))
                .contains(new ContainerPorts(Set.of(6379, 8080, 80), Set.of(6379, 8080), Set.of(), Set.of()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void notWhatIsConnectedOrListensForItselfOnly() throws IOException {
        write("tcp", """
                   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1 1
                   1: 0B00007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1 1
                   2: 0200A8C0:0050 0300A8C0:D431 01 00000000:00000000 00:00000000 00000000   999        0 2 1
                   3: 0200A8C0:0051 0300A8C0:D431 08 00000000:00000000 00:00000000 00000000   999        0 2 1
                   4: 0200A8C0:0052 0300A8C0:D431 06 00000000:00000000 00:00000000 00000000   999        0 2 1
                   5: 0200A8C0:0053 0300A8C0:D431 04 00000000:00000000 00:00000000 00000000   999        0 2 1
                   6: 0200A8C0:0054 0300A8C0:D431 05 00000000:00000000 00:00000000 00000000   999        0 2 1
                   7: 0200A8C0:0055 0300A8C0:D431 03 00000000:00000000 00:00000000 00000000   999        0 2 1
                   8: 0100007F:0056 0100007F:D431 01 00000000:00000000 00:00000000 00000000   999        0 2 1""");
        write("tcp6", """
                   0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 0A 0 0 0 0 0 0 1
                   1: 0000000000000000FFFF00000100007F:0036 00000000000000000000000000000000:0000 0A 0 0 0 0 0 0 1
                   2: 0000000000000000FFFF00000200A8C0:0037 0000000000000000FFFF00000300A8C0:D431 01 0 0 0 0 0 0 1""");

        assertThat(ContainerPorts.of(process, ID))
                .contains(new ContainerPorts(
                        Set.of(), Set.of(), Set.of(6379, 8081, 53, 54), Set.of(80, 81, 82, 83, 84, 55)));
    }

    @Test
    void aTableIsNotReadWhereTheKernelCountsNoConnections() throws IOException {
        write("tcp", "   0: 00000000:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1 1");
        write(
                "tcp6",
                "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0 0 0 0 0 0 1");
        Files.writeString(
                process.resolve("net/sockstat"),
                "sockets: used 1\nTCP: inuse 0 orphan 0 tw 0 alloc 3 mem 102\nUDP: inuse 0 mem 0\n");
        Files.writeString(process.resolve("net/sockstat6"), "TCP6: inuse 10\nUDP6: inuse 0\n");

        assertThat(ContainerPorts.of(process, ID))
                .hasValueSatisfying(ports -> assertThat(ports.listening()).containsExactly(8080));

        Files.writeString(process.resolve("net/sockstat"), "TCP: inuse 1 orphan 0 tw 0 alloc 3 mem 102\n");
        Files.writeString(process.resolve("net/sockstat6"), "TCP6: inuse 0\n");

        assertThat(ContainerPorts.of(process, ID))
                .hasValueSatisfying(ports -> assertThat(ports.listening()).containsExactly(6379));
    }

    @Test
    void aProcessThatIsNotOfTheContainerTellsNothing() throws IOException {
        write("tcp", "   0: 00000000:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1 1");

        assertThat(ContainerPorts.of(process, "decaf")).isEmpty();
        assertThat(ContainerPorts.of(process.resolve("none"), ID)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelsOwnTableIsUnderstood() throws IOException {
        Path self = Path.of("/proc/self");
        try (ServerSocket server = new ServerSocket(0);
                ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ContainerPorts.of(self, "proc")).hasValueSatisfying(ports -> {
                assertThat(ports.listening()).contains(server.getLocalPort());
                assertThat(ports.listening()).doesNotContain(inside.getLocalPort());
                assertThat(ports.inside()).contains(inside.getLocalPort());
            });
        }
    }

    private void write(String family, String lines) throws IOException {
        Files.writeString(process.resolve("net").resolve(family), HEAD + lines + "\n");
    }
}
