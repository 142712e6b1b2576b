package dev.foreignarch.report;

import dev.foreignarch.arch.Architecture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Test classes of every kind that JUnit has, put together by chance, and what they declare.
 *
 * <p>No two classes or methods have the same Java name, so that a unique ID says by its names alone where a test runs.
 */
final class GeneratedClasses {

    static final String PACKAGE = "generated";

    private static final List<Architecture> ARCHITECTURES =
            List.of(Architecture.AMD64, Architecture.ARM32V7, Architecture.ARM64V8, Architecture.S390X);

    private static final String HEADER = """
            package generated;
            import static org.junit.jupiter.api.Assertions.*;
            import static org.junit.jupiter.api.Assumptions.*;
            import dev.foreignarch.arch.Architecture;
            import dev.foreignarch.jupiter.*;
            import dev.foreignarch.report.GeneratedTemplate;
            import java.util.List;
            import java.util.stream.Stream;
            import org.junit.jupiter.api.*;
            import org.junit.jupiter.api.extension.ExtendWith;
            import org.junit.jupiter.params.*;
            import org.junit.jupiter.params.provider.*;
            import org.testcontainers.containers.GenericContainer;
            """;

    private final Random random;
    private final String prefix;
    private final boolean inForeignJvms;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, List<Architecture>> declared = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private int names;

    private GeneratedClasses(long seed, boolean inForeignJvms) {
        this.random = new Random(seed);
        this.prefix = (inForeignJvms ? "J" : "S") + Long.toHexString(seed);
        this.inForeignJvms = inForeignJvms;
    }

    /** Make the classes of one suite, the same for the same seed. */
    static GeneratedClasses of(long seed) {
        GeneratedClasses classes = new GeneratedClasses(seed, false);
        return classes.withTopLevel(1 + classes.random.nextInt(3));
    }

    /** Make a number of classes whose tests run in foreign JVMs, the same for the same seed. */
    static GeneratedClasses inForeignJvms(long seed, int count) {
        return new GeneratedClasses(seed, true).withTopLevel(count);
    }

    private GeneratedClasses withTopLevel(int count) {
        for (int number = 0; number < count; number++) {
            topLevel();
        }
        return this;
    }

    /** Return the sources, by the names of their classes. */
    Map<String, String> sources() {
        return sources;
    }

    /** Return the architectures of a class or method, by its Java name, in the order of their invocations. */
    List<Architecture> declaredBy(String name) {
        return declared.getOrDefault(name, List.of());
    }

    /** Return whether a class or method has an architecture, or anything in it, or the class around it. */
    boolean isForeign(String name) {
        return foreign.contains(name);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String fresh(String kind) {
        return prefix + kind + names++;
    }

    private void topLevel() {
        String name = fresh("C");
        boolean repeated = inForeignJvms || chance(70);
        StringBuilder source = new StringBuilder(HEADER);
        if (!inForeignJvms) {
            source.append("@ExtendWith(FakeHost.Installation.class)\n");
        }
        String annotations = repeated ? architectures("ForeignArch", name, 1 + random.nextInt(3)) : "";
        source.append(inForeignJvms ? "@ForeignJvm\n" : "").append(annotations);
        body(source, "", name, repeated, 0);
        sources.put(PACKAGE + "." + name, source.toString());
    }

    private String architectures(String annotation, String name, int count) {
        List<Architecture> chosen = new ArrayList<>();
        StringBuilder text = new StringBuilder("@" + annotation + "({");
        while (chosen.size() < count) {
            Architecture architecture = ARCHITECTURES.get(random.nextInt(ARCHITECTURES.size()));
            if (!chosen.contains(architecture) && !(inForeignJvms && architecture == Architecture.AMD64)) {
                chosen.add(architecture);
                text.append('"')
                        .append(pick(
                                architecture.dockerName(),
                                architecture.platform().toString()))
                        .append("\",");
            }
        }
        declared.put(name, chosen);
        foreign.add(name);
        return text.append("})\n").toString();
    }

    /** Append a class, and return whether anything in it has an architecture. */
    private boolean body(StringBuilder source, String indent, String name, boolean repeated, int depth) {
        String in = indent + "  ";
        boolean perClass = chance(15);
        source.append(chance(6) ? indent + "@Disabled(\"class\")\n" : "")
                .append(perClass ? indent + "@TestInstance(TestInstance.Lifecycle.PER_CLASS)\n" : "")
                .append(chance(30) ? indent + displayName() : "")
                .append(indent + "class " + name + " {\n");
        if (chance(8)) {
            source.append(in + name + "() { " + statement() + " }\n");
        }
        if (repeated && !inForeignJvms && chance(10)) {
            source.append(in + "@ForeignContainer(\"" + pick("sound:1", "sound:2", "broken:1")
                    + "\") GenericContainer<?> container;\n");
        }
        lifecycle(source, in);
        boolean anything = repeated;
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            anything |= method(source, in, repeated);
        }
        for (int count = depth < 2 && chance(35) ? 1 + random.nextInt(2) : 0; count > 0; count--) {
            anything |= nested(source, in, repeated, depth + 1);
        }
        source.append(indent + "}\n");
        if (anything) {
            foreign.add(name);
        }
        return anything;
    }

    private void lifecycle(StringBuilder source, String in) {
        if (chance(8)) {
            source.append(in + "@BeforeAll static void " + fresh("b") + "() { " + statement() + " }\n");
        }
        if (chance(8)) {
            source.append(in + "@AfterAll static void " + fresh("a") + "() { " + statement() + " }\n");
        }
        if (chance(8)) {
            source.append(
                    in + pick("@BeforeEach", "@AfterEach") + " void " + fresh("e") + "() { " + statement() + " }\n");
        }
    }

    private boolean nested(StringBuilder source, String in, boolean repeated, int depth) {
        String name = fresh("N");
        source.append(in + "@Nested\n");
        if (!repeated && chance(40)) {
            source.append(in + architectures("ForeignArch", name, 1 + random.nextInt(2)));
            return body(source, in, name, true, depth);
        }
        if (chance(30)) {
            source.append(in + "@ParameterizedClass(name = \"" + pick("{0}", "[{index}] {0}", "same", "s390x")
                    + "\") @ValueSource(ints = {1, 1, 2})\n");
            String parameter = in + "  @Parameter int parameter;\n";
            StringBuilder inner = new StringBuilder();
            boolean anything = body(inner, in, name, repeated, depth);
            int brace = inner.indexOf("{\n", inner.indexOf("class " + name + " ")) + 2;
            // JUnit injects either the constructor's parameters or the fields, and neither into one without.
            source.append(inner.insert(brace, parameter));
            return anything;
        }
        return body(source, in, name, repeated, depth);
    }

    /** Append a test of any kind, and return whether it has an architecture of its own. */
    private boolean method(StringBuilder source, String in, boolean repeated) {
        String name = fresh("m");
        source.append(chance(50) ? in + displayName() : "").append(chance(7) ? in + "@Disabled(\"method\")\n" : "");
        if (repeated && !inForeignJvms && chance(10)) {
            source.append(in + pick("@EnabledOnForeignArch", "@DisabledOnForeignArch") + "(\"s390x\")\n");
        }
        boolean single = !repeated && chance(40);
        if (!repeated && chance(25)) {
            source.append(in + architectures("ForeignArchTest", name, 1 + random.nextInt(3)) + in + "void " + name
                    + "(Architecture architecture) { " + onSome() + " }\n");
            return true;
        }
        if (single) {
            source.append(in + architectures("ForeignArch", name, 1));
        }
        kind(source, in, name, repeated);
        return single;
    }

    private void kind(StringBuilder source, String in, String name, boolean repeated) {
        switch (random.nextInt(8)) {
            case 0 -> parameterized(source, in, name);
            case 1 ->
                source.append(in + "@RepeatedTest(" + (1 + random.nextInt(3)) + ") void " + name + "() { " + statement()
                        + " }\n");
            case 2 -> factory(source, in, name);
            case 3 ->
                source.append(in + "@TestTemplate @ExtendWith(GeneratedTemplate.class) void " + name
                        + "(String given) {" + " if (given.equals(\"s390x\")) { " + statement() + " } }\n");
            case 4 ->
                source.append(in + "@Test void " + name + "() { if (" + name + "n++ < " + (1 + random.nextInt(2)) + ") "
                        + pick("fail();", "assumeTrue(false);", "{}") + " }\n" + in + "static int " + name + "n;\n");
            default -> {
                if (repeated && chance(40)) {
                    source.append(in + "@Test void " + name + "(Architecture architecture) { " + onSome() + " }\n");
                } else {
                    source.append(in + "@Test void " + name + "() { " + statement() + " }\n");
                }
            }
        }
    }

    private void parameterized(StringBuilder source, String in, String name) {
        String annotation =
                in + "@ParameterizedTest(name = \"" + pick("{0}", "{index}: {0}", "arm32v7", "same") + "\") ";
        if (chance(15)) {
            source.append(annotation + "@MethodSource(\"" + name + "s\") void " + name + "(int value) {}\n" + in
                    + "static Stream<Integer> " + name + "s() { throw new IllegalStateException(\"no source\"); }\n");
        } else {
            source.append(annotation + "@ValueSource(ints = {1, 1, 2, 3}) void " + name
                    + "(int value) { if (value == 1) { " + statement() + " } }\n");
        }
    }

    private void factory(StringBuilder source, String in, String name) {
        source.append(
                in + "@TestFactory Stream<DynamicNode> " + name + "() { " + (chance(10) ? "if (true) " + failure() : "")
                        + " return Stream.of(" + dynamic(2) + ", " + dynamic(2) + ", " + dynamic(0) + "); }\n");
    }

    private String dynamic(int depth) {
        if (depth > 0 && chance(40)) {
            return "DynamicContainer.dynamicContainer(" + name() + ", Stream.<DynamicNode>of(" + dynamic(depth - 1)
                    + ", " + dynamic(depth - 1) + "))";
        }
        return "DynamicTest.dynamicTest(" + name()
                + (chance(20) ? ", java.net.URI.create(\"class:java.lang.String\")" : "") + ", () -> { " + statement()
                + " })";
    }

    private String onSome() {
        return "if (architecture." + pick("bits() == 32", "toString().equals(\"s390x\")") + ") { " + statement() + " }";
    }

    private String statement() {
        return chance(55) ? "" : failure();
    }

    private String failure() {
        return pick(
                "fail();",
                "fail(" + name() + ");",
                "assumeTrue(false, " + name() + ");",
                "if (true) throw new IllegalStateException();",
                "Thread.currentThread().interrupt();",
                "Thread.currentThread().interrupt(); fail(\"interrupted\");");
    }

    private String displayName() {
        return "@DisplayName(" + name() + ")\n";
    }

    /** Return a Java literal: few names, so that many are equal, or any characters at all. */
    private String name() {
        if (chance(60)) {
            return '"'
                    + pick("works", "s390x", "arm32v7", "same", "[1] 1", "(the class as a whole)", "works (2)")
                    + '"';
        }
        StringBuilder literal = new StringBuilder("\"x");
        for (int length = random.nextInt(8); length > 0; length--) {
            int character = chance(50) ? random.nextInt(0x80) : random.nextInt(0x10000);
            // A Unicode escape of these would end the literal, or the line, before javac looks at it as a character.
            literal.append(
                    switch (character) {
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        default -> String.format("\\u%04x", character);
                    });
        }
        return literal.append('"').toString();
    }
}
