package dev.foreignarch.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The example in docs/foreign-jvm.md, in JVMs of this machine: it compiles, and has the rows that are told there. */
class CodecExampleTests {

    @Test
    void hasRowOfEachArchitecture() {
        Stream<String> rows = EngineTestKit.engine(ForeignJvmEngine.ID)
                .configurationParameter(JvmParameters.LAUNCHER, "process")
                .selectors(selectClass(Example.CodecTests.class))
                .execute()
                .testEvents()
                .succeeded()
                .map(event -> event.getTestDescriptor().getLegacyReportingName());

        assertThat(rows).containsExactlyInAnyOrder("roundTrip[s390x]", "roundTrip[arm64v8]");
    }

    /** Classes in it are static without saying so. */
    interface Example {

        // tag::codec[]
        @ForeignArch({"s390x", "arm64v8"})
        @ForeignJvm
        class CodecTests {
            // end::codec[]
            private final byte[] input = "a text".getBytes(UTF_8);

            // tag::codec[]
            @Test
            void roundTrip() {
                assertArrayEquals(input, Codec.decode(Codec.encode(input)));
            }
        }
        // end::codec[]
    }

    /** What a reader would test. */
    static final class Codec {

        private Codec() {}

        static byte[] encode(byte[] bytes) {
            return Base64.getEncoder().encode(bytes);
        }

        static byte[] decode(byte[] bytes) {
            return Base64.getDecoder().decode(bytes);
        }
    }
}
