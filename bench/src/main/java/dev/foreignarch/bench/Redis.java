package dev.foreignarch.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** The same test of Redis in many ways. */
final class Redis {

    private static final int PORT = 6379;
    private static final int TESTS = 200;

    private Redis() {}

    private static void ping(GenericContainer<?> redis) throws IOException {
        try (Socket socket = new Socket(redis.getHost(), redis.getMappedPort(PORT))) {
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            Assertions.assertEquals("+PONG", new String(socket.getInputStream().readNBytes(5), US_ASCII));
        }
    }

    /** A container by the ID and platform of an image that is there: what one has to write without an extension. */
    private static GenericContainer<?> plain(String platform) {
        String id = Arrays.stream(Objects.requireNonNull(System.getProperty("bench.redis"), "bench.redis")
                        .split(","))
                .filter(entry -> entry.startsWith(platform + "="))
                .map(entry -> entry.substring(platform.length() + 1))
                .findFirst()
                .orElseThrow();
        return new GenericContainer<>("redis:7")
                .withImagePullPolicy(name -> false)
                .withExposedPorts(PORT)
                .withCreateContainerCmdModifier(create -> create.withImage(id).withPlatform(platform));
    }

    @ForeignArch("s390x")
    static class Foreign {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void answers() throws IOException {
            ping(redis);
        }
    }

    @ForeignArch({"s390x", "arm64v8", "arm32v7", "ppc64le"})
    static class ForeignFour {

        @ForeignContainer("redis:7")
        GenericContainer<?> redis;

        @Test
        void answers() throws IOException {
            ping(redis);
        }
    }

    @ForeignArch("s390x")
    static class ForeignMany {

        @ForeignContainer("redis:7")
        static GenericContainer<?> redis;

        @RepeatedTest(TESTS)
        void answers() throws IOException {
            ping(redis);
        }
    }

    abstract static class Plain {

        private final String platform;

        Plain(String platform) {
            this.platform = platform;
        }

        @Test
        void answers() throws IOException {
            try (GenericContainer<?> redis = plain(platform)) {
                redis.start();
                ping(redis);
            }
        }
    }

    static class PlainS390x extends Plain {
        PlainS390x() {
            super("linux/s390x");
        }
    }

    static class PlainArm64 extends Plain {
        PlainArm64() {
            super("linux/arm64");
        }
    }

    static class PlainArm extends Plain {
        PlainArm() {
            super("linux/arm/v7");
        }
    }

    static class PlainPpc64le extends Plain {
        PlainPpc64le() {
            super("linux/ppc64le");
        }
    }

    static class PlainMany {

        private static GenericContainer<?> redis = plain("linux/s390x");

        @BeforeAll
        static void start() {
            redis = plain("linux/s390x");
            redis.start();
        }

        @AfterAll
        static void stop() {
            redis.stop();
        }

        @RepeatedTest(TESTS)
        void answers() throws IOException {
            ping(redis);
        }
    }
}
