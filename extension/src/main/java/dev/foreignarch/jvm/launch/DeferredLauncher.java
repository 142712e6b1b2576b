package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes a launcher when the first JVM is wanted. Where that can't be, for example without a container engine, it is the
 * start of a JVM that fails, and so each test has a result that says why.
 */
@API(status = INTERNAL, since = "0.1")
public final class DeferredLauncher implements JvmLauncher {

    private final Supplier<JvmLauncher> maker;
    private @Nullable JvmLauncher made;

    /**
     * Defer the making of a launcher.
     *
     * @param maker makes it; after a failure it is asked again for the next JVM
     */
    public DeferredLauncher(Supplier<JvmLauncher> maker) {
        this.maker = maker;
    }

    @Override
    public StartedJvm start(JvmSpec spec, Output output) {
        return launcher().start(spec, output);
    }

    private synchronized JvmLauncher launcher() {
        JvmLauncher present = made;
        if (present == null) {
            present = maker.get();
            made = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
