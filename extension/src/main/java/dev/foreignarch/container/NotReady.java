package dev.foreignarch.container;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container that ran, but was not ready in time.
 *
 * @param emulated whether its programs are emulated
 * @param taken how long it was waited for
 * @param words what the wait strategy said
 * @param seen what was seen of the container meanwhile
 */
record NotReady(boolean emulated, Duration taken, String words, StartWatch.Seen seen) {

    Explanation explanation() {
        return Stream.of(unhealthy(), servedInside(), servedElsewhere())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(this::slow);
    }

    /** Return what the engine has noted of health checks, if those were waited for. */
    Optional<HealthLog> health() {
        return seen.health().filter(log -> words.contains("healthy"));
    }

    private String ran(String state) {
        return "it ran, but was not " + state + " after " + StartFailure.seconds(taken) + " s";
    }

    private Optional<Explanation> unhealthy() {
        return health().flatMap(log -> log.isLimitTooShort() ? tooShort(log) : failed(log));
    }

    private Optional<Explanation> tooShort(HealthLog log) {
        return Explanation.of(
                ran("healthy") + ": its health check exceeded its own limit of " + StartFailure.seconds(log.limit())
                        + " s, " + times(log) + "."
                        + (emulated ? " The check is emulated, too, and so slower than on its own processor." : ""),
                "give the check more time: container.withCreateContainerCmdModifier(create -> create.withHealthcheck("
                        + "new HealthCheck().withTimeout(Duration.ofSeconds(30).toNanos()))), or HEALTHCHECK"
                        + " --timeout=30s in the image. Or wait for something else: container.waitingFor("
                        + "ForeignContainers.portsServed(Duration.ofMinutes(5)))");
    }

    private Optional<Explanation> failed(HealthLog log) {
        return Explanation.of(
                ran("healthy") + ": its health check failed, " + times(log) + ".",
                "read what the last checks said, or wait for something else: container.waitingFor("
                        + "ForeignContainers.portsServed(Duration.ofMinutes(5)))");
    }

    private static String times(HealthLog log) {
        return log.failures() == 1 ? "once" : log.failures() + " times in a row";
    }

    private Optional<Explanation> servedInside() {
        List<Integer> inside = missing().stream()
                .filter(port -> seen.ports().orElseThrow().inside().contains(port))
                .toList();
        return inside.isEmpty()
                ? Optional.empty()
                : Explanation.of(
                        ran("ready") + ": its program listens on " + ports(inside)
                                + " of the loopback address only, where nobody outside of the container reaches it.",
                        "let the program listen on all addresses of the container: 0.0.0.0 or [::].");
    }

    private Optional<Explanation> servedElsewhere() {
        List<Integer> missing = missing();
        List<Integer> others = seen.ports().stream()
                .flatMap(ports -> ports.listening().stream())
                .filter(not(seen.exposed()::contains))
                .sorted()
                .toList();
        return missing.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Explanation.of(
                        ran("ready") + ": its exposed " + ports(missing) + (missing.size() == 1 ? " is" : " are")
                                + " not served, but " + ports(others) + (others.size() == 1 ? " is." : " are."),
                        "expose what it serves: container.withExposedPorts(" + list(others) + "); or let its program"
                                + " listen on " + ports(missing) + ".");
    }

    /** Return the exposed ports that are not served, if it was ports that were waited for. */
    private List<Integer> missing() {
        boolean waitedForSomethingElse = words.contains("healthy") || words.contains("log output");
        return seen.ports().filter(ports -> !waitedForSomethingElse).stream()
                .flatMap(ports -> seen.exposed().stream().filter(not(ports.listening()::contains)))
                .toList();
    }

    private static String ports(Collection<Integer> numbers) {
        return (numbers.size() == 1 ? "port " : "ports ") + list(numbers);
    }

    private static String list(Collection<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    private Explanation slow() {
        return new Explanation(
                ran("ready") + " (" + words + ")"
                        + (emulated ? ". It is emulated, and so slower than on its own processor." : "."),
                "give it more time. container.withStartupTimeout(…) changes all containers of this JVM, unless"
                        + " the container has a wait strategy of its own: container.waitingFor("
                        + "ForeignContainers.portsServed(Duration.ofMinutes(5))). A strategy that reads the log"
                        + " costs least: Wait.forLogMessage(…)");
    }
}
