package dev.foreignarch.jvm;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.settings.ParameterNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;

/**
 * Finds the tests of foreign classes, by asking the engines that would run them here.
 *
 * <p>Discovery makes no instance of a class and runs none of its code. What it finds is mirrored once for each
 * architecture, so that whoever selects or filters tests sees them before they run.
 */
final class Discovery {

    /** Brings tests of other engines, which are asked themselves; so only suites that are foreign as a whole count. */
    private static final String SUITES = "junit-platform-suite";

    private final EngineDiscoveryRequest request;
    private final TestDescriptor root;

    Discovery(EngineDiscoveryRequest request, TestDescriptor root) {
        this.request = request;
        this.root = root;
    }

    void run() {
        CurrentDiscovery.get().reportTo(root, DiscoveredBy.of(root.getUniqueId()));
        Selection selection = Selection.of(request);
        if (!selection.selectors().isEmpty()) {
            discover(selection.selectors(), Optional.empty());
        }
        for (UniqueId id : selection.ids()) {
            Selection.classOf(id)
                    .filter(ForeignClass::isForeign)
                    .ifPresent(type -> discover(List.of(selectClass(type)), Optional.of(id)));
        }
    }

    private void discover(List<DiscoverySelector> selectors, Optional<UniqueId> wanted) {
        for (TestEngine engine : ServiceLoader.load(TestEngine.class)) {
            List<DiscoverySelector> known = engine.getId().equals(SUITES)
                    ? selectors.stream().filter(Selection::meansForeignClass).toList()
                    : selectors;
            if (!engine.getId().equals(ForeignJvmEngine.ID) && !known.isEmpty()) {
                mirrorForeign(
                        engine.discover(new NarrowedRequest(request, known), UniqueId.forEngine(engine.getId())),
                        wanted,
                        wanted.isEmpty() && known.stream().allMatch(Selection::meansWholeClasses));
            }
        }
    }

    private void mirrorForeign(TestDescriptor found, Optional<UniqueId> wanted, boolean whole) {
        Optional<ForeignClass> foreignClass = found.getSource()
                .filter(ClassSource.class::isInstance)
                .flatMap(source -> ForeignClass.of(((ClassSource) source).getJavaClass()))
                .map(this::withSoundSettings);
        if (foreignClass.isPresent()) {
            mirror(found, foreignClass.get(), wanted, whole);
        } else {
            List.copyOf(found.getChildren()).forEach(child -> mirrorForeign(child, wanted, whole));
        }
    }

    /** A setting without meaning is told by each class: an engine that fails would have no results for them. */
    private ForeignClass withSoundSettings(ForeignClass foreignClass) {
        try {
            ParameterNames.insistOnKnown(request.getConfigurationParameters().keySet());
            settings();
            return foreignClass;
        } catch (IllegalArgumentException refusal) {
            return foreignClass.withProblem(String.valueOf(refusal.getMessage()));
        }
    }

    private JvmSettings settings() {
        return JvmSettings.read(request.getConfigurationParameters()::get, System.getProperties());
    }

    private void mirror(TestDescriptor found, ForeignClass foreignClass, Optional<UniqueId> wanted, boolean whole) {
        CurrentDiscovery.get().take(DiscoveredBy.of(root.getUniqueId()), foreignClass.type());
        UniqueId id = ClassMirror.id(root.getUniqueId(), foreignClass.type());
        ClassMirror classMirror =
                (ClassMirror) child(root, new ClassMirror(id, found.getDisplayName(), foreignClass, found.getTags()));
        if (foreignClass.problem().isEmpty()
                && foreignClass.architectures().values().stream().noneMatch(settings()::includes)) {
            classMirror.leaveOut();
        }
        for (Map.Entry<String, Architecture> named :
                foreignClass.architectures().entrySet()) {
            UniqueId architectureId =
                    id.append(ArchitectureMirror.SEGMENT, named.getValue().dockerName());
            JvmSettings settings = settings();
            if (settings.includes(named.getValue())
                    && wanted.filter(one -> !areOnOnePath(one, architectureId)).isEmpty()) {
                ArchitectureMirror mirror = (ArchitectureMirror) child(
                        classMirror,
                        new ArchitectureMirror(
                                architectureId,
                                foreignClass,
                                settings.spec(foreignClass.wish(), named.getValue(), named.getKey()),
                                found.getTags()));
                copyChildren(found, mirror, named.getKey(), wanted, found.getUniqueId());
                mirror.discovered(found.getUniqueId(), whole);
            }
        }
    }

    private static void copyChildren(
            TestDescriptor found,
            TestDescriptor mirror,
            String architecture,
            Optional<UniqueId> wanted,
            UniqueId foreignRoot) {
        for (TestDescriptor child : List.copyOf(found.getChildren())) {
            if (isOurs(child)) {
                // In a suite that is foreign as a whole, other engines have the same classes, and run them there.
                continue;
            }
            UniqueId id = mirror.getUniqueId().append(child.getUniqueId().getLastSegment());
            if (wanted.filter(one -> !areOnOnePath(one, id)).isEmpty()) {
                TestDescriptor copy = child(mirror, Mirror.of(child, id, architecture));
                copyChildren(child, copy, architecture, wanted, foreignRoot);
                wanted.filter(one -> !one.equals(id)
                                && one.hasPrefix(id)
                                && child.getChildren().isEmpty())
                        .ifPresent(one -> ((Mirror) copy).select(List.of(foreignId(one, child, id))));
            }
        }
    }

    private static boolean isOurs(TestDescriptor found) {
        return found.getUniqueId()
                .getLastSegment()
                .equals(UniqueId.forEngine(ForeignJvmEngine.ID).getLastSegment());
    }

    /** What was selected is found only when its parent runs. Its ID in the foreign JVM goes on as its ID here. */
    private static String foreignId(UniqueId wanted, TestDescriptor found, UniqueId id) {
        List<UniqueId.Segment> segments = wanted.getSegments();
        return ArchitectureMirror.below(
                        found.getUniqueId(), segments.subList(id.getSegments().size(), segments.size()))
                .toString();
    }

    private static boolean areOnOnePath(UniqueId one, UniqueId other) {
        return one.hasPrefix(other) || other.hasPrefix(one);
    }

    /** Add a child, or return the equal one that an earlier selector has brought. */
    private static TestDescriptor child(TestDescriptor parent, TestDescriptor child) {
        for (TestDescriptor known : parent.getChildren()) {
            if (known.getUniqueId().equals(child.getUniqueId())) {
                return known;
            }
        }
        parent.addChild(child);
        return child;
    }
}
