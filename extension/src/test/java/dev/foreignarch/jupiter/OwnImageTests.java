package dev.foreignarch.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.EngineImages;
import dev.foreignarch.image.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;

/** Images that the publisher has built for several platforms and not published yet. */
@Tag("engine")
class OwnImageTests {

    private final Engine engine = Engine.ofTestcontainers();
    private final EngineImages here = new EngineImages(engine);
    private final String base = LocalRegistry.publish("own-base", "linux/s390x", "linux/arm64");
    private final String path = "foreignarch-test/own-" + UUID.randomUUID();

    @AfterEach
    void removeWhatThisTestBrought() {
        here.remove(path);
        here.remove(base.substring(base.indexOf('/') + 1, base.lastIndexOf(':')));
    }

    @Test
    void eachPlatformHasANameOfItsOwn(@TempDir Path directory) throws IOException {
        Path recipe =
                Files.writeString(directory.resolve("Dockerfile"), "FROM " + base + "\nRUN uname -m > /built-on\n");
        for (Architecture architecture : List.of(Architecture.S390X, Architecture.ARM64V8)) {
            engine.client()
                    .buildImageCmd(recipe.toFile())
                    .withPlatform(architecture.platform().toString())
                    .withTags(Set.of(path + ":1.0-" + architecture))
                    .exec(new BuildImageResultCallback())
                    .awaitImageId();
        }

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(AppTestCase.class))
                .configurationParameter("app.image", path)
                .configurationParameter("project.version", "1.0")
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(2).failed(0));

        assertThat(here.names(path)).containsExactly(path + ":1.0-arm64v8", path + ":1.0-s390x");
    }

    @ForeignArch({"s390x", "arm64v8"})
    static class AppTestCase {

        @ForeignContainer("${app.image}:${project.version}-{docker}")
        GenericContainer<?> app;

        @Test
        void wasBuiltForItsArchitecture(Architecture architecture) throws Exception {
            assertEquals(
                    architecture.machineName(),
                    app.execInContainer("cat", "/built-on").getStdout().strip());
        }
    }
}
