package dev.foreignarch.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Binds a container of which only the command is known that creates it, when its own modifiers have had their say: only then
 * is it known what the command is, and whether the container is bound already.
 *
 * @param create the command
 * @param emulation the engine's emulation
 * @param architecture the architecture
 * @param request how it is emulated
 */
record LateBinding(
        CreateContainerCmd create, Emulation emulation, Architecture architecture, EmulationRequest request) {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerBinding.class);

    /** Wait for the moment. If it never comes, the container is not bound, and has no label that says so. */
    void prepare() {
        create.withLabels(new Labels(this, Objects.requireNonNullElse(create.getLabels(), Map.of())));
    }

    private void bind() {
        Map<String, String> labels = create.getLabels();
        if (labels.containsKey(ContainerBinding.PLATFORM_LABEL) || create.getPlatform() != null) {
            // Bound by hand, or the platform was chosen: that counts more than what is meant for all.
            return;
        }
        labels.put(ContainerBinding.ARCHITECTURE_LABEL, architecture.dockerName());
        String name = Objects.requireNonNull(create.getImage(), "a container is made of an image");
        ContainerEmulation emulated = ContainerEmulation.decide(emulation, architecture, request);
        if (emulated.needsEmulatorInside()) {
            throw new ForeignContainerException(name + " can't run on " + architecture
                    + " together with all containers of the test: no handler of the"
                    + " kernel runs what it needs, and an emulator can be put only into a container that is bound by"
                    + " itself.\n  try: @ForeignContainer on its field, or ForeignContainers.bind(container,"
                    + " architecture) before it is started.");
        }
        PinnedImage image =
                new PlatformImages(emulation.engine()).resolve(DockerImageName.parse(name), architecture.platform());
        LOG.info("Creating {} for {}, {}; the image is {}", name, architecture, emulated.summary(), image.id());
        String platform = image.platform().toString();
        labels.put(ContainerBinding.PLATFORM_LABEL, platform);
        create.withImage(image.id()).withPlatform(platform);
        emulated.setVariables(create);
    }

    /** Testcontainers adds its own labels after the last modifier, and before it looks for a container to reuse. */
    private static final class Labels extends HashMap<String, String> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient LateBinding binding;

        Labels(LateBinding binding, Map<String, String> labels) {
            super(labels);
            this.binding = binding;
        }

        @Override
        public void putAll(Map<? extends String, ? extends String> added) {
            super.putAll(added);
            if (added.containsKey(DockerClientFactory.TESTCONTAINERS_LABEL)) {
                binding.bind();
            }
        }
    }
}
