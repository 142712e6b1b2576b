package dev.foreignarch.container;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.ElfIdentity;
import dev.foreignarch.image.PinnedImage;
import java.util.List;

/**
 * Tells that an image holds programs of another architecture than it says.
 *
 * @param image the image
 * @param architecture the architecture that was asked for
 * @param host the architecture of the engine's host
 */
record WrongProgram(PinnedImage image, Architecture architecture, Architecture host) {

    /** Return what to say of a program that was read before the start. */
    String read(String path, ElfIdentity identity) {
        boolean nativeHere = identity.equals(host.elf());
        return image.name() + " can't start on " + architecture + ": it starts with " + path + ", a program for "
                + identity.describe() + ", though the image says that it is for " + image.platform() + ". A machine of "
                + architecture + " refuses such a program (exec format error)"
                + (nativeHere
                        ? "; this engine would run it natively, and the test would tell nothing about " + architecture
                        : "")
                + "." + details();
    }

    /** Return what to say of a container of which no process is of the architecture. */
    String seen(List<String> processes, String when) {
        return image.name() + " does not run on " + architecture + ": the engine runs all of its processes otherwise ("
                + Looks.few(processes) + "; seen " + when + "), so they are no programs for " + architecture
                + ", though the image says that it is for " + image.platform() + ". A machine of " + architecture
                + " refuses such programs (exec format error), and the test tells nothing about " + architecture + "."
                + details();
    }

    private String details() {
        return "\n  image: " + image.id() + " for " + image.platform()
                + "\n  usual causes: the last stage of the Dockerfile begins with FROM --platform=$BUILDPLATFORM, which"
                + " takes the base image of the machine that builds; or a binary that this machine compiled for itself"
                + " was copied into the image, or by the test into the container"
                + "\n  try: tell the image's publisher. If it is yours, leave --platform=$BUILDPLATFORM to the stages that"
                + " only compile, compile for the target (in Go: GOARCH=$TARGETARCH), and copy the result into a last"
                + " stage without --platform.";
    }
}
