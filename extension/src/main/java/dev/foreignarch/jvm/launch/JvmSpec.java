package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A JVM that somebody wants. Equal specifications may share one.
 *
 * @param architecture its architecture
 * @param name what the user calls the architecture
 * @param image image to take it from, if the user names one
 * @param arguments the user's arguments for it
 * @param properties system properties
 * @param files files to copy into its working directory, relative to the local one
 * @param network network of its container, as the engine names it: the default one if empty
 * @param debug whether it waits for a debugger
 */
@API(status = INTERNAL, since = "0.1")
public record JvmSpec(
        Architecture architecture,
        String name,
        Optional<String> image,
        List<String> arguments,
        Map<String, String> properties,
        List<String> files,
        Optional<String> network,
        boolean debug) {

    /** Keep copies. */
    public JvmSpec {
        arguments = List.copyOf(arguments);
        properties = Map.copyOf(properties);
        files = List.copyOf(files);
    }

    /** Return the same, with one more argument. */
    public JvmSpec with(String argument) {
        List<String> more = new ArrayList<>(arguments);
        more.add(argument);
        return new JvmSpec(architecture, name, image, more, properties, files, network, debug);
    }
}
