package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TextFormat;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** A native program that was built for each architecture: Protocol Buffers' compiler, as it is on Maven Central. */
@ForeignArch({"arm64v8", "ppc64le", "s390x"})
class ProtocTests {

    @ForeignContainer
    static GenericContainer<?> machine = new GenericContainer<>("busybox:1.36").withCommand("sleep", "infinity");

    /** The build (see pom.xml) puts each program on the class path, under the name of its architecture. */
    @BeforeEach
    void install(Architecture architecture) {
        MountableFile program = MountableFile.forClasspathResource("protoc/" + architecture, 0755);
        machine.copyFileToContainer(program, "/bin/protoc");
    }

    @Test
    void tellsVersion() throws Exception {
        assertEquals("libprotoc 28.3", run("protoc", "--version"));
    }

    @Test
    void compilesToSameDescriptorEverywhere() throws Exception {
        String source = """
                syntax = "proto2";
                message Server {
                  required string name = 1;
                  optional uint32 port = 2 [default = 6379];
                }
                """;
        machine.copyFileToContainer(Transferable.of(source), "/server.proto");

        run("protoc", "--proto_path=/", "--descriptor_set_out=/server.desc", "server.proto");

        FileDescriptorSet compiled = machine.copyFileFromContainer("/server.desc", FileDescriptorSet::parseFrom);
        assertEquals("""
                file {
                  name: "server.proto"
                  message_type {
                    name: "Server"
                    field {
                      name: "name"
                      number: 1
                      label: LABEL_REQUIRED
                      type: TYPE_STRING
                      json_name: "name"
                    }
                    field {
                      name: "port"
                      number: 2
                      label: LABEL_OPTIONAL
                      type: TYPE_UINT32
                      default_value: "6379"
                      json_name: "port"
                    }
                  }
                }
                """, TextFormat.printer().printToString(compiled));
    }

    private String run(String... command) throws Exception {
        ExecResult result = machine.execInContainer(command);
        assertEquals(0, result.getExitCode(), result.getStderr());
        return result.getStdout().strip();
    }
}
