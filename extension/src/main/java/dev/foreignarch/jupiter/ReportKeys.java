package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Keys of the report entries that tests with an architecture publish, for whoever listens to JUnit's reports.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ReportKeys {

    /** What all of the keys begin with. Value: {@value}. */
    public static final String PREFIX = "foreignarch.";

    /** The architecture, by Docker's name, for example {@code arm32v7}. Value: {@value}. */
    public static final String ARCHITECTURE = PREFIX + "architecture";

    /** The platform, for example {@code linux/arm/v7}. Value: {@value}. */
    public static final String PLATFORM = PREFIX + "platform";

    /**
     * What runs the architecture, for example {@code emulated by /usr/bin/qemu-arm-static, version 7.2.22}. Value:
     * {@value}.
     */
    public static final String VERDICT = PREFIX + "verdict";

    /**
     * What the key of a container begins with, before the field or parameter that it is for. Its entry is the name and
     * the ID of the container's image. Value: {@value}.
     */
    public static final String CONTAINER = PREFIX + "container.";

    /**
     * What is to be remarked on the test, one remark in each line, for example {@code also ran native: postgres:15}. A
     * test may have several such entries, which add up. Value: {@value}.
     */
    public static final String MARKS = PREFIX + "marks";

    private ReportKeys() {}
}
