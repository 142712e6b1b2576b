package dev.foreignarch.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * This JVM as a worker of one of Gradle's test tasks.
 *
 * @param folder the task's folder for temporary files, {@code build/tmp/TASK/work}
 */
record GradleWorker(Path folder) {

    static Optional<GradleWorker> here() {
        return System.getProperty("org.gradle.test.worker") == null
                ? Optional.empty()
                : Optional.of(new GradleWorker(Path.of(System.getProperty("org.gradle.internal.worker.tmpdir", ""))));
    }

    /**
     * Return what all workers of this execution of the task have in common: each execution begins with a new folder for
     * its results, {@code build/test-results/TASK/binary}.
     *
     * @param mine the name to go by where there is no such folder
     */
    String mark(String mine) {
        Path task = folder.getParent();
        if (task == null || task.getNameCount() < 3) {
            return mine;
        }
        Path results = task.resolve("../../test-results")
                .resolve(String.valueOf(task.getFileName()))
                .resolve("binary")
                .normalize();
        try {
            FileTime made = (FileTime) Files.getAttribute(results, "creationTime");
            return "gradle-" + Integer.toHexString(results.hashCode()) + "-" + made.toMillis();
        } catch (IOException noFolder) {
            return mine;
        }
    }
}
