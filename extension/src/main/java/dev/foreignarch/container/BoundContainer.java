package dev.foreignarch.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationRequest;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.ImageName;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.core.CreateContainerCmdModifier;
import org.testcontainers.utility.DockerImageName;

/**
 * The architecture of one container. It is in the container's list of modifiers, and so found again by whoever has the
 * container.
 */
final class BoundContainer implements CreateContainerCmdModifier {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerBinding.class);

    private final GenericContainer<?> container;
    private final LastWords words;
    private final ArchitectureWatch watch;
    private final StartTurn turn = new StartTurn();

    private Binding binding;
    private @Nullable Creation creation;

    /**
     * What a container is bound to.
     *
     * @param byTest whether a test has bound it for its own time, rather than the user for good
     */
    record Binding(
            Emulation emulation,
            StartSlots slots,
            CheckedStarts starts,
            Architecture architecture,
            EmulationRequest request,
            boolean byTest) {}

    private BoundContainer(GenericContainer<?> container, Binding binding) {
        this.container = container;
        this.words = new LastWords(container);
        this.watch = new ArchitectureWatch(this);
        this.binding = binding;
    }

    static void bind(GenericContainer<?> container, Binding binding) {
        Optional<BoundContainer> already = find(container);
        if (already.isPresent()) {
            already.get().move(binding);
            return;
        }
        BoundContainer bound = new BoundContainer(container, binding);
        LastModifier.keep(container, bound);
        BuiltImage.of(container, bound::building).ifPresent(container::setImage);
        // Testcontainers must not pull: it knows no platforms. The image is found when the container is created.
        container.withImagePullPolicy(name -> false);
        CopiedFiles.watch(container, bound.watch::beforeStart);
        container.withLogConsumer(bound.words);
        container.setStartupCheckStrategy(new WatchedStartup(container.getStartupCheckStrategy(), bound.words));
    }

    static Optional<BoundContainer> find(GenericContainer<?> container) {
        return container.getCreateContainerCmdModifiers().stream()
                .filter(BoundContainer.class::isInstance)
                .map(BoundContainer.class::cast)
                .findFirst();
    }

    private synchronized void move(Binding other) {
        this.binding = other;
        this.creation = null;
    }

    private Supplier<String> building(Supplier<String> build) {
        PlatformImages images = new PlatformImages(engine());
        return () -> images.building(architecture().platform(), build);
    }

    private synchronized Creation creation(DockerImageName name) {
        Creation known = creation;
        if (known == null) {
            DockerImageName wanted = ImageName.of(name.asCanonicalNameString(), binding.architecture());
            ContainerEmulation emulation =
                    ContainerEmulation.decide(binding.emulation(), binding.architecture(), binding.request());
            known = new Creation(
                    new PlatformImages(engine())
                            .resolve(wanted, binding.architecture().platform()),
                    emulation);
            creation = known;
        }
        return known;
    }

    /** Return the image, which is looked for once. The name is what the user gave, after substitution. */
    PinnedImage image(DockerImageName name) {
        return creation(name).image();
    }

    @Override
    public CreateContainerCmd modify(CreateContainerCmd create) {
        insistOnBeingLast();
        // First of all: also one that never comes up is told apart by it from those that nobody has bound.
        label(create, Map.of(ContainerBinding.ARCHITECTURE_LABEL, architecture().dockerName()));
        Creation found = creation(DockerImageName.parse(Objects.requireNonNull(create.getImage())));
        PinnedImage image = found.image();
        words.clear();
        // Not before here: a container's dependencies have started, and its image is there.
        if (!(found.emulation().verdict() instanceof Verdict.Native)) {
            turn.take(binding().slots(), image.name());
        }
        LOG.info(
                "Creating {} for {}, {}; the image is {}",
                image.name(),
                architecture(),
                found.emulation().summary(),
                image.id());
        String platform = image.platform().toString();
        label(create, Map.of(ContainerBinding.PLATFORM_LABEL, platform));
        if (!container.isShouldBeReused()) {
            label(create, engine().session().labels());
        }
        create.withImage(image.id()).withPlatform(platform);
        found.emulation().apply(container, create);
        watch.begin(create, found);
        return create;
    }

    private static void label(CreateContainerCmd create, Map<String, String> added) {
        Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(create.getLabels(), Map.of()));
        labels.putAll(added);
        create.withLabels(labels);
    }

    private void insistOnBeingLast() {
        if (!LastModifier.isLast(container, this)) {
            throw new ForeignContainerException("A modifier of the container (withCreateContainerCmdModifier) would run"
                    + " after ForeignArch's own and undo it: setExtraHosts, which was called after the container was bound,"
                    + " has replaced the list by which ForeignArch keeps itself the last one.\n  try:"
                    + " container.withExtraHost(name, address) in its place, or bind the container after it.");
        }
    }

    synchronized Binding binding() {
        return binding;
    }

    Architecture architecture() {
        return binding().architecture();
    }

    Engine engine() {
        return binding().emulation().engine();
    }

    GenericContainer<?> container() {
        return container;
    }

    /** Return what the container is or was created of, if it came to that. */
    synchronized Optional<Creation> creation() {
        return Optional.ofNullable(creation);
    }

    /** Return what sees to it that the container is of its architecture. */
    ArchitectureWatch watch() {
        return watch;
    }

    /** Return the end of what the container has printed since it was last started, and how it ended. */
    LastWords words() {
        return words;
    }

    StartTurn turn() {
        return turn;
    }
}
