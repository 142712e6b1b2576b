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

    private final ForeignClass foreignClass;
    private final Set<TestTag> tags;

    ClassMirror(UniqueId id, String displayName, ForeignClass foreignClass, Set<TestTag> tags) {
        super(id, displayName, ClassSource.from(foreignClass.type()));
        this.foreignClass = foreignClass;
        this.tags = Set.copyOf(tags);
    }

    /** Return why the class can't run, if it can't. */
    Optional<String> problem() {
        return foreignClass.problem();
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
        return foreignClass.type().getName();
    }

    /** A class that can't run has no children, and must be reported all the same. */
    @Override
    public boolean mayRegisterTests() {
        return problem().isPresent();
    }
}
