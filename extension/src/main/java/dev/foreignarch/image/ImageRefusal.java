package dev.foreignarch.image;

import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.EngineException;
import java.util.Optional;

/**
 * Why an image is not to be had, for the people who asked for it.
 *
 * @param tag name of the image
 * @param wanted platform that was asked for
 * @param local what the engine had under that name before
 */
record ImageRefusal(String tag, Platform wanted, Optional<OfferedPlatform> local) {

    PlatformImageException builtOnContainerdStore() {
        return new PlatformImageException(
                tag + " was not built for " + wanted + ". " + builderOnContainerdStore(wanted), null);
    }

    /** The builder takes the engine's own platform wherever the base image has it. */
    static String builderOnContainerdStore(Platform wanted) {
        return "The builder that Testcontainers speaks to takes a base image's platform of the engine's host, if there is"
                + " one, on an engine that keeps images in containerd. Use a base image that is for " + wanted
                + " only, such as those in Docker Hub's repositories by architecture (arm64v8/debian, s390x/debian);"
                + " or build it before the test with BuildKit, and give the container its name:"
                + " docker buildx build --load --platform " + wanted + " -t … .";
    }

    PlatformImageException builtForAnother() {
        return new PlatformImageException(
                tag + " was built for " + local.map(OfferedPlatform::toString).orElse("no platform that is known")
                        + ", not for " + wanted
                        + ". Build it for this platform: new ImageFromDockerfile().withBuildImageCmdModifier(build ->"
                        + " build.withPlatform(\"" + wanted + "\"))…",
                null);
    }

    PlatformImageException notPulled(EngineException refused) {
        String words = String.valueOf(refused.getMessage());
        if (words.contains("cannot overwrite digest")) {
            return new PlatformImageException(
                    "The digest in " + tag + " stands for several platforms, and this engine's image store keeps one of"
                            + " them only" + (local.isPresent() ? ", which is now " + local.get() : "") + " (" + words
                            + "). Name the image by a tag, or remove what is there: docker rmi " + tag,
                    refused);
        }
        if (words.contains("no match") || words.contains("no image found in manifest list")) {
            return new PlatformImageException(
                    tag + " is not offered for " + wanted + " (" + words + ")." + whatIsHere()
                            + " Use a tag that is built for this platform ('docker manifest inspect " + tag
                            + "' lists the platforms), or leave this architecture out.",
                    refused);
        }
        return new PlatformImageException(
                tag + " can't be pulled for " + wanted + " (" + words + ")." + whatIsHere()
                        + (local.isPresent()
                                ? " If it is your own image, build it for this platform, too: docker build --platform "
                                        + wanted + " -t " + tag + " …"
                                : " Check the name, and that the engine reaches the registry: docker pull --platform "
                                        + wanted + " " + tag),
                refused);
    }

    PlatformImageException another(OfferedPlatform offered) {
        return new PlatformImageException(
                "For " + wanted + " the registry gives an image of " + tag + " that is for " + offered
                        + ": it has no other, or its list of platforms is wrong. Use a tag that is really built for "
                        + wanted + " ('docker manifest inspect " + tag + "' lists the platforms), or leave this"
                        + " architecture out.",
                null);
    }

    private String whatIsHere() {
        return local.map(platform -> " What the engine has under this name is for " + platform + ".")
                .orElse("");
    }
}
