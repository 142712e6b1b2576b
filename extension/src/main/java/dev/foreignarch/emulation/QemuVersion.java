package dev.foreignarch.emulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an emulator says of its version, for example {@code qemu-arm version 7.2.22 (Debian 1:7.2+dfsg-7)}. */
final class QemuVersion {

    private static final Pattern NUMBER = Pattern.compile("version (\\d{1,6})((?:\\.\\d+)*)");

    private QemuVersion() {}

    /** Return the line that an emulator prints, if its file has it in one piece. */
    static Optional<String> writtenIn(Emulator emulator) {
        Matcher line = Pattern.compile("qemu-" + Pattern.quote(emulator.target()) + " version \\d+\\.[^\\n\\x00]*")
                .matcher(new String(emulator.content(), ISO_8859_1));
        return line.find() ? Optional.of(line.group()) : Optional.empty();
    }

    /** Return the number, or the whole text where there is none. */
    static String number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.find() ? number.group(1) + number.group(2) : text;
    }

    /** Return the first part of the number, or 0 where there is none. */
    static int major(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }
}
