package dev.foreignarch.samples.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignProgram;
import dev.foreignarch.program.Program;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A static program that starts a dynamic one, both from Maven Central: Protocol Buffers' compiler and its plugin for gRPC.
 * The plugin needs a C++ library, so both run in an image that has it.
 */
@ForeignArch({"arm64v8", "s390x"})
class GrpcPluginTests {

    private static final String IMAGE = "debian:bookworm-slim";

    /** The build (see pom.xml) copies the programs here; Maven knows no permissions. */
    @BeforeAll
    static void allowExecution() {
        for (String program : List.of("protoc", "protoc-gen-grpc-java")) {
            for (String architecture : List.of("arm64v8", "s390x")) {
                File file = new File("target/test-classes/" + program + "/" + architecture);
                assertTrue(file.setExecutable(true), file + " is there");
            }
        }
    }

    @ForeignProgram(value = "target/test-classes/protoc/{docker}", image = IMAGE)
    Program protoc;

    @ForeignProgram(value = "target/test-classes/protoc-gen-grpc-java/{docker}", image = IMAGE)
    Program plugin;

    @Test
    void generatesService() {
        protoc.write("greeter.proto", """
                syntax = "proto3";
                message Greeting { string text = 1; }
                service Greeter { rpc greet(Greeting) returns (Greeting); }
                """);

        protoc.run("--plugin=protoc-gen-grpc-java=" + plugin.location(), "--grpc-java_out=.", "greeter.proto")
                .orThrow();

        String generated = new String(protoc.read("GreeterGrpc.java"), UTF_8);
        assertTrue(generated.contains("public final class GreeterGrpc"), generated);
    }
}
