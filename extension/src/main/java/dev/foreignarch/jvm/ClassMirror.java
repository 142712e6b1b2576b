package dev.foreignarch.jvm;

import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** A class whose tests run in foreign JVMs. Its children are its architectures. */
final class ClassMirror extends AbstractTestDescriptor {

    static final String SEGMENT = "class";

    private final Class<?> type;
    private final Optional<String> problem;
    private final Set<TestTag> tags;
    private boolean leftOut;

    ClassMirror(UniqueId id, String displayName, ForeignClass foreignClass, Set<TestTag> tags) {
        this(id, displayName, foreignClass.type(), foreignClass.problem(), tags);
    }

    private ClassMirror(UniqueId id, String displayName, Class<?> type, Optional<String> problem, Set<TestTag> tags) {
        super(id, displayName, ClassSource.from(type));
        this.type = type;
        this.problem = problem;
        this.tags = Set.copyOf(tags);
    }

    /** Return the image of a class that can't run. */
    static ClassMirror refused(UniqueId root, Class<?> type, String problem) {
        return new ClassMirror(
                id(root, type),
                type.getSimpleName(),
                type,
                Optional.of(problem),
                Set.of(TestTag.create("foreign-arch")));
    }

    static UniqueId id(UniqueId root, Class<?> type) {
        return root.append(SEGMENT, type.getName());
    }

    /** Return why the class can't run, if it can't. */
    Optional<String> problem() {
        return problem;
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
        return type.getName();
    }

    /** Tell that none of the architectures of the class is selected. */
    void leaveOut() {
        leftOut = true;
    }

    /** A class that can't run, or is left out, has no children, and must be seen all the same. */
    @Override
    public boolean mayRegisterTests() {
        return leftOut || problem().isPresent();
    }
}
