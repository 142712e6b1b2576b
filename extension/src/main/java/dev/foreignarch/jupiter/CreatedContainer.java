package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.arch.Architecture;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A container that Testcontainers created while a test, or its class, ran.
 *
 * @param image name of its image
 * @param create the command that creates it; the container's own modifiers may change it yet
 * @param certain whether it is that test's, and not perhaps one's that ran at the same time
 */
record CreatedContainer(String image, CreateContainerCmd create, boolean certain) {

    /** What Testcontainers starts for its own sake. */
    private static final Pattern HELPER =
            Pattern.compile("(.*/)?(ryuk|testcontainers/(sshd|vnc-recorder)|alpine/socat)([:@].*)?");

    /** Return whether a container is none of a test's, but serves Testcontainers itself. */
    static boolean isHelper(CreateContainerCmd create) {
        return HELPER.matcher(String.valueOf(create.getImage())).matches();
    }

    /** Return the architecture that its creator has asked the engine for. */
    Optional<Architecture> asked() {
        return Optional.ofNullable(create.getPlatform()).flatMap(Architecture::find);
    }
}
