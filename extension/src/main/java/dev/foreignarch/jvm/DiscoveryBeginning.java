package dev.foreignarch.jvm;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/** Begins each discovery without what an earlier one has taken: other engines may be asked this time. */
@API(status = INTERNAL, since = "0.1")
public final class DiscoveryBeginning implements LauncherDiscoveryListener {

    /** Make a listener, for {@link java.util.ServiceLoader}. */
    public DiscoveryBeginning() {}

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        CurrentDiscovery.begin();
    }
}
