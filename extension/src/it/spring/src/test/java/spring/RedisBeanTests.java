package spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.ForeignContainers;
import dev.foreignarch.jupiter.ForeignArch;
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

    @Test
    @ForeignArch("s390x")
    void theApplicationUsesRedisOnS390x(@Autowired GenericContainer<?> container) throws Exception {
        redis.opsForValue().set("greeting", "hello");

        assertThat(redis.opsForValue().get("greeting")).isEqualTo("hello");
        assertThat(container.execInContainer("uname", "-m").getStdout().strip()).isEqualTo("s390x");
    }

    @Test
    @ForeignArch("s390x")
    void aLaterTestUsesTheOneThatIsUp() {
        redis.opsForValue().set("farewell", "bye");

        assertThat(redis.opsForValue().get("farewell")).isEqualTo("bye");
    }
}
