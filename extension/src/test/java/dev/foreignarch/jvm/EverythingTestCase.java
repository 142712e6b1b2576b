package dev.foreignarch.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a class of JUnit Jupiter can have, to be run here and there. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class EverythingTestCase {

    static final String PREPARED = "everything.prepared";

    /** The class as it runs in this JVM. */
    static class LocalTestCase extends EverythingTestCase {}

    /** The same class in a JVM of its own. */
    @ForeignArch("amd64")
    @ForeignJvm
    static class ForeignTestCase extends EverythingTestCase {}

    /** The same class on an architecture that is foreign to most machines. */
    @ForeignArch("s390x")
    @ForeignJvm
    static class BigEndianTestCase extends EverythingTestCase {}

    @BeforeAll
    static void prepare() {
        System.setProperty(PREPARED, "yes");
    }

    @AfterAll
    static void clear() {
        System.clearProperty(PREPARED);
    }

    @BeforeEach
    void isPrepared() {
        assertEquals("yes", System.getProperty(PREPARED));
    }

    @Test
    @Order(1)
    void passes() throws InterruptedException {
        Thread.sleep(2);
    }

    @Test
    @Order(2)
    @Tag("red")
    @DisplayName("compares, in vain")
    void compares() {
        assertEquals("what was expected", "what came");
    }

    @Test
    @Order(3)
    void throwsItsOwn() throws OwnException {
        OwnException exception = new OwnException("with a thread, which can't be serialized", new IOException("cause"));
        exception.addSuppressed(new IllegalStateException("suppressed"));
        throw exception;
    }

    @Test
    @Order(4)
    void assumes() {
        assumeTrue(PREPARED.isEmpty(), "the assumption");
    }

    @Test
    @Order(5)
    @Disabled("for a reason")
    void isDisabled() {}

    @ParameterizedTest(name = "{index}: {0}")
    @Order(6)
    @ValueSource(strings = {"a", "b"})
    void takes(String value) {
        assertEquals("a", value);
    }

    @RepeatedTest(2)
    @Order(7)
    void repeats() {}

    @TestFactory
    @Order(8)
    Stream<DynamicNode> makes() {
        return Stream.of(
                dynamicTest("good", () -> {}),
                dynamicContainer("several", List.of(dynamicTest("bad", () -> assertTrue(PREPARED.isEmpty())))));
    }

    @Test
    @Order(9)
    void reports(TestInfo info, TestReporter reporter, @TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("file"), "content");
        reporter.publishEntry("who", info.getTestMethod().orElseThrow().getName());
        reporter.publishEntry("what", "content");
    }

    @Test
    @Order(10)
    @Timeout(1)
    void takesTooLong() throws InterruptedException {
        Thread.sleep(60_000);
    }

    @Nested
    class Inner {
        @Test
        void isInside() {}

        @Nested
        class Innermost {
            @Test
            void isDeepInside() {
                throw new UnsupportedOperationException("deep inside");
            }
        }
    }

    @Nested
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    class Repeated {
        @Parameter
        int value;

        @Test
        void isOne() {
            assertEquals(1, value);
        }
    }

    /** An exception that can't be serialized. */
    static class OwnException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object attachment = Thread.currentThread();

        OwnException(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String toString() {
            return "own " + getMessage() + (attachment == null ? "!" : "");
        }
    }
}
