package spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ForeignContainers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.testcontainers.containers.GenericContainer;

@SpringBootTest
class RedisBeanTests {

    @TestConfiguration(proxyBeanMethods = false)
    static class Containers {

        @Bean
        @ServiceConnection("redis")
        GenericContainer<?> redis() {
            return ForeignContainers.bind(
                    new GenericContainer<>("redis:7").withExposedPorts(6379), Architecture.S390X);
        }
    }

    @Autowired
    StringRedisTemplate redis;

    @Autowired
    GenericContainer<?> container;

    @Test
    void theApplicationUsesRedisOnS390x() throws Exception {
        redis.opsForValue().set("greeting", "hello");

        assertThat(redis.opsForValue().get("greeting")).isEqualTo("hello");
        assertThat(container.execInContainer("uname", "-m").getStdout().strip()).isEqualTo("s390x");
    }
}
