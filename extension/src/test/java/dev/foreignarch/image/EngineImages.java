package dev.foreignarch.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Image;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.ContainerOutcome;
import dev.foreignarch.engine.ContainerSpec;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImagePull;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.testcontainers.containers.output.FrameConsumerResultCallback;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.output.ToStringConsumer;

/** What a test sees of the images of an engine, and does to them as any other program would. */
public final class EngineImages {

    private final Engine engine;
    private final DockerClient client;

    /** Look at an engine. */
    public EngineImages(Engine engine) {
        this.engine = engine;
        this.client = engine.client();
    }

    /** Return the ID that a name stands for, if there is one. */
    public Optional<String> id(String name) {
        try {
            return Optional.ofNullable(client.inspectImageCmd(name).exec().getId());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Return all tags and digests of images whose name contains a text. */
    public Set<String> names(String part) {
        Set<String> names = new TreeSet<>();
        for (Image image : client.listImagesCmd().exec()) {
            Set<String> listed = names(image.getRepoTags(), image.getRepoDigests());
            if (listed.stream().anyMatch(name -> name.contains(part))) {
                names.addAll(listed);
                // With the containerd store the list has the digest of one repository only.
                names.addAll(digests(image.getId()));
            }
        }
        names.removeIf(name -> !name.contains(part));
        return names;
    }

    private static Set<String> names(String[] tags, String[] digests) {
        Set<String> names = new TreeSet<>();
        Stream.of(tags, digests).filter(Objects::nonNull).map(List::of).forEach(names::addAll);
        return names;
    }

    private List<String> digests(String id) {
        try {
            List<String> digests = client.inspectImageCmd(id).exec().getRepoDigests();
            return digests == null ? List.of() : digests;
        } catch (NotFoundException removedMeanwhile) {
            return List.of();
        }
    }

    /** Do what {@code docker pull} does. */
    public void pull(String name) {
        ImagePull.pull(engine, name, Optional.empty());
    }

    /** Do what {@code docker pull --platform} does. */
    public void pull(String name, String platform) {
        ImagePull.pull(engine, name, Optional.of(Platform.parse(platform)));
    }

    /** Do what {@code docker run} does, without a platform, and return what the program prints. */
    public String run(String image, String... command) {
        ContainerOutcome outcome = engine.run(ContainerSpec.of(image, List.of(command)), Duration.ofMinutes(2));
        return outcome.text().strip() + outcome.errorText();
    }

    /** Run a program in a container of a pinned image, and return what it prints. */
    public String run(PinnedImage image, String... command) {
        String id = client.createContainerCmd(image.id())
                .withPlatform(image.platform().toString())
                .withCmd(command)
                .withLabels(engine.sessionLabels())
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                .exec()
                .getId();
        try {
            client.startContainerCmd(id).exec();
            client.waitContainerCmd(id).exec(new WaitContainerResultCallback()).awaitStatusCode();
            ToStringConsumer output = new ToStringConsumer();
            FrameConsumerResultCallback log = new FrameConsumerResultCallback();
            log.addConsumer(OutputFrame.OutputType.STDOUT, output);
            log.addConsumer(OutputFrame.OutputType.STDERR, output);
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(log)
                    .awaitCompletion();
            return output.toUtf8String().strip();
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        } finally {
            client.removeContainerCmd(id).withForce(true).exec();
        }
    }

    /** Remove every name that contains a text: a part that only the test itself can have made. */
    public void remove(String part) {
        for (String name : names(part)) {
            try {
                client.removeImageCmd(name).withForce(true).exec();
            } catch (NotFoundException gone) {
                // It had two names, or was never there.
            } catch (InternalServerErrorException refused) {
                // Podman 4 does not take a digest from an image that has other tags.
                if (!String.valueOf(refused.getMessage()).contains("tag not known")) {
                    throw refused;
                }
            }
        }
    }

    /** Return what the engine says of an image. */
    public InspectImageResponse inspect(String name) {
        return client.inspectImageCmd(name).exec();
    }
}
