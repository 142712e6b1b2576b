package dev.foreignarch.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.foreignarch.arch.Architecture;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** A message broker in Erlang's virtual machine, by Testcontainers' own module for it. */
@Tag("engine")
class RabbitMqEngineTests {

    @Test
    void passesAMessageOn() throws Exception {
        try (RabbitMQContainer broker = ForeignContainers.bind(
                new RabbitMQContainer("rabbitmq:3").withStartupTimeout(Duration.ofMinutes(5)), Architecture.S390X)) {
            ForeignContainers.start(broker);

            assertThat(broker.execInContainer("uname", "-m").getStdout().strip())
                    .isEqualTo("s390x");
            assertThat(roundTrip(broker, "hello")).isEqualTo("hello");
        }
    }

    private static String roundTrip(RabbitMQContainer broker, String message) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.getAmqpUrl());
        factory.setUsername(broker.getAdminUsername());
        factory.setPassword(broker.getAdminPassword());
        factory.setHandshakeTimeout(60_000);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare().getQueue();
            channel.confirmSelect();
            channel.basicPublish("", queue, null, message.getBytes(UTF_8));
            channel.waitForConfirmsOrDie(60_000);
            GetResponse response = channel.basicGet(queue, true);
            return new String(response.getBody(), UTF_8);
        }
    }
}
