package dev.foreignarch.jvm;

import dev.foreignarch.jvm.launch.JvmSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** A class on one architecture. Its children mirror those of the class in the foreign JVM. */
final class ArchitectureMirror extends AbstractTestDescriptor {

    static final String SEGMENT = "architecture";

    private final ForeignClass foreignClass;
    private final JvmSpec spec;
    private final Set<TestTag> tags;
    private final Set<UniqueId> foreignRoots = new LinkedHashSet<>();
    private boolean whole = true;
    private int leaves;

    ArchitectureMirror(UniqueId id, ForeignClass foreignClass, JvmSpec spec, Set<TestTag> tags) {
        super(id, spec.name(), ClassSource.from(foreignClass.type()));
        this.foreignClass = foreignClass;
        this.spec = spec;
        this.tags = Set.copyOf(tags);
    }

    JvmSpec spec() {
        return spec;
    }

    String className() {
        return foreignClass.type().getName();
    }

    /** Return the unique IDs of the class in the foreign JVM, one for each engine that runs tests of it. */
    Set<UniqueId> foreignRoots() {
        return foreignRoots;
    }

    /** Return the IDs of the engines that run tests of the class. */
    List<String> engines() {
        return foreignRoots.stream()
                .flatMap(root -> root.getEngineId().stream())
                .distinct()
                .toList();
    }

    /** Take note of what the class has. */
    void discovered(UniqueId foreignRoot, boolean all) {
        foreignRoots.add(foreignRoot);
        whole &= all;
        leaves = leaves().size();
    }

    /** Return whether nothing was filtered out. Then the foreign JVM finds the same by itself. */
    boolean isWhole() {
        return whole && leaves().size() == leaves;
    }

    List<Mirror> leaves() {
        List<Mirror> all = new ArrayList<>();
        getChildren().forEach(child -> all.addAll(((Mirror) child).leaves()));
        return all;
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public Set<TestTag> getTags() {
        return tags;
    }

    @Override
    public String getLegacyReportingName() {
        return foreignClass.type().getName() + "[" + spec.name() + "]";
    }

    /** Return the ID here of what has an ID in the foreign JVM, which is this one's or one below. */
    static UniqueId below(UniqueId root, List<UniqueId.Segment> segments) {
        UniqueId id = root;
        for (UniqueId.Segment segment : segments) {
            id = id.append(segment);
        }
        return id;
    }

    @Override
    public void addChild(TestDescriptor child) {
        if (!(child instanceof Mirror)) {
            throw new IllegalArgumentException(child + " mirrors no test");
        }
        super.addChild(child);
    }
}
