package dev.foreignarch.image;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.EngineException;
import java.util.Locale;
import java.util.Optional;
import org.testcontainers.utility.DockerImageName;

/**
 * Why an image is not to be had, for the people who asked for it.
 *
 * @param tag name of the image
 * @param wanted platform that was asked for
 * @param local what the engine had under that name before
 * @param severalPlatforms whether a name stands for several platforms on the engine
 */
record ImageRefusal(String tag, Platform wanted, Optional<OfferedPlatform> local, boolean severalPlatforms) {

    PlatformImageException builtOnContainerdStore() {
        return new PlatformImageException(
                tag + " was not built for " + wanted + ". " + BuildFailure.onContainerdStore(wanted), null);
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
        PullFailure failure = PullFailure.of(words, tag, "docker pull --platform " + wanted + " " + tag);
        return new PlatformImageException(
                tag + " can't be pulled for " + wanted + ": " + failure.cause() + " (" + words + ")." + whatIsHere()
                        + (local.isPresent()
                                ? ownImage() + " If it comes from a registry, " + failure.remedy()
                                : " " + capitalized(failure.remedy())),
                refused);
    }

    /** On the classic store each build takes the name from the one before: two platforms need two names. */
    private String ownImage() {
        if (severalPlatforms) {
            return " If you build it yourself, build it for all platforms at once: "
                    + BuildFailure.command(wanted, tag).replace(wanted.toString(), wanted + ",…");
        }
        DockerImageName name = DockerImageName.parse(tag);
        String architecture = Architecture.of(wanted.toString()).dockerName();
        return " If you build it yourself, build it for this platform, too, under a name of its own, since here a name"
                + " stands for one platform: " + BuildFailure.command(wanted, tag + "-" + architecture)
                + " Then write "
                + (name.getVersionPart().startsWith("sha256:") ? "its name" : '"' + tag + "-{docker}\"")
                + " in the test.";
    }

    private static String capitalized(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
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
