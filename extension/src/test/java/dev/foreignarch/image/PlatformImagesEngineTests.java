package dev.foreignarch.image;

import static dev.foreignarch.image.PublishedImages.AMD64;
import static dev.foreignarch.image.PublishedImages.ARM64;
import static dev.foreignarch.image.PublishedImages.ARM_V7;
import static dev.foreignarch.image.PublishedImages.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.engine.EngineLock;
import dev.foreignarch.image.LocalRegistry.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.utility.DockerImageName;

/** Whatever a tag stands for, the image of the platform is found, and the tag stays. */
@Tag("engine")
@Tag("each-store")
class PlatformImagesEngineTests extends PublishedImagesFixture {

    @Test
    void aTagThatWasNotThereIsNotThereAfterwards() {
        String name = images.publish("absent", "linux/amd64", "linux/s390x");

        PinnedImage image = images.resolve(name, S390X);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        assertThat(image.name()).isEqualTo(name);
        assertThat(here.names(PublishedImages.path(name)).stream().filter(it -> !it.contains("@")))
                .containsExactly(
                        PrivateTag.of(DockerImageName.parse(name), S390X).toString());
    }

    @Test
    void aTagOfTheHostsImageIsGivenBack() {
        String name = images.publish("present", "linux/amd64", "linux/s390x", "linux/arm/v7");
        here.pull(name);
        var before = here.id(name);

        PinnedImage s390x = images.resolve(name, S390X);
        PinnedImage arm = images.resolve(name, ARM_V7);

        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(s390x, "uname", "-m")).isEqualTo("s390x");
        assertThat(here.run(arm, "uname", "-m")).isEqualTo("armv7l");
    }

    @Test
    void theHostsImageCanBePulledAfterAForeignOne() {
        String name = images.publish("later", "linux/amd64", "linux/s390x");
        images.resolve(name, S390X);

        here.pull(name);

        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void aTagOfTheForeignImageIsUsedAsItIs() {
        String name = images.publish("foreign", "linux/amd64", "linux/s390x");
        here.pull(name, "linux/s390x");
        var before = here.names(PublishedImages.path(name));

        PinnedImage image = images.resolve(name, S390X);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        assertThat(here.names(PublishedImages.path(name))).isEqualTo(before);
    }

    @Test
    void aTagThatAnotherPulledMeanwhileStays() {
        String name = images.publish("meanwhile", "linux/amd64", "linux/s390x");
        BorrowedTag borrowed = BorrowedTag.of(new LocalImages(engine), DockerImageName.parse(name));
        here.pull(name, "linux/s390x");
        here.pull(name);

        borrowed.giveBack(now -> true);

        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void theEnginesOwnPlatformIsFoundLikeAnyOther() {
        String name = images.publish("own", "linux/amd64", "linux/s390x");
        here.pull(name, "linux/s390x");

        PinnedImage image = images.resolve(name, AMD64);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(images.resolve(name, S390X), "uname", "-m")).isEqualTo("s390x");
    }

    @Test
    void aKeptImageNeedsNoRegistry() {
        String name = images.publish("kept", "linux/amd64", "linux/s390x");
        PinnedImage first = images.resolve(name, S390X);
        LocalRegistry.publish(name, List.of(Entry.of("linux/amd64")));

        assertThat(images.resolve(name, S390X)).isEqualTo(first);
    }

    @Test
    void aKeptImageWaitsForNobody() throws Exception {
        String name = images.publish("unlocked", "linux/amd64", "linux/s390x");
        PinnedImage first = images.resolve(name, S390X);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        CompletableFuture<Boolean> other =
                CompletableFuture.supplyAsync(() -> EngineLock.holding(engine, FamiliarName.of(name), () -> {
                    held.countDown();
                    try {
                        return found.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                }));
        held.await();

        assertThat(images.resolve(name, S390X)).isEqualTo(first);

        found.countDown();
        assertThat(other.get()).isTrue();
    }

    @Test
    void aTagThatTheRegistryMovedIsGivenBackAsItWas() {
        String name = images.publish("moved", "linux/amd64", "linux/s390x");
        here.pull(name);
        var before = here.id(name);
        LocalRegistry.publish(name, List.of(Entry.of("linux/amd64"), Entry.of("linux/s390x"), Entry.of("linux/arm64")));

        PinnedImage image = images.resolve(name, S390X);

        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
    }

    @Test
    void aForeignImageLeavesNoDigestBesideTheHostsImage() {
        String name = images.publish("digest", "linux/amd64", "linux/s390x");
        here.pull(name);
        LocalRegistry.publish(name, List.of(Entry.of("linux/arm64"), Entry.of("linux/s390x")));
        var before = here.names(PublishedImages.path(name));

        images.resolve(name, S390X);

        assertThat(here.names(PublishedImages.path(name)))
                .filteredOn(it -> !it.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                .isEqualTo(List.copyOf(before));
    }

    @Test
    void aDigestOfAnIndexStandsForThePlatformAndIsForgotten() {
        String name = images.publish("by-digest", "linux/amd64", "linux/s390x");
        String digest = PublishedImages.repository(name) + "@" + LocalRegistry.digest(name);

        PinnedImage image = images.resolve(digest, S390X);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        here.pull(digest);
        assertThat(here.run(digest, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void versionSixOfArmStandsInForVersionSeven() {
        String name = LocalRegistry.publish(
                LocalRegistry.unique("v6") + ":1", List.of(new Entry("linux/arm/v6", "linux/arm/v5", "v6")));
        images.bring(name);

        PinnedImage image = images.resolve(name, ARM_V7);

        assertThat(image.platform()).isEqualTo(Platform.parse("linux/arm/v6"));
        assertThat(here.run(image, "uname", "-m")).isEqualTo("armv7l");
        assertThat(images.resolve(name, ARM_V7)).isEqualTo(image);
    }

    @Test
    void anArmImageWithoutAVariantIsTakenForAny() {
        String name = LocalRegistry.publish(
                LocalRegistry.unique("no-variant") + ":1", List.of(new Entry("linux/arm", "linux/arm/v7", "")));
        images.bring(name);

        assertThat(here.run(images.resolve(name, ARM_V7), "uname", "-m")).isEqualTo("armv7l");
    }

    @Test
    void anImageThatExistsOnlyHereIsUsed() {
        String source = images.publish("source", "linux/amd64", "linux/s390x");
        here.pull(source, "linux/s390x");
        String name = images.localCopy(source);

        assertThat(here.run(images.resolve(name, S390X), "uname", "-m")).isEqualTo("s390x");
    }

    @Test
    void aTagThatAKilledRunBorrowedIsGivenBack() {
        String name = images.publish("killed", "linux/amd64", "linux/s390x");
        here.pull(name);
        var before = here.id(name);
        killedWhileItHadTheTag(name);

        PinnedImage image = images.resolve(name, S390X);

        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        assertThat(here.id(held(name))).isEmpty();
    }

    @Test
    void aTagThatWasMovedAfterARunWasKilledStays() {
        String name = images.publish("killed-moved", "linux/amd64", "linux/s390x");
        here.pull(name);
        killedWhileItHadTheTag(name);
        LocalRegistry.publish(name, List.of(Entry.of("linux/amd64"), Entry.of("linux/arm64")));
        here.pull(name);
        var since = here.id(name);

        images.resolve(name, ARM64);

        assertThat(here.id(name)).isEqualTo(since);
        assertThat(here.id(held(name))).isEmpty();
    }

    /** What the engine looks like when a JVM is killed between its pull and giving the tag back. */
    private void killedWhileItHadTheTag(String name) {
        PrivateTag held = PrivateTag.holding(DockerImageName.parse(name));
        engine.client().tagImageCmd(name, held.repository(), held.tag()).exec();
        LocalRegistry.publish(name, List.of(Entry.of("linux/s390x")));
        here.pull(name, "linux/s390x");
        assertThat(here.run(name, "uname", "-m")).isEqualTo("s390x");
    }

    private static String held(String name) {
        return PrivateTag.holding(DockerImageName.parse(name)).toString();
    }

    @Test
    void theDocumentedCommandRemovesPrivateTags() throws Exception {
        String name = images.publish("cleanup", "linux/amd64", "linux/s390x");
        here.pull(name);
        images.resolve(name, S390X);

        // As in the documentation of PlatformImages, but for this test's image only.
        String command = "docker images --format '{{.Repository}}:{{.Tag}}' | grep '^foreignarch.local/' | grep "
                + PublishedImages.path(name) + " | xargs -r docker rmi";
        int exitCode = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();

        assertThat(exitCode).isZero();
        assertThat(here.names(PublishedImages.path(name)))
                .isNotEmpty()
                .noneMatch(it -> it.startsWith(PlatformImages.PRIVATE_REPOSITORY));
    }

    @Test
    void lookingAtAnImageLeavesNoneOfItsVolumes(@TempDir Path directory) throws Exception {
        Path recipe = Files.writeString(
                directory.resolve("Dockerfile"), "FROM " + NativeImage.of("busybox:1.36") + "\nVOLUME /data\n");
        String name = images.bring("foreignarch-test/volume-" + UUID.randomUUID() + ":1");
        engine.client()
                .buildImageCmd(recipe.toFile())
                .withTags(Set.of(name))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        var before = volumes();

        assertThat(images.resolve(name, AMD64).platform()).isEqualTo(AMD64);

        assertThat(volumes()).isEqualTo(before);
    }

    private Set<String> volumes() {
        List<InspectVolumeResponse> volumes =
                engine.client().listVolumesCmd().exec().getVolumes();
        return volumes == null
                ? Set.of()
                : volumes.stream().map(InspectVolumeResponse::getName).collect(Collectors.toSet());
    }
}
