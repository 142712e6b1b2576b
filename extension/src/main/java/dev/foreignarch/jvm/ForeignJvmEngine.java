package dev.foreignarch.jvm;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.foreignarch.jupiter.InsideForeignJvm;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * The engine that runs {@link dev.foreignarch.jupiter.ForeignJvm} classes in foreign JVMs, and reports here what happens
 * there.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ForeignJvmEngine implements TestEngine {

    /** ID of this engine. Value: {@value}. */
    public static final String ID = "foreignarch-jvm";

    /** Make an engine, for {@link java.util.ServiceLoader}. */
    public ForeignJvmEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Optional<String> getGroupId() {
        return Optional.of("dev.foreignarch");
    }

    @Override
    public Optional<String> getArtifactId() {
        return Optional.of("foreignarch-junit-jupiter");
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        EngineDescriptor root = new EngineDescriptor(id, "ForeignArch");
        if (!InsideForeignJvm.isTrue()) {
            new Discovery(request, root).run();
        }
        return root;
    }

    @Override
    public void execute(ExecutionRequest request) {
        new Execution(request).run();
    }
}
