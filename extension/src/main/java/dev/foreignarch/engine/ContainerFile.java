package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * A file of a container.
 *
 * @param asked the path that was asked for
 * @param path where the symbolic links have led from there
 * @param executable whether anybody may execute it
 * @param beginning its first bytes
 */
@API(status = INTERNAL, since = "0.1")
public record ContainerFile(String asked, String path, boolean executable, byte[] beginning) {}
