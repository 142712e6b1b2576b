package dev.foreignarch.image;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.arch.Platform;
import java.util.List;
import org.apiguardian.api.API;

/**
 * An image of one platform, by which a container can be created whatever happens to tags meanwhile.
 *
 * @param name the name that the user gave
 * @param id the engine's ID of the image; it must be used together with the platform, since on some engines it stands
 *     for several platforms
 * @param platform the platform to create containers with
 * @param tcpPorts TCP ports that the image declares
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record PinnedImage(String name, String id, Platform platform, List<Integer> tcpPorts) {

    /** Keep a copy of the ports. */
    public PinnedImage {
        tcpPorts = List.copyOf(tcpPorts);
    }
}
