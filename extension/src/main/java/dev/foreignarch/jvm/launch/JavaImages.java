package dev.foreignarch.jvm.launch;

import static java.util.stream.Collectors.joining;

import dev.foreignarch.arch.Architecture;
import java.util.List;

/** Images with a JVM. */
final class JavaImages {

    private JavaImages() {}

    /** Return the image with the Java version of this JVM. */
    static String standard() {
        return "eclipse-temurin:" + Runtime.version().feature() + "-jre";
    }

    /** Return what to do when that image is not to be had. */
    static String advice(Architecture architecture) {
        List<Integer> versions = temurin(architecture);
        String offer = versions.isEmpty()
                ? "Eclipse Temurin is not built for " + architecture + ": use an image of a distribution that has"
                        + " OpenJDK for it, such as one made from debian with openjdk-17-jre-headless."
                : "Eclipse Temurin has been built for " + architecture + " in the versions "
                        + versions.stream().map(String::valueOf).collect(joining(", ")) + ".";
        return offer + " Name an image with Java 17 or later by @ForeignJvm(image = \"…\") or the configuration"
                + " parameter foreignarch.jvm.image." + architecture + ".";
    }

    /** The long-term versions, as the registry listed them in 2026. */
    private static List<Integer> temurin(Architecture architecture) {
        return switch (architecture) {
            case AMD64, ARM64V8, PPC64LE, S390X, RISCV64 -> List.of(17, 21, 25);
            case ARM32V7 -> List.of(17);
            default -> List.of();
        };
    }
}
