package dev.foreignarch.report;

import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.ClassTemplate;

/**
 * Two versions that together hide failures: JUnit before 5.14.4 (or 6.0) gives the tests of all architectures of a class
 * equal names, and Surefire before 3.6.0 takes tests with equal names for repetitions of one. With
 * {@code rerunFailingTestsCount} a test that always fails on one architecture then counts as flaky, and the build is
 * green. Either of the two being newer is enough. Methods and classes in foreign JVMs that have architectures of their own
 * are counted rightly by all.
 *
 * @param junit version of JUnit Jupiter
 * @param surefire version of Surefire or Failsafe
 */
record MergedRows(String junit, String surefire) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(-.*)?");
    private static final Pattern SUREFIRE_JAR = Pattern.compile("surefire-api-([^/]+)\\.jar");

    /** Find the versions that run this JVM's tests; nothing if it isn't Surefire, or they are unknown. */
    static Optional<MergedRows> here() {
        String junit = ClassTemplate.class.getPackage().getImplementationVersion();
        return junit == null ? Optional.empty() : surefireOfThisJvm().map(version -> new MergedRows(junit, version));
    }

    private static Optional<String> surefireOfThisJvm() {
        try {
            Class<?> provider = Class.forName(
                    "org.apache.maven.surefire.api.provider.SurefireProvider",
                    false,
                    Thread.currentThread().getContextClassLoader());
            return Optional.ofNullable(provider.getProtectionDomain().getCodeSource())
                    .map(CodeSource::getLocation)
                    .map(location -> SUREFIRE_JAR.matcher(location.getPath()))
                    .filter(Matcher::find)
                    .map(jar -> jar.group(1));
        } catch (ClassNotFoundException anotherRunner) {
            return Optional.empty();
        }
    }

    /** Return what to tell the user; nothing if the two versions are sound together. */
    Optional<String> warning() {
        boolean junitMerges = junit.startsWith("6.0.") || isBefore(junit, 5, 14, 4);
        return junitMerges && isBefore(surefire, 3, 6, 0)
                ? Optional.of("JUnit " + junit + " gives the tests of all architectures of a class equal names, and"
                        + " Surefire " + surefire + " takes tests with equal names for repetitions of one test: its"
                        + " report counts them wrongly, and with rerunFailingTestsCount a test that fails on one"
                        + " architecture can leave the build green. Use JUnit 5.14.4 or 6.1 or newer, or Surefire 3.6.0"
                        + " or newer.")
                : Optional.empty();
    }

    private static boolean isBefore(String version, int major, int minor, int patch) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int compared = Integer.compare(number(parts.group(1)), major);
        compared = compared != 0 ? compared : Integer.compare(number(parts.group(2)), minor);
        compared = compared != 0 ? compared : Integer.compare(number(parts.group(3)), patch);
        boolean preRelease = parts.group(4) != null;
        return compared < 0 || (compared == 0 && preRelease);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
