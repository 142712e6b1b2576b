package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QemuVersionTests {

    private static final String LINE = "qemu-arm version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)";

    @Test
    void anEmulatorsFileHasTheLineThatItPrints() {
        assertThat(QemuVersion.writtenIn(emulator("arm", "\u0001\u0000" + LINE + "\nCopyright\u0000")))
                .contains(LINE);
    }

    @Test
    void theVersionOfAnotherTargetIsNotTaken() {
        assertThat(QemuVersion.writtenIn(emulator("armeb", LINE))).isEmpty();
    }

    @Test
    void aPatternWithoutANumberIsNoVersion() {
        assertThat(QemuVersion.writtenIn(emulator("arm", "qemu-arm version %s\u0000 7.2.22")))
                .isEmpty();
    }

    @Test
    void theMajorNumberIsTakenFromTheLine() {
        assertThat(QemuVersion.major(LINE)).isEqualTo(7);
        assertThat(QemuVersion.number(LINE)).isEqualTo("7.2.22");
        assertThat(QemuVersion.major("no emulator")).isZero();
    }

    private static Emulator emulator(String target, String content) {
        return new Emulator(target, content.getBytes(ISO_8859_1), "this test");
    }
}
