package dev.foreignarch.jvm;

import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.jvm.launch.ContainerLauncher;
import dev.foreignarch.jvm.launch.DeferredLauncher;
import dev.foreignarch.jvm.launch.JvmLauncher;
import dev.foreignarch.jvm.launch.ProcessLauncher;
import java.util.List;
import java.util.Objects;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/** Runs what was discovered: class after class, architecture after architecture. */
final class Execution {

    private static final Namespace NAMESPACE = Namespace.create(ForeignJvmEngine.class);

    private final ExecutionRequest request;
    private final EngineExecutionListener listener;

    Execution(ExecutionRequest request) {
        this.request = request;
        this.listener = request.getEngineExecutionListener();
    }

    void run() {
        TestDescriptor root = request.getRootTestDescriptor();
        listener.executionStarted(root);
        List<ArchitectureMirror> architectures = architectures(root);
        if (!architectures.isEmpty()) {
            pool().prepare(architectures.stream()
                    .map(ArchitectureMirror::spec)
                    .distinct()
                    .toList());
        }
        List.copyOf(root.getChildren()).forEach(child -> run((ClassMirror) child));
        listener.executionFinished(root, TestExecutionResult.successful());
    }

    private static List<ArchitectureMirror> architectures(TestDescriptor root) {
        return root.getChildren().stream()
                .flatMap(type -> type.getChildren().stream())
                .map(ArchitectureMirror.class::cast)
                .toList();
    }

    private void run(ClassMirror mirror) {
        listener.executionStarted(mirror);
        List.copyOf(mirror.getChildren())
                .forEach(child -> new ArchitectureRun((ArchitectureMirror) child, request, settings(), pool()).run());
        listener.executionFinished(
                mirror,
                mirror.problem()
                        .map(problem -> TestExecutionResult.failed(new JUnitException(problem)))
                        .orElseGet(TestExecutionResult::successful));
    }

    /** Where they have no meaning, no class has a child, and nobody asks for them. */
    private JvmSettings settings() {
        return JvmSettings.read(request.getConfigurationParameters()::get, System.getProperties());
    }

    /** JVMs outlive this request: build tools that repeat failed tests ask again in the same session. */
    private JvmPool pool() {
        JvmSettings settings = settings();
        NamespacedHierarchicalStore<Namespace> store = request.getStore();
        return Objects.requireNonNull(store.getParent()
                .orElse(store)
                .getOrComputeIfAbsent(
                        NAMESPACE,
                        List.of(JvmPool.class, settings.inProcesses()),
                        key -> new JvmPool(
                                launcher(settings),
                                settings.startupTimeout(),
                                settings.startupTimeout().plus(settings.timeout())),
                        JvmPool.class));
    }

    private JvmLauncher launcher(JvmSettings settings) {
        return settings.inProcesses()
                ? new ProcessLauncher()
                : new DeferredLauncher(() -> new ContainerLauncher(
                        EmulationSettings.read(request.getConfigurationParameters()::get), settings.archive()));
    }
}
