package dev.foreignarch.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * The engine that the user names. Where Testcontainers can't use that one, it quietly takes another: then the tests would
 * run on a machine that nobody meant, and a handler be registered with the wrong kernel.
 *
 * @param setting what names it
 * @param value what stands there
 */
record NamedEngine(String setting, String value) {

    private static final String VARIABLE = "DOCKER_HOST";
    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:[\\w.-]+|\\[[0-9a-fA-F:.]+]):\\d+");
    private static final Pattern AUTHORITY = Pattern.compile("https?://([^/]+)/*");

    /** Return the engine that the user names, if any. */
    static Optional<NamedEngine> current() {
        TestcontainersConfiguration settings = TestcontainersConfiguration.getInstance();
        // Testcontainers Desktop and Cloud write this one, and it is the first that counts.
        if (settings.getUserProperty("tc.host", null) != null) {
            return Optional.empty();
        }
        return Optional.ofNullable(settings.getEnvVarOrUserProperty("docker.host", null))
                .map(value -> new NamedEngine(
                        value.equals(System.getenv(VARIABLE))
                                ? VARIABLE
                                : "docker.host in ~/.testcontainers.properties",
                        value));
    }

    /**
     * Insist on an address that Testcontainers can use.
     *
     * @throws EngineException if it is of another kind; the message tells what to write
     */
    void mustBeUsable() {
        String scheme = Objects.requireNonNullElse(uri().map(URI::getScheme).orElse(null), "");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        if (scheme.equals("tcp") || scheme.equals("unix") || (scheme.equals("npipe") && windows)) {
            return;
        }
        String reason = switch (scheme) {
            case "ssh" -> ssh(uri().orElseThrow());
            case "npipe" -> "only Windows has named pipes. " + set(USUAL) + ", or leave it unset.";
            case "http" -> "an engine's address begins with tcp://, also where it speaks HTTP. " + set(tcp()) + ".";
            case "https" ->
                "an engine's address begins with tcp://, also where it speaks HTTPS. " + set(tcp())
                        + ", DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the directory of the certificates.";
            default -> withoutScheme();
        };
        throw new EngineException(setting + " is '" + value + "', which can't be used: " + reason, null);
    }

    /**
     * Insist on the engine that was named.
     *
     * @param reached where Testcontainers has found one
     * @throws EngineException if that is another one
     */
    void mustBe(URI reached) {
        if (!reached.toString().equals(value)) {
            throw new EngineException(
                    "No container engine answers at " + value + ", which " + setting
                            + " names. Testcontainers found one"
                            + " at " + reached
                            + ", which is not used: it may be another machine's. Start the engine that"
                            + " is named ('docker -H " + value + " info' asks it), or name none to have one found.",
                    null);
        }
    }

    /** Return what is said where no engine answers at all. */
    String silence() {
        return "No container engine answers at " + value + ", which " + setting
                + " names. Start it, or name another one:" + " 'docker -H " + value
                + " info' must work for the user who runs the tests.";
    }

    private String ssh(URI address) {
        String host = Objects.requireNonNullElse(address.getHost(), "HOST");
        String user = address.getUserInfo() == null ? "" : address.getUserInfo() + "@";
        String port = address.getPort() < 0 ? "" : "-p " + address.getPort() + " ";
        String socket = address.getPath().length() > 1 ? address.getPath() : "/var/run/docker.sock";
        String here = "/tmp/docker-" + host + ".sock";
        return "Testcontainers, through which ForeignArch reaches the engine, does not speak SSH. Forward the engine's"
                + " socket: ssh -nNT " + port + "-L " + here + ":" + socket + " " + user + host + ". Then set "
                + VARIABLE
                + "=unix://" + here + ", and TESTCONTAINERS_HOST_OVERRIDE=" + host
                + ", where its containers' ports are.";
    }

    private String withoutScheme() {
        if (value.startsWith("/")) {
            return "a socket's address begins with unix://. " + set("unix://" + value) + ".";
        }
        if (HOST_AND_PORT.matcher(value).matches()) {
            return "an engine's address begins with tcp://. " + set("tcp://" + value) + ".";
        }
        if (value.startsWith("fd://")) {
            return "it tells a daemon on which socket to listen, and is no address for clients. " + set(USUAL)
                    + ", or leave it unset.";
        }
        return "it is not the address of an engine. Set " + VARIABLE
                + " to one that begins with unix:// or tcp://, such as " + USUAL
                + " or tcp://192.0.2.1:2375, or leave it unset.";
    }

    private String tcp() {
        return "tcp://" + AUTHORITY.matcher(value).replaceFirst("$1");
    }

    private static String set(String address) {
        return "Set " + VARIABLE + "=" + address;
    }

    private Optional<URI> uri() {
        try {
            return Optional.of(new URI(value));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
