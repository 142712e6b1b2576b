package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foreignarch.emulation.EmulationMode;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** ForeignArch's own modifier of a container is the last one, whenever others are added. */
@Tag("engine")
class ModifierOrderTests {

    private static final String BUSYBOX = LocalRegistry.publish("modifiers", "linux/s390x");
    private static final EmulationRequest EXPLICIT = EmulationRequest.DEFAULT.withMode(EmulationMode.EXPLICIT);

    @AfterAll
    static void removeWhatThisClassBrought() {
        new EngineImages(Engine.ofTestcontainers())
                .remove(BUSYBOX.substring(BUSYBOX.indexOf('/') + 1, BUSYBOX.lastIndexOf(':')));
    }

    @Test
    void an_entry_point_that_is_set_after_binding_gets_its_emulator_whoever_starts_the_container() {
        try (GenericContainer<?> container = uname()) {
            ForeignContainers.bind(container, S390X, EXPLICIT);
            container.withCreateContainerCmdModifier(create -> create.withEntrypoint("/bin/uname"));

            container.start();

            assertThat(container.getLogs()).isEqualTo("s390x\n");
            assertThat(container.getContainerInfo().getConfig().getEntrypoint())
                    .containsExactly("/foreignarch/qemu-s390x-static", "-0", "/bin/uname", "/bin/uname", "-m");
        }
    }

    @Test
    void a_modifier_of_the_containers_own_class_does_not_undo_the_platform() {
        try (GenericContainer<?> container = ForeignContainers.bind(new Contrary(BUSYBOX), S390X)) {
            for (int time = 0; time < 2; time++) {
                container.start();

                assertThat(container.getLogs()).isEqualTo("s390x\n");
                assertThat(container.getContainerInfo().getConfig().getLabels())
                        .containsEntry("own", "label")
                        .containsEntry(ContainerBinding.PLATFORM_LABEL, "linux/s390x");
                container.stop();
            }
        }
    }

    /** It adds its modifier when it is started, as some of Testcontainers' modules do. */
    private static final class Contrary extends GenericContainer<Contrary> {
        Contrary(String image) {
            super(image);
            withCommand("uname", "-m");
            withStartupCheckStrategy(new OneShotStartupCheckStrategy());
        }

        @Override
        protected void configure() {
            withCreateContainerCmdModifier(
                    create -> create.withPlatform("linux/amd64").withLabels(Map.of("own", "label")));
        }
    }

    @Test
    void extra_hosts_arrive_whenever_they_are_added() {
        try (GenericContainer<?> container = uname().withExtraHost("before", "192.0.2.1")) {
            ForeignContainers.bind(container, S390X);
            container.withCommand("cat", "/etc/hosts");
            container.withExtraHost("after", "192.0.2.2");

            ForeignContainers.start(container);

            assertThat(container.getExtraHosts()).containsExactly("before:192.0.2.1", "after:192.0.2.2");
            assertThat(container.getLogs()).contains("192.0.2.1\tbefore\n192.0.2.2\tafter\n");
        }
    }

    @Test
    void who_replaces_the_list_of_extra_hosts_and_adds_a_modifier_is_told() {
        try (GenericContainer<?> container = uname()) {
            ForeignContainers.bind(container, S390X);
            container.setExtraHosts(new ArrayList<>(List.of("other:192.0.2.3")));
            container.withCreateContainerCmdModifier(create -> create.withEntrypoint("uname"));

            assertThatThrownBy(() -> ForeignContainers.start(container))
                    .isInstanceOf(ForeignContainerException.class)
                    .hasMessage("A modifier of the container (withCreateContainerCmdModifier) would run after"
                            + " ForeignArch's own and undo it: setExtraHosts, which was called after the container was"
                            + " bound, has replaced the list by which ForeignArch keeps itself the last one.\n"
                            + "  try: container.withExtraHost(name, address) in its place, or bind the container after"
                            + " it.");
        }
    }

    private static GenericContainer<?> uname() {
        return new GenericContainer<>(BUSYBOX)
                .withCommand("-m")
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy());
    }
}
