package dev.foreignarch.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long something took, several times, in seconds. */
final class Sample {

    private final List<Double> seconds = new ArrayList<>();

    void add(Duration duration) {
        seconds.add(duration.toNanos() / 1e9);
    }

    double median() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String last() {
        return "%.2f s".formatted(seconds.get(seconds.size() - 1));
    }

    /** Minimum, median and maximum. */
    @Override
    public String toString() {
        List<Double> sorted = seconds.stream().sorted().toList();
        return "%.2f / **%.2f** / %.2f".formatted(sorted.get(0), median(), sorted.get(sorted.size() - 1));
    }
}
