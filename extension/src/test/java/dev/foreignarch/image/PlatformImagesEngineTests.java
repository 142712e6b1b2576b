package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Platform;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.ImageStore;
import dev.foreignarch.image.LocalRegistry.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

@Tag("engine")
@Tag("each-store")
class PlatformImagesEngineTests {

    private static final Platform S390X = Platform.parse("linux/s390x");
    private static final Platform ARM_V7 = Platform.parse("linux/arm/v7");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    private final Engine engine = Engine.ofTestcontainers();
    private final EngineImages here = new EngineImages(engine);
    private final PlatformImages images = new PlatformImages(engine);
    private final List<String> published = new ArrayList<>();

    @BeforeAll
    static void programsOfTheImagesRun() {
        try (Emulation emulation = Emulation.onDefaultEngine(EmulationSettings.DEFAULT)) {
            emulation
                    .prepare(List.of(Architecture.S390X, Architecture.ARM32V7, Architecture.ARM64V8))
                    .values()
                    .forEach(Verdict::orThrow);
        }
    }

    @AfterEach
    void removeWhatThisTestBrought() {
        published.forEach(name -> here.remove(path(name)));
    }

    @Test
    void aTagThatWasNotThereIsNotThereAfterwards() {
        String name = published("absent", "linux/amd64", "linux/s390x");

        PinnedImage image = resolve(name, S390X);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        assertThat(image.name()).isEqualTo(name);
        assertThat(here.names(path(name)).stream().filter(it -> !it.contains("@")))
                .containsExactly(kept(name, S390X));
    }

    @Test
    void aTagOfTheHostsImageIsGivenBack() {
        String name = published("present", "linux/amd64", "linux/s390x", "linux/arm/v7");
        here.pull(name);
        var before = here.id(name);

        PinnedImage s390x = resolve(name, S390X);
        PinnedImage arm = resolve(name, ARM_V7);

        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(s390x, "uname", "-m")).isEqualTo("s390x");
        assertThat(here.run(arm, "uname", "-m")).isEqualTo("armv7l");
    }

    @Test
    void theHostsImageCanBePulledAfterAForeignOne() {
        String name = published("later", "linux/amd64", "linux/s390x");
        resolve(name, S390X);

        here.pull(name);

        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void aTagOfTheForeignImageIsUsedAsItIs() {
        String name = published("foreign", "linux/amd64", "linux/s390x");
        here.pull(name, "linux/s390x");
        var before = here.names(path(name));

        PinnedImage image = resolve(name, S390X);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        assertThat(here.names(path(name))).isEqualTo(before);
    }

    @Test
    void theEnginesOwnPlatformIsFoundLikeAnyOther() {
        String name = published("own", "linux/amd64", "linux/s390x");
        here.pull(name, "linux/s390x");

        PinnedImage image = resolve(name, AMD64);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(resolve(name, S390X), "uname", "-m")).isEqualTo("s390x");
    }

    @Test
    void aKeptImageNeedsNoRegistry() {
        String name = published("kept", "linux/amd64", "linux/s390x");
        PinnedImage first = resolve(name, S390X);
        LocalRegistry.publish(name, List.of(Entry.of("linux/amd64")));

        assertThat(resolve(name, S390X)).isEqualTo(first);
    }

    @Test
    void aTagThatTheRegistryMovedIsGivenBackAsItWas() {
        String name = published("moved", "linux/amd64", "linux/s390x");
        here.pull(name);
        var before = here.id(name);
        LocalRegistry.publish(name, List.of(Entry.of("linux/amd64"), Entry.of("linux/s390x"), Entry.of("linux/arm64")));

        PinnedImage image = resolve(name, S390X);

        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
    }

    @Test
    void aForeignImageLeavesNoDigestBesideTheHostsImage() {
        String name = published("digest", "linux/amd64", "linux/s390x");
        here.pull(name);
        LocalRegistry.publish(name, List.of(Entry.of("linux/arm64"), Entry.of("linux/s390x")));
        var before = here.names(path(name));

        resolve(name, S390X);

        assertThat(here.names(path(name)))
                .filteredOn(it -> !it.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                .isEqualTo(List.copyOf(before));
    }

    @Test
    void aDigestOfAnIndexStandsForThePlatformAndIsForgotten() {
        String name = published("by-digest", "linux/amd64", "linux/s390x");
        String digest = repository(name) + "@" + LocalRegistry.digest(name);

        PinnedImage image = resolve(digest, S390X);

        assertThat(here.run(image, "uname", "-m")).isEqualTo("s390x");
        here.pull(digest);
        assertThat(here.run(digest, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void versionSixOfArmStandsInForVersionSeven() {
        String name = LocalRegistry.publish(
                LocalRegistry.unique("v6") + ":1", List.of(new Entry("linux/arm/v6", "linux/arm/v5", "v6")));
        published.add(name);

        PinnedImage image = resolve(name, ARM_V7);

        assertThat(image.platform()).isEqualTo(Platform.parse("linux/arm/v6"));
        assertThat(here.run(image, "uname", "-m")).isEqualTo("armv7l");
        assertThat(resolve(name, ARM_V7)).isEqualTo(image);
    }

    @Test
    void anArmImageWithoutAVariantIsTakenForAny() {
        String name = LocalRegistry.publish(
                LocalRegistry.unique("no-variant") + ":1", List.of(new Entry("linux/arm", "linux/arm/v7", "")));
        published.add(name);

        assertThat(here.run(resolve(name, ARM_V7), "uname", "-m")).isEqualTo("armv7l");
    }

    @Test
    void versionFiveOfArmDoesNotStandInForVersionSeven() {
        String name = published("v5", "linux/arm/v5");

        assertRefused(name, ARM_V7, "linux/arm/v5");
    }

    @Test
    void sixtyFourBitArmIsNeverAnsweredByThirtyTwoBits() {
        String name = published("arm32", "linux/amd64", "linux/arm/v7");

        assertRefused(name, ARM64, "linux/arm/v7");
    }

    @Test
    void amd64IsNeverAnsweredByItsAncestor() {
        String name = published("i386", "linux/386");

        assertRefused(name, AMD64, "linux/386");
    }

    @Test
    void anImageOfOnePlatformOnlyIsRefusedForAnother() {
        String name = LocalRegistry.publishSingle("single", "linux/amd64");
        published.add(name);

        assertRefused(name, S390X, "linux/amd64");
    }

    @Test
    void aWrongListOfPlatformsIsSeenThrough() {
        String name = LocalRegistry.publish(
                LocalRegistry.unique("mislabeled") + ":1",
                List.of(new Entry("linux/arm64", "linux/arm/v7", "-"), Entry.of("linux/amd64")));
        published.add(name);

        assertRefused(name, ARM64, "linux/arm/v7");
    }

    @Test
    void aPlatformThatIsNotOfferedIsRefusedInWords() {
        String name = published("not-offered", "linux/amd64");
        here.pull(name);
        var before = here.names(path(name));

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> resolve(name, S390X))
                .withMessageMatching("\\Q" + name + "\\E is not offered for linux/s390x \\(no match[^)]*\\)\\. What the"
                        + " engine has under this name is for linux/amd64\\. Use a tag that is built for this platform"
                        + " \\('docker manifest inspect \\Q" + name + "\\E' lists the platforms\\), or leave this"
                        + " architecture out\\.");
        assertThat(here.names(path(name))).isEqualTo(before);
    }

    @Test
    void anUnknownImageIsRefusedInWords() {
        String name = LocalRegistry.ADDRESS + "/" + LocalRegistry.unique("unknown") + ":1";

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> resolve(name, S390X))
                .withMessageMatching("\\Q" + name + "\\E can't be pulled for linux/s390x \\(.*\\)\\. Check the name,"
                        + " and that the engine reaches the registry: docker pull --platform linux/s390x \\Q" + name
                        + "\\E");
    }

    @Test
    void anImageThatExistsOnlyHereIsUsed() {
        String source = published("source", "linux/amd64", "linux/s390x");
        here.pull(source, "linux/s390x");
        String name = localCopy(source);

        assertThat(here.run(resolve(name, S390X), "uname", "-m")).isEqualTo("s390x");
    }

    @Test
    void anImageThatExistsOnlyHereIsRefusedForAnotherPlatform() {
        String source = published("host-source", "linux/amd64");
        here.pull(source);
        String name = localCopy(source);
        var before = here.id(name);

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> resolve(name, S390X))
                .withMessageMatching(
                        "\\Q" + name + "\\E can't be pulled for linux/s390x \\(.*\\)\\. What the engine has"
                                + " under this name is for linux/amd64\\. If it is your own image, build it for this platform,"
                                + " too: docker build --platform linux/s390x -t \\Q" + name + "\\E …");
        assertThat(here.id(name)).isEqualTo(before);
    }

    @Test
    void anImageThatTestcontainersBuiltForTheHostIsRefusedWithoutAPull() {
        String source = published("built", "linux/amd64");
        here.pull(source);
        String name =
                "localhost/testcontainers/" + LocalRegistry.unique("built").substring(17) + ":1";
        published.add(name);
        tag(source, name);

        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> resolve(name, S390X))
                .withMessage(name + " was built for linux/amd64, not for linux/s390x. Build it for this platform: new"
                        + " ImageFromDockerfile().withBuildImageCmdModifier(build ->"
                        + " build.withPlatform(\"linux/s390x\"))…");
    }

    @Test
    void theDocumentedCommandRemovesPrivateTags() throws Exception {
        String name = published("cleanup", "linux/amd64", "linux/s390x");
        here.pull(name);
        resolve(name, S390X);

        // As in the documentation of PlatformImages, but for this test's image only.
        String command = "docker images --format '{{.Repository}}:{{.Tag}}' | grep '^foreignarch.local/' | grep "
                + path(name) + " | xargs -r docker rmi";
        int exitCode = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();

        assertThat(exitCode).isZero();
        assertThat(here.names(path(name)))
                .isNotEmpty()
                .noneMatch(it -> it.startsWith(PlatformImages.PRIVATE_REPOSITORY));
    }

    @Test
    void manyJvmsAtOnceGetTheirPlatformsAndLeaveTheTagAlone() {
        String name = published("jvms", "linux/amd64", "linux/s390x", "linux/arm/v7", "linux/arm64");
        here.pull(name);
        var before = here.id(name);

        List<OtherJvm> jvms = Stream.of("linux/s390x", "linux/arm/v7", "linux/arm64", "linux/s390x", "linux/arm/v7")
                .map(platform -> OtherJvm.start(ResolveAndRun.class, name, platform))
                .toList();

        assertThat(jvms.stream().map(OtherJvm::output))
                .containsExactly("s390x", "armv7l", "aarch64", "s390x", "armv7l");
        assertThat(here.id(name)).isEqualTo(before);
        assertThat(here.run(name, "uname", "-m")).isEqualTo("x86_64");
    }

    @Test
    void sixtyContainersAtOnceRunOnTheirPlatformsAndLeaveTheTagAlone() throws Exception {
        for (int round = 0; round < Integer.getInteger("foreignarch.test.race.rounds", 2); round++) {
            String name = published("race", "linux/amd64", "linux/s390x", "linux/arm/v7", "linux/arm64");
            here.pull(name);
            var before = here.names(path(name));
            var idBefore = here.id(name);

            assertThat(raceOfSixty(name)).isEqualTo(Map.of("s390x", 20, "armv7l", 20, "aarch64", 20));

            assertThat(here.id(name)).isEqualTo(idBefore);
            assertThat(here.names(path(name)))
                    .filteredOn(it -> !it.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                    .isEqualTo(List.copyOf(before));
            removeWhatThisTestBrought();
        }
    }

    /** Every container says on which machine it runs; a wrong one counts under the name of what was asked for, too. */
    private Map<String, Integer> raceOfSixty(String name) throws Exception {
        Map<Platform, String> machines = Map.of(S390X, "s390x", ARM_V7, "armv7l", ARM64, "aarch64");
        List<Callable<String>> starts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            machines.forEach((platform, machine) -> starts.add(() -> {
                String actual = here.run(resolve(name, platform), "uname", "-m");
                return actual.equals(machine) ? machine : machine + " was answered by " + actual;
            }));
        }
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            Map<String, Integer> counts = new TreeMap<>();
            for (Future<String> start : threads.invokeAll(starts)) {
                counts.merge(start.get(), 1, Integer::sum);
            }
            return counts;
        } finally {
            threads.shutdown();
        }
    }

    /** What one of many JVMs does. */
    static final class ResolveAndRun {
        public static void main(String[] arguments) {
            Engine engine = Engine.ofTestcontainers();
            PinnedImage image = new PlatformImages(engine)
                    .resolve(DockerImageName.parse(arguments[0]), Platform.parse(arguments[1]));
            System.out.println(new EngineImages(engine).run(image, "uname", "-m"));
        }
    }

    private String localCopy(String source) {
        String name = "foreignarch-test.local/" + LocalRegistry.unique("local") + ":1";
        published.add(name);
        tag(source, name);
        return name;
    }

    private void tag(String source, String name) {
        engine.client().tagImageCmd(source, repository(name), "1").exec();
    }

    private void assertRefused(String name, Platform platform, String offered) {
        var before = here.names(path(name));
        String told = engine.facts().imageStore() == ImageStore.CLASSIC ? offered : "another platform";
        assertThatExceptionOfType(PlatformImageException.class)
                .isThrownBy(() -> resolve(name, platform))
                .withMessage("For " + platform + " the registry gives an image of " + name + " that is for " + told
                        + ": it has no other, or its list of platforms is wrong. Use a tag that is really built for "
                        + platform + " ('docker manifest inspect " + name + "' lists the platforms), or leave this"
                        + " architecture out.");
        assertThat(here.names(path(name))).isEqualTo(before);
    }

    private PinnedImage resolve(String name, Platform platform) {
        return images.resolve(DockerImageName.parse(name), platform);
    }

    private String published(String name, String... platforms) {
        String full = LocalRegistry.publish(name, platforms);
        published.add(full);
        return full;
    }

    private static String kept(String name, Platform platform) {
        return PrivateTag.of(DockerImageName.parse(name), platform).toString();
    }

    /** The part of a name that no other test has, and that is in its private tags, too. */
    private static String path(String name) {
        return name.substring(name.indexOf('/') + 1, name.lastIndexOf(name.contains("@") ? '@' : ':'));
    }

    private static String repository(String name) {
        return DockerImageName.parse(name).getUnversionedPart();
    }
}
