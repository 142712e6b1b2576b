package dev.foreignarch.image;

import static dev.foreignarch.image.PublishedImages.AMD64;
import static dev.foreignarch.image.PublishedImages.ARM64;
import static dev.foreignarch.image.PublishedImages.ARM_V7;
import static dev.foreignarch.image.PublishedImages.S390X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.ImageStore;
import dev.foreignarch.image.LocalRegistry.Entry;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An image that is for another platform is never taken for the one that was asked for. */
@Tag("engine")
@Tag("each-store")
class ImageRefusalEngineTests extends PublishedImagesFixture {

    @Test
    void versionFiveOfArmDoesNotStandInForVersionSeven() {
        String name = images.publish("v5", "linux/arm/v5");

        assertRefused(name, ARM_V7, "linux/arm/v5");
    }

    @Test
    void sixtyFourBitArmIsNeverAnsweredByThirtyTwoBits() {
        String name = images.publish("arm32", "linux/amd64", "linux/arm/v7");

        assertRefused(name, ARM64, "linux/arm/v7");
    }

    @Test
    void amd64IsNeverAnsweredByItsAncestor() {
        String name = images.publish("i386", "linux/386");

        assertRefused(name, AMD64, "linux/386");
    }

    @Test
    void anImageOfOnePlatformOnlyIsRefusedForAnother() {
        String name = LocalRegistry.publishSingle("single", "linux/amd64");
        images.bring(name);

        assertRefused(name, S390X, "linux/amd64");
    }

    @Test
    void anImageOfOnePlatformOnlyThatIsHereAlreadyIsRefusedForAnother() {
        String name = images.bring(LocalRegistry.publishSingle("single-here", "linux/amd64"));
        here.pull(name);

        assertRefused(name, S390X, "linux/amd64");

        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void aTagThatTheRegistryMovedToAnImageOfOnePlatformIsGivenBack() {
        String name = images.publish("single-moved", "linux/amd64", "linux/arm64");
        here.pull(name);
        var before = here.id(name);
        LocalRegistry.publishSingleAs(name, "linux/arm/v7");

        assertRefused(name, S390X, "linux/arm/v7");

        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void aWrongListOfPlatformsIsSeenThrough() {
        String name = LocalRegistry.publish(
                LocalRegistry.unique("mislabeled") + ":1",
                List.of(new Entry("linux/arm64", "linux/arm/v7", "-"), Entry.of("linux/amd64")));
        images.bring(name);

        assertRefused(name, ARM64, "linux/arm/v7");
    }

    @Test
    void aPlatformThatIsNotOfferedIsRefusedInWords() {
        String name = images.publish("not-offered", "linux/amd64");
        here.pull(name);
        var before = here.names(PublishedImages.path(name));

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> images.resolve(name, S390X))
                .withMessageMatching("\\Q" + name + "\\E is not offered for linux/s390x \\(no match[^)]*\\)\\. What the"
                        + " engine has under this name is for linux/amd64\\. Use a tag that is built for this platform"
                        + " \\('docker manifest inspect \\Q" + name + "\\E' lists the platforms\\), or leave this"
                        + " architecture out\\.");
        assertThat(here.names(PublishedImages.path(name))).isEqualTo(before);
    }

    @Test
    void anUnknownImageIsRefusedInWords() {
        String name = LocalRegistry.ADDRESS + "/" + LocalRegistry.unique("unknown") + ":1";

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> images.resolve(name, S390X))
                .withMessageMatching("\\Q" + name + "\\E can't be pulled for linux/s390x: the registry \\Q"
                        + LocalRegistry.ADDRESS + "\\E has no such image \\(.*\\)\\. Check name and tag:"
                        + " docker pull --platform linux/s390x \\Q" + name + "\\E");
    }

    @Test
    void anImageThatExistsOnlyHereIsRefusedForAnotherPlatform() {
        String source = images.publish("host-source", "linux/amd64");
        here.pull(source);
        String name = images.localCopy(source);
        var before = here.id(name);

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> images.resolve(name, S390X))
                .withMessageMatching("\\Q" + name + "\\E can't be pulled for linux/s390x: the engine does not reach the"
                        + " registry foreignarch-test\\.local \\(.*\\)\\. What the engine has under this name is for"
                        + " linux/amd64\\. If you build it yourself, build it for \\Q"
                        + (engine.facts().imageStore() == ImageStore.CLASSIC
                                ? "this platform, too, under a name of its own, since here a name stands for one platform:"
                                        + " docker buildx build --load --platform linux/s390x -t " + name
                                        + "-s390x . Then write \"" + name + "-{docker}\" in the test."
                                : "all platforms at once: docker buildx build --load --platform linux/s390x,… -t "
                                        + name + " .")
                        + "\\E If it comes from a registry, check the name, and the engine's way there, which may need a"
                        + " proxy in the engine's settings: docker pull --platform linux/s390x \\Q" + name + "\\E");
        assertThat(here.id(name)).isEqualTo(before);
    }

    @Test
    void anImageThatTestcontainersBuiltForTheHostIsRefusedWithoutAPull() {
        String source = images.publish("built", "linux/amd64");
        here.pull(source);
        String name =
                "localhost/testcontainers/" + LocalRegistry.unique("built").substring(17) + ":1";
        images.bring(name);
        images.tag(source, name);

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> images.resolve(name, S390X))
                .withMessage(
                        engine.facts().imageStore() == ImageStore.CLASSIC
                                ? name + " was built for linux/amd64, not for linux/s390x. Build it for this platform:"
                                        + " new ImageFromDockerfile().withBuildImageCmdModifier(build ->"
                                        + " build.withPlatform(\"linux/s390x\"))…"
                                : name
                                        + " was not built for linux/s390x. The builder that Testcontainers speaks to takes"
                                        + " a base image's platform of the engine's host, if there is one, on an engine"
                                        + " that keeps images in containerd. Use a base image that is for linux/s390x"
                                        + " only, such as those in Docker Hub's repositories by architecture"
                                        + " (arm64v8/debian, s390x/debian); or build it before the test with BuildKit,"
                                        + " and give the container its name: docker buildx build --load --platform"
                                        + " linux/s390x -t … .");
    }

    private void assertRefused(String name, Platform platform, String offered) {
        var before = here.names(PublishedImages.path(name));
        String told = engine.facts().imageStore() == ImageStore.CLASSIC ? offered : "another platform";
        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> images.resolve(name, platform))
                .withMessage("For " + platform + " the registry gives an image of " + name + " that is for " + told
                        + ": it has no other, or its list of platforms is wrong. Use a tag that is really built for "
                        + platform + " ('docker manifest inspect " + name + "' lists the platforms), or leave this"
                        + " architecture out.");
        assertThat(here.names(PublishedImages.path(name))).isEqualTo(before);
    }
}
