package dev.foreignarch.image;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.testcontainers.utility.DockerImageName;

/**
 * Why an engine did not get an image from a registry, as far as its words tell. Engines and their stores say the same in
 * many ways.
 *
 * @param cause what is wrong
 * @param remedy what to do, as the rest of a sentence
 */
record PullFailure(String cause, String remedy) {

    private static final String LOGIN =
            "as the user who runs the tests: docker login {login}. In CI, the environment variable DOCKER_AUTH_CONFIG can"
                    + " hold what that writes to ~/.docker/config.json.";

    /** One kind of failure; in its texts {registry}, {login} and {pull} are to be filled in. */
    private record Kind(Pattern words, String cause, String remedy) {

        static Kind of(String words, String cause, String remedy) {
            return new Kind(Pattern.compile(words), cause, remedy);
        }
    }

    /** The first that matches counts. */
    private static final List<Kind> KINDS = List.of(
            Kind.of(
                    "no space left on device",
                    "the engine's disk is full",
                    "make room there: docker system df shows what takes it, and docker image prune removes images that"
                            + " have no name."),
            Kind.of(
                    "toomanyrequests|too many requests|\\b429\\b",
                    "{registry} has been asked too often",
                    "log in, which raises its limit, " + LOGIN
                            + " Or wait, or let the engine use a mirror (registry-mirrors)."),
            Kind.of(
                    "no basic auth credentials|unauthorized|authentication required|http 401|request to \\S+: 401",
                    "{registry} wants a user and a password, and knows not the ones it got, if any",
                    "log in " + LOGIN),
            Kind.of(
                    "403 forbidden|http 403|status(?: ?code)?:? 403|request to \\S+: 403"
                            + "|\\bdenied: (?!requested access to the resource is denied)",
                    "{registry} forbids it",
                    "check the name: some answer so for what they don't have. Or log in as a user who may read the image:"
                            + " docker login {login}."),
            Kind.of(
                    "pull access denied|may require 'docker login'|requested access to the resource is denied",
                    "{registry} has no such image, or does not show it to everybody",
                    "check the name. If the image is private, log in " + LOGIN),
            Kind.of(
                    "5\\d\\d (?:internal server error|bad gateway|service unavailable|gateway time-?out)"
                            + "|http 5\\d\\d|status(?: ?code)?:? 5\\d\\d|request to \\S+: 5\\d\\d",
                    "{registry} has failed",
                    "try again later, or ask its administrator: the fault is neither the image's nor the engine's."),
            Kind.of(
                    "x509|certificate",
                    "the engine does not trust the certificate of {registry}",
                    "give the engine the certificate of its authority (/etc/docker/certs.d/{login}/ca.crt)."),
            Kind.of(
                    "http response to https client",
                    "{registry} speaks HTTP, and the engine HTTPS",
                    "allow it in the engine's settings (insecure-registries), or let the registry have a certificate."),
            Kind.of(
                    "connection refused|no such host|time-?out|network is unreachable|deadline exceeded|sent nothing for",
                    "the engine does not reach {registry}",
                    "check the name, and the engine's way there, which may need a proxy in the engine's settings: {pull}"),
            Kind.of(
                    "manifest unknown|name unknown|not found|does not exist",
                    "{registry} has no such image",
                    "check name and tag: {pull}"));

    static PullFailure of(String words, String tag, String pull) {
        String lower = words.toLowerCase(Locale.ROOT).replace(tag.toLowerCase(Locale.ROOT), "");
        Kind found = KINDS.stream()
                .filter(kind -> kind.words().matcher(lower).find())
                .findFirst()
                .orElseGet(() -> Kind.of(
                        "",
                        "the engine did not get it from {registry}",
                        "check the name, and that the engine reaches the registry: {pull}"));
        return new PullFailure(filled(found.cause(), tag, pull), filled(found.remedy(), tag, pull));
    }

    private static String filled(String text, String tag, String pull) {
        String registry = DockerImageName.parse(tag).getRegistry();
        boolean hub = registry.isEmpty() || FamiliarName.of(registry + "/").isEmpty();
        return text.replace("{registry}", hub ? "Docker Hub" : "the registry " + registry)
                .replace(" {login}", hub ? "" : " " + registry)
                .replace("{login}", registry)
                .replace("{pull}", pull);
    }
}
