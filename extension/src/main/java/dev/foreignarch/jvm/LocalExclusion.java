package dev.foreignarch.jvm;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.jupiter.InsideForeignJvm;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Takes {@link dev.foreignarch.jupiter.ForeignJvm} classes away from the engines that would run them in this JVM. */
@API(status = INTERNAL, since = "0.1")
public final class LocalExclusion implements PostDiscoveryFilter {

    private static final FilterResult ELSEWHERE = FilterResult.excluded("runs in a foreign JVM");
    private static final FilterResult HERE = FilterResult.included("runs in this JVM");

    private final boolean foreignSide = InsideForeignJvm.isTrue();

    /** Make a filter, for {@link java.util.ServiceLoader}. */
    public LocalExclusion() {}

    @Override
    public FilterResult apply(TestDescriptor test) {
        return !foreignSide && !isOurs(test) && isTaken(test) ? ELSEWHERE : HERE;
    }

    private static boolean isOurs(TestDescriptor test) {
        return test.getUniqueId()
                .getEngineId()
                .filter(ForeignJvmEngine.ID::equals)
                .isPresent();
    }

    private static boolean isTaken(TestDescriptor test) {
        for (Optional<TestDescriptor> at = Optional.of(test);
                at.isPresent();
                at = at.get().getParent()) {
            if (at.get()
                    .getSource()
                    .map(LocalExclusion::className)
                    .filter(TakenClasses::contain)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static String className(TestSource source) {
        if (source instanceof ClassSource type) {
            return type.getClassName();
        }
        return source instanceof MethodSource method ? method.getClassName() : "";
    }
}
