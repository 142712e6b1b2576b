package dev.foreignarch.jvm;

import dev.foreignarch.jvm.wire.TestNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * The image of a test or container of a foreign JVM.
 *
 * <p>Its name in reports carries the architecture, as in {@code roundTrip[s390x]}. For the same reason the source of a
 * method without parameters has a stand-in for their types: Surefire takes the name from here only if there are any.
 */
final class Mirror extends AbstractTestDescriptor {

    private static final String STAND_IN = "dev.foreignarch.arch.Architecture";
    private static final Set<String> CLASS_TEMPLATES = Set.of("class-template", "nested-class-template");

    private final String foreignId;
    private final String legacyName;
    private final Type type;
    private final Set<TestTag> tags;
    private final boolean mayRegisterTests;
    private List<String> selection;

    private Mirror(
            UniqueId id,
            String displayName,
            Optional<TestSource> source,
            String foreignId,
            String legacyName,
            Type type,
            Set<TestTag> tags,
            boolean mayRegisterTests) {
        super(id, displayName, source.map(Mirror::distinct).orElse(null));
        this.foreignId = foreignId;
        this.legacyName = legacyName;
        this.type = type;
        this.tags = Set.copyOf(tags);
        this.mayRegisterTests = mayRegisterTests;
        this.selection = List.of(foreignId);
    }

    /** Mirror what a local engine found, which it would find in the foreign JVM too. */
    static Mirror of(TestDescriptor found, UniqueId id, String architecture) {
        return new Mirror(
                id,
                found.getDisplayName(),
                found.getSource(),
                found.getUniqueId().toString(),
                named(found.getLegacyReportingName(), architecture, found.getSource()),
                found.getType(),
                found.getTags(),
                found.mayRegisterTests());
    }

    /**
     * Mirror what a foreign JVM found while it ran.
     *
     * @param numbered whether its name has the number of the class's run, which the architecture replaces
     */
    static Mirror of(TestNode node, UniqueId id, String architecture, boolean numbered) {
        return new Mirror(
                id,
                node.displayName(),
                node.source(),
                node.id(),
                named(
                        numbered ? node.legacyName().replaceFirst("\\[1]", "") : node.legacyName(),
                        architecture,
                        node.source()),
                node.type(),
                new LinkedHashSet<>(node.testTags()),
                true);
    }

    /** Put the architecture behind the method's name, before what tells its invocations apart. */
    static String named(String legacyName, String architecture, Optional<TestSource> source) {
        if (source.filter(MethodSource.class::isInstance).isEmpty()) {
            return legacyName;
        }
        int index = legacyName.indexOf('[');
        String name = index < 0 ? legacyName : legacyName.substring(0, index);
        String rest = index < 0 ? "" : legacyName.substring(index);
        return (name.endsWith("()") ? name.substring(0, name.length() - 2) : name) + "[" + architecture + "]" + rest;
    }

    private static TestSource distinct(TestSource source) {
        return source instanceof MethodSource method
                        && (method.getMethodParameterTypes() == null
                                || method.getMethodParameterTypes().isBlank())
                ? MethodSource.from(method.getClassName(), method.getMethodName(), STAND_IN)
                : source;
    }

    /** Return the unique ID in the foreign JVM. */
    String foreignId() {
        return foreignId;
    }

    /** Run no more of this than these, by their unique IDs in the foreign JVM. */
    void select(List<String> ids) {
        selection = List.copyOf(ids);
    }

    /** Return the unique IDs in the foreign JVM that select this, or what is left of it. */
    List<String> selection() {
        return getChildren().isEmpty()
                ? selection
                : getChildren().stream()
                        .flatMap(child -> ((Mirror) child).selection().stream())
                        .toList();
    }

    /** Return the parts that have no parts known before they run. */
    List<Mirror> leaves() {
        if (getChildren().isEmpty()) {
            return List.of(this);
        }
        List<Mirror> leaves = new ArrayList<>();
        getChildren().forEach(child -> leaves.addAll(((Mirror) child).leaves()));
        return leaves;
    }

    /** A class template has no children before it runs, in JUnit Jupiter too. But what is left of them is to be run. */
    @Override
    public void prune() {
        if (CLASS_TEMPLATES.contains(getUniqueId().getLastSegment().getType())
                && !getChildren().isEmpty()) {
            selection = selection();
            Set.copyOf(getChildren()).forEach(this::removeChild);
        } else {
            super.prune();
        }
    }

    @Override
    public Type getType() {
        return type;
    }

    @Override
    public String getLegacyReportingName() {
        return legacyName;
    }

    @Override
    public Set<TestTag> getTags() {
        return tags;
    }

    @Override
    public boolean mayRegisterTests() {
        return mayRegisterTests;
    }
}
