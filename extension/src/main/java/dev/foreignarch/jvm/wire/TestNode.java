package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;

/**
 * A test or container that a foreign JVM found while it was running.
 *
 * @param id unique ID in the foreign JVM
 * @param parent unique ID of the parent there
 * @param displayName display name
 * @param legacyName name for reports that know only classes and methods
 * @param type whether it is a test, a container or both
 * @param tags its tags
 * @param source what it was made of
 */
@API(status = INTERNAL, since = "0.1")
public record TestNode(
        String id,
        String parent,
        String displayName,
        String legacyName,
        TestDescriptor.Type type,
        List<String> tags,
        Optional<TestSource> source) {

    /** Keep a copy of the tags. */
    public TestNode {
        tags = List.copyOf(tags);
    }

    /** Return the tags in JUnit's form. */
    public List<TestTag> testTags() {
        return tags.stream().map(TestTag::create).toList();
    }

    void write(WireOutput out) {
        out.text(id)
                .text(parent)
                .text(displayName)
                .text(legacyName)
                .number(type.ordinal())
                .texts(tags);
        SourceCodec.write(source.orElse(null), out);
    }

    static TestNode read(WireInput in) {
        return new TestNode(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                type(in.number()),
                in.texts(),
                source(SourceCodec.read(in)));
    }

    private static TestDescriptor.Type type(long ordinal) {
        TestDescriptor.Type[] types = TestDescriptor.Type.values();
        if (ordinal < 0 || ordinal >= types.length) {
            throw new WireException("there is no type of test number " + ordinal, null);
        }
        return types[(int) ordinal];
    }

    private static Optional<TestSource> source(@Nullable TestSource source) {
        return Optional.ofNullable(source);
    }
}
