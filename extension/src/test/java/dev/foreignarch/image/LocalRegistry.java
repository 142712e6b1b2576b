package dev.foreignarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foreignarch.arch.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The registry of the machine that runs the tests, where they publish images under names of their own. Their content is
 * that of busybox, for whatever platforms a test needs, correctly labeled or not.
 */
public final class LocalRegistry {

    /** Host and port of the registry, as the engine and this machine know it. */
    public static final String ADDRESS = "127.0.0.1:5000";

    private static final String BUSYBOX = "library/busybox";
    private static final String INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private LocalRegistry() {}

    /**
     * An image in an index.
     *
     * @param listedAs platform that the index says
     * @param content platform that the image is really for
     * @param variant variant that the image's own configuration says; {@code -} for the true one, empty for none
     */
    public record Entry(String listedAs, String content, String variant) {

        /** Make an honest entry. */
        public static Entry of(String platform) {
            return new Entry(platform, platform, "-");
        }
    }

    /** Publish an image of several platforms under a name that nobody else has, and return that name with its tag. */
    public static String publish(String name, String... platforms) {
        return publish(
                unique(name) + ":1",
                java.util.Arrays.stream(platforms).map(Entry::of).toList());
    }

    /** Make a repository name that nobody else has. */
    public static String unique(String name) {
        return "foreignarch-test/" + name + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }

    /** Publish an index under a name and tag, which it replaces, and return the name as an engine knows it. */
    public static String publish(String nameAndTag, List<Entry> entries) {
        String[] target = nameAndTag.replace(ADDRESS + "/", "").split(":");
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (Entry entry : entries) {
            byte[] manifest = manifest(target[0], entry);
            put(target[0], sha256(manifest), manifest, mediaType(manifest));
            Platform platform = Platform.parse(entry.listedAs());
            ObjectNode listed = manifests
                    .addObject()
                    .put("mediaType", mediaType(manifest))
                    .put("size", manifest.length)
                    .put("digest", sha256(manifest));
            ObjectNode listedPlatform =
                    listed.putObject("platform").put("os", platform.os()).put("architecture", platform.architecture());
            if (platform.variant() != null) {
                listedPlatform.put("variant", platform.variant());
            }
        }
        put(target[0], target[1], bytes(index), INDEX);
        return ADDRESS + "/" + target[0] + ":" + target[1];
    }

    /** Publish an image of one platform, without an index. */
    public static String publishSingle(String name, String platform) {
        String full = ADDRESS + "/" + unique(name) + ":1";
        publishSingleAs(full, platform);
        return full;
    }

    /** Publish an image of one platform, without an index, under a name and tag, which it replaces. */
    public static void publishSingleAs(String nameAndTag, String platform) {
        String[] target = nameAndTag.replace(ADDRESS + "/", "").split(":");
        byte[] manifest = manifest(target[0], Entry.of(platform));
        put(target[0], target[1], manifest, mediaType(manifest));
    }

    /** Return the digest that a name stands for in the registry. */
    public static String digest(String nameAndTag) {
        String[] target = nameAndTag.replace(ADDRESS + "/", "").split(":");
        return sha256(get("/v2/" + target[0] + "/manifests/" + target[1]));
    }

    private static byte[] manifest(String repository, Entry entry) {
        JsonNode index = read(get("/v2/" + BUSYBOX + "/manifests/1.36"));
        Platform wanted = Platform.parse(entry.content());
        for (JsonNode candidate : index.get("manifests")) {
            JsonNode platform = candidate.get("platform");
            Platform offered = new Platform(
                    platform.get("os").asText(),
                    platform.get("architecture").asText(),
                    platform.path("variant").asText(""));
            if (offered.equals(wanted)) {
                byte[] manifest = get("/v2/" + BUSYBOX + "/manifests/"
                        + candidate.get("digest").asText());
                return relabeled(repository, entry, manifest);
            }
        }
        throw new IllegalArgumentException("busybox is not there for " + entry.content());
    }

    private static byte[] relabeled(String repository, Entry entry, byte[] manifest) {
        ObjectNode parsed = (ObjectNode) read(manifest);
        parsed.get("layers")
                .forEach(layer -> mount(repository, layer.get("digest").asText()));
        String configDigest = parsed.get("config").get("digest").asText();
        if (entry.variant().equals("-")) {
            mount(repository, configDigest);
            return manifest;
        }
        ObjectNode config = (ObjectNode) read(get("/v2/" + BUSYBOX + "/blobs/" + configDigest));
        config.remove("variant");
        if (!entry.variant().isEmpty()) {
            config.put("variant", entry.variant());
        }
        byte[] content = bytes(config);
        upload(repository, content);
        ((ObjectNode) parsed.get("config")).put("digest", sha256(content)).put("size", content.length);
        return bytes(parsed);
    }

    private static String mediaType(byte[] manifest) {
        return read(manifest).path("mediaType").asText(MANIFEST);
    }

    private static void mount(String repository, String digest) {
        send(
                request("/v2/" + repository + "/blobs/uploads/?mount=" + digest + "&from=" + BUSYBOX)
                        .POST(HttpRequest.BodyPublishers.noBody()),
                201);
    }

    private static void upload(String repository, byte[] content) {
        HttpResponse<byte[]> started =
                send(request("/v2/" + repository + "/blobs/uploads/").POST(HttpRequest.BodyPublishers.noBody()), 202);
        String location = started.headers().firstValue("Location").orElseThrow();
        String query = (location.contains("?") ? "&" : "?") + "digest=" + sha256(content);
        send(
                HttpRequest.newBuilder(URI.create(location.startsWith("/") ? "http://" + ADDRESS + location : location)
                                .resolve(location + query))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content)),
                201);
    }

    private static void put(String repository, String reference, byte[] manifest, String type) {
        send(
                request("/v2/" + repository + "/manifests/" + reference)
                        .header("Content-Type", type)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest)),
                201);
    }

    private static byte[] get(String path) {
        return send(
                        request(path)
                                .header("Accept", String.join(",", INDEX, MANIFEST, OCI_INDEX, OCI_MANIFEST))
                                .GET(),
                        200)
                .body();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + ADDRESS + path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, int expected) {
        HttpRequest built = request.build();
        try {
            HttpResponse<byte[]> response = HTTP.send(built, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != expected) {
                throw new IllegalStateException(built.method() + " " + built.uri() + " was answered by "
                        + response.statusCode() + ": " + new String(response.body(), UTF_8));
            }
            return response;
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "No registry at " + ADDRESS + ": './run host up' starts one and fills it", exception);
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
