package dev.foreignarch.jvm;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.jupiter.InsideForeignJvm;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Takes {@link dev.foreignarch.jupiter.ForeignJvm} classes away from the engines that would run them in this JVM, and
 * refuses classes with our annotations that an engine would run which does not know them.
 */
@API(status = INTERNAL, since = "0.1")
public final class LocalExclusion implements PostDiscoveryFilter {

    private static final String JUPITER = "junit-jupiter";

    private static final FilterResult ELSEWHERE = FilterResult.excluded("runs in a foreign JVM");
    private static final FilterResult REFUSED = FilterResult.excluded("refused by ForeignArch");
    private static final FilterResult HERE = FilterResult.included("runs in this JVM");

    private final boolean foreignSide = InsideForeignJvm.isTrue();

    /** Make a filter, for {@link java.util.ServiceLoader}. */
    public LocalExclusion() {}

    @Override
    public FilterResult apply(TestDescriptor test) {
        if (foreignSide) {
            return HERE;
        }
        if (judge(test).excluded()) {
            // JUnit excludes leaves only. A suite whose leaves are gone would stay, and fail for want of tests.
            List.copyOf(test.getChildren()).forEach(TestDescriptor::removeFromHierarchy);
        }
        for (Optional<TestDescriptor> at = Optional.of(test);
                at.isPresent();
                at = at.get().getParent()) {
            FilterResult result = judge(at.get());
            if (result.excluded()) {
                return result;
            }
        }
        return HERE;
    }

    private static FilterResult judge(TestDescriptor node) {
        DiscoveredBy place = DiscoveredBy.of(node.getUniqueId());
        Optional<TestSource> source = node.getSource();
        if (place.isOurs() || source.isEmpty()) {
            return HERE;
        }
        String className = className(source.get());
        if (CurrentDiscovery.get().isTaken(place, className)) {
            return ELSEWHERE;
        }
        return !place.engine().equals(JUPITER) && isRefused(source.get(), place.engine()) ? REFUSED : HERE;
    }

    private static boolean isRefused(TestSource source, String engine) {
        Optional<Class<?>> type = type(source);
        Optional<String> declaration = type.flatMap(CurrentDiscovery.get()::declaration);
        declaration.ifPresent(found -> CurrentDiscovery.get().refuse(type.orElseThrow(), refusal(found, engine)));
        return declaration.isPresent();
    }

    private static String refusal(String declaration, String engine) {
        return declaration + " would have no effect: the test engine '" + engine
                + "' runs the class, and it does not know"
                + " ForeignArch's annotations. Its tests would run once, on this machine's own architecture. Put"
                + " @ForeignArch and @ForeignJvm on the class itself and select that class, so that it runs in a JVM of"
                + " the architecture, whatever its engine; or write the test for JUnit Jupiter.";
    }

    private static String className(TestSource source) {
        if (source instanceof ClassSource type) {
            return type.getClassName();
        }
        return source instanceof MethodSource method ? method.getClassName() : "";
    }

    private static Optional<Class<?>> type(TestSource source) {
        try {
            if (source instanceof ClassSource type) {
                return Optional.of(type.getJavaClass());
            }
            return source instanceof MethodSource method ? Optional.of(method.getJavaClass()) : Optional.empty();
        } catch (JUnitException notHere) {
            // Some engines name classes that are none; nothing of ours stands on those.
            return Optional.empty();
        }
    }
}
