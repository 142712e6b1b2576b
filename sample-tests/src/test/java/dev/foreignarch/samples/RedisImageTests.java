package dev.foreignarch.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import redis.clients.jedis.RedisClient;

/** An image by its name: each test on each architecture gets a fresh container. */
// tag::ten-lines[]
@ForeignArch({"arm64v8", "arm32v7", "ppc64le", "s390x"})
class RedisImageTests {
    @ForeignContainer("redis:7")
    GenericContainer<?> redis;

    @Test
    void countsVisits() {
        try (RedisClient client = RedisClient.create(redis.getHost(), redis.getMappedPort(6379))) {
            assertEquals(1, client.incr("visits"));
        }
    }
    // end::ten-lines[]

    /** The architecture of the moment comes as a parameter, if a test wants it. */
    @Test
    void returnsWhatWasStored(Architecture architecture) throws Exception {
        try (RedisClient client = RedisClient.create(redis.getHost(), redis.getMappedPort(6379))) {
            client.set("greeting", "hello");

            assertEquals("hello", client.get("greeting"));
        }
        assertEquals(
                architecture.machineName(),
                redis.execInContainer("uname", "-m").getStdout().strip());
    }
    // tag::ten-lines[]
}
// end::ten-lines[]
