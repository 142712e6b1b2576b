package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import org.junit.jupiter.api.Test;

@ForeignArch("arm64v8")
@ForeignJvm(image = "eclipse-temurin:17-jre")
class InForeignJvmTests {

    @Test
    void runsInJvmOfArchitecture() {
        assertEquals("aarch64", System.getProperty("os.arch"));
    }
}
