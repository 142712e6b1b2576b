package dev.foreignarch.jupiter;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.settings.ParameterNames;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Finds parameters {@code foreignarch.*} that do not exist. An extension can ask for a parameter by its name only, so
 * the launcher is asked for all of them, and each test with an architecture fails with what is wrong.
 */
@API(status = INTERNAL, since = "0.2")
public final class UnknownParameters implements LauncherSessionListener {

    private static final String REFUSAL = "refusal";

    /** Make a listener, for {@link java.util.ServiceLoader}. */
    public UnknownParameters() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
            @Override
            public void testPlanExecutionStarted(TestPlan plan) {
                Namespace own = Namespace.create(UnknownParameters.class);
                // A session may have several plans, and what is wrong with one is not so with the next.
                session.getStore().remove(own, REFUSAL);
                ParameterNames.refusal(plan.getConfigurationParameters().keySet())
                        .ifPresent(refusal -> session.getStore().put(own, REFUSAL, refusal));
            }
        });
    }

    /** Return what is wrong with the parameters of the run that a context belongs to, if anything is. */
    static Optional<String> refusal(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(
                        StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(UnknownParameters.class))
                .get(REFUSAL, String.class));
    }
}
