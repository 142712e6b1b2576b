package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * How an engine keeps images. It decides what a tag can hold.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum ImageStore {
    /** A tag is the image of one platform, and pulling another platform moves the tag (Docker's graph drivers). */
    CLASSIC,

    /** A tag is an index that gathers platforms (Docker's containerd snapshotters, the default since Docker 29). */
    CONTAINERD
}
