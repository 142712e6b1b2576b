package dev.foreignarch.emulation;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.settings.GivenSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * What the user decides about emulation.
 *
 * @param registration whether handlers may be registered
 * @param helperImage image to take the emulator from, if the user names one
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record EmulationSettings(Registration registration, Optional<String> helperImage) {

    /**
     * Whether handlers may be registered: {@code auto} (the default), {@code never}, {@code temporary}, {@code repair} or
     * {@code namespace}. Value: {@value}.
     *
     * @see Registration
     */
    public static final String REGISTRATION = "foreignarch.registration";

    /**
     * Image that a static QEMU is taken from, best with its digest: {@code repository@sha256:…}. By default {@value
     * #DEFAULT_HELPER_IMAGE} or the machine's own {@code qemu-user-static} is used. Value: {@value}.
     */
    public static final String HELPER_IMAGE = "foreignarch.helper.image";

    /**
     * The image that is pulled when the user names none. Emulators work for the whole machine, with the rights of the
     * programs that they run, and a tag can be moved: so it is pinned by its digest. That is the one of the index, for all
     * hosts. Source: <a href="https://github.com/tonistiigi/binfmt">tonistiigi/binfmt</a>. Value: {@value}.
     */
    @API(status = INTERNAL, since = "0.1")
    public static final String DEFAULT_HELPER_IMAGE = "tonistiigi/binfmt:qemu-v10.2.3"
            + "@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0";

    /** Repository, tag and digest, without a way up. */
    private static final Pattern IMAGE =
            Pattern.compile("[a-zA-Z0-9]+(?:[._:/-]{1,2}[a-zA-Z0-9]+)*(?:@sha256:[0-9a-f]{64})?(?<!.{512})");

    /** The settings of somebody who decides nothing. */
    public static final EmulationSettings DEFAULT = new EmulationSettings(Registration.AUTO, Optional.empty());

    /**
     * Read the settings.
     *
     * @param parameters gives the value for a name, if there is one: JUnit's configuration parameters or the system
     *     properties
     * @return the settings
     * @throws IllegalArgumentException if a value is not allowed; the message says which are
     */
    public static EmulationSettings read(Function<String, Optional<String>> parameters) {
        GivenSettings given = new GivenSettings(parameters);
        return new EmulationSettings(
                given.word(REGISTRATION, "auto", "never", "temporary", "repair", "namespace")
                        .map(word -> Registration.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(DEFAULT.registration),
                given.text(HELPER_IMAGE).map(EmulationSettings::image));
    }

    private static String image(String value) {
        if (!IMAGE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    HELPER_IMAGE + " is '" + value + "', which is not the name of an image.");
        }
        return value;
    }
}
