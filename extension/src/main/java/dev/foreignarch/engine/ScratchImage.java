package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.arch.Platform;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * An image made of a few files, which needs no base image and no registry.
 *
 * @param name name and tag of the image
 * @param platform what the image says that it is for
 * @param files content of each file by its absolute path; a path that ends in a slash is an empty directory
 * @param labels labels of the image
 */
@API(status = INTERNAL, since = "0.1")
public record ScratchImage(String name, Platform platform, Map<String, byte[]> files, Map<String, String> labels) {

    private static final int DIRECTORY = 0755;

    /** Keep copies, in a fixed order: the same name and files make the same image. */
    public ScratchImage {
        files = new TreeMap<>(files);
        labels = new TreeMap<>(labels);
    }

    /**
     * Write the image in the form that {@code docker load} reads.
     *
     * @see <a href="https://github.com/moby/docker-image-spec">Docker image specification 1.2, combined image JSON and
     *     file system changeset format</a>
     */
    byte[] archive() {
        byte[] layer = layer();
        byte[] config = config("sha256:" + sha256(layer)).getBytes(UTF_8);
        String configName = sha256(config) + ".json";
        String manifest =
                "[{\"Config\":\"" + configName + "\",\"RepoTags\":[\"" + name + "\"],\"Layers\":[\"layer.tar\"]}]";
        return tar(new TreeMap<>(
                Map.of("/" + configName, config, "/layer.tar", layer, "/manifest.json", manifest.getBytes(UTF_8))));
    }

    /** Return what an engine calls the image's only layer: it tells the files. */
    String layerDigest() {
        return "sha256:" + sha256(layer());
    }

    private byte[] layer() {
        return tar(withDirectories());
    }

    /** Docker 20.10 makes directories that an archive leaves out, but so that only root with all its powers may look in. */
    private Map<String, byte[]> withDirectories() {
        Map<String, byte[]> all = new TreeMap<>(files);
        for (String path : files.keySet()) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                all.putIfAbsent(path.substring(0, slash + 1), new byte[0]);
            }
        }
        return all;
    }

    /**
     * The name is part of what the ID is made of. Docker's classic store removes an image in several steps: a name given
     * to the same ID between two of them is lost.
     */
    private String config(String layerDigest) {
        String variant = platform.variant() == null ? "" : ",\"variant\":\"" + platform.variant() + "\"";
        String labelling = labels.entrySet().stream()
                .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
                .collect(joining(",", "{", "}"));
        return "{\"author\":\"" + name + "\",\"os\":\"" + platform.os() + "\",\"architecture\":\""
                + platform.architecture() + "\"" + variant
                + ",\"config\":{\"Labels\":" + labelling + "},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + layerDigest + "\"]}}";
    }

    /** Without a date: the same files give the same layer, which the engine keeps once. */
    private static byte[] tar(Map<String, byte[]> files) {
        return TarArchive.of(files, DIRECTORY, 0);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JDK has SHA-256", exception);
        }
    }
}
