package dev.foreignarch.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.engine.Engine;
import dev.foreignarch.image.PinnedImage;
import dev.foreignarch.image.PlatformImages;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.utility.DockerImageName;

/** Holds the table of identities against real programs, which somebody else has compiled. */
@Tag("engine")
class ForeignProgramsTests {

    private final Engine engine = Engine.ofTestcontainers();

    @ParameterizedTest
    @EnumSource(names = {"AMD64", "I386", "ARM32V5", "ARM32V7", "ARM64V8", "MIPS64LE", "PPC64LE", "S390X"})
    void have_the_identity_of_their_architecture(Architecture architecture) {
        PinnedImage image =
                new PlatformImages(engine).resolve(DockerImageName.parse("busybox:1.36"), architecture.platform());

        byte[] program = engine.readFirst(image.id(), List.of("/bin/busybox"))
                .orElseThrow()
                .getValue();

        assertThat(ElfFile.read(program)).hasValueSatisfying(file -> {
            assertThat(file.identity()).isEqualTo(architecture.elf());
            assertThat(file.loader()).isEmpty();
        });
    }
}
