package dev.foreignarch.image;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImageStore;
import java.util.Optional;
import org.apiguardian.api.API;

/** What keeps Testcontainers' builder, the engine's classic one, from building an image. */
@API(status = INTERNAL, since = "0.1")
public final class BuildFailure {

    private BuildFailure() {}

    /**
     * Explain a build that failed.
     *
     * @param engine the engine
     * @param platform the platform that the image was to be for
     * @param words what the builder said
     * @return what is in the way, and what to do; absent if nothing is known to be in the way
     */
    public static Optional<String> explanation(Engine engine, Platform platform, String words) {
        if (words.contains("failed to parse platform")) {
            return Optional.of(
                    "Its Dockerfile says FROM --platform with a variable such as $BUILDPLATFORM. BuildKit sets"
                            + " that, but the builder that Testcontainers speaks to is not BuildKit; there TARGETPLATFORM and"
                            + " TARGETARCH are empty, too. " + buildBefore(platform)
                            + " Or leave --platform=… out of the Dockerfile: withBuildImageCmdModifier says what it is built for.");
        }
        if (words.contains("requires BuildKit")) {
            return Optional.of("Its Dockerfile needs BuildKit, which the builder that Testcontainers speaks to is not. "
                    + buildBefore(platform));
        }
        return engine.facts().imageStore() == ImageStore.CONTAINERD
                        && !engine.facts().architecture().platform().equals(platform)
                ? Optional.of(onContainerdStore(platform))
                : Optional.empty();
    }

    private static String buildBefore(Platform platform) {
        return "Build the image before the test, and give the container its name: " + command(platform, "…");
    }

    static String command(Platform platform, String name) {
        return "docker buildx build --load --platform " + platform + " -t " + name + " .";
    }

    static String onContainerdStore(Platform wanted) {
        return "The builder that Testcontainers speaks to takes a base image's platform of the engine's host, if there is"
                + " one, on an engine that keeps images in containerd. Use a base image that is for " + wanted
                + " only, such as those in Docker Hub's repositories by architecture (arm64v8/debian, s390x/debian);"
                + " or build it before the test with BuildKit, and give the container its name: "
                + command(wanted, "…");
    }
}
