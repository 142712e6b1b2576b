package dev.foreignarch.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.PrivateEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A machine whose usual names stand for foreign images, as our own tests must be able to meet it. */
@Tag("engine")
class NativeImageTests {

    /** The mirror of {@code ./run host}; where there is none, the engine asks Docker Hub. */
    @RegisterExtension
    static final PrivateEngine HOST = PrivateEngine.with("--", "--registry-mirror", "http://127.0.0.1:5000");

    @Test
    void the_usual_name_stands_for_a_foreign_image_and_tests_get_a_native_one() {
        Engine engine = HOST.engine();
        EngineImages images = new EngineImages(engine);
        images.pull("busybox:1.36", "linux/s390x");
        String foreign = images.id("busybox:1.36").orElseThrow();

        String name = NativeImage.of(engine, "busybox:1.36");

        assertThat(images.run(name, "/bin/uname", "-m"))
                .isEqualTo(engine.facts().architecture().machineName());
        assertThat(images.id("busybox:1.36")).contains(foreign);
        assertThat(images.inspect("busybox:1.36").getArch())
                .isEqualTo(Architecture.S390X.platform().architecture());
    }
}
