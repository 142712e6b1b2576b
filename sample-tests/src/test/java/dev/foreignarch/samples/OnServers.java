package dev.foreignarch.samples;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import org.testcontainers.containers.GenericContainer;

/** What several test classes have in common: their architectures, and a container. */
@ForeignArch({"ppc64le", "s390x"})
abstract class OnServers {

    @ForeignContainer
    GenericContainer<?> machine = new GenericContainer<>("debian:bookworm-slim").withCommand("sleep", "infinity");
}
