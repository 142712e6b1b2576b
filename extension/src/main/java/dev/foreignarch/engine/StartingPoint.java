package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** What a container is going to start with: a command, its surroundings, and the files that it may lead to. */
@API(status = INTERNAL, since = "0.1")
public interface StartingPoint {

    /** Return the program that is started, as it is written in the image or by the creator, and its arguments. */
    List<String> command();

    /** Return the absolute path of the directory that it is started in. */
    String directory();

    /** Return the value of a variable, if the program finds it in its environment. */
    Optional<String> variable(String name);

    /**
     * Find a file.
     *
     * @param path absolute path, through symbolic links
     * @param length how many bytes of it are read, at most
     * @return the file, if there is one at the path
     * @throws EngineException if the engine does not show what is there
     */
    Optional<ContainerFile> find(String path, int length);
}
