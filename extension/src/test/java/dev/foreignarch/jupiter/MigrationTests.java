package dev.foreignarch.jupiter;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foreignarch.arch.Architecture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The guide's page on migrating from plain Testcontainers: before, after, and with all containers at once. */
@Tag("engine")
class MigrationTests {

    @Test
    void before() {
        run(PlainOrdersTests.class, Map.of());
    }

    // tag::before[]
    @Testcontainers
    // end::before[]
    static
    // tag::before[]
    class PlainOrdersTests {

        @Container
        static PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:15");

        @Test
        void remembers() throws Exception {
            try (Connection connection = DriverManager.getConnection(
                    postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword())) {
                assertTrue(connection.isValid(10));
            }
        }
    }
    // end::before[]

    @Test
    void after() {
        run(OrdersTests.class, Map.of("foreignarch.only", "s390x"));
    }

    // tag::after[]
    @ForeignArch({"arm64v8", "s390x"})
    // end::after[]
    static
    // tag::after[]
    class OrdersTests {

        @ForeignContainer
        static PostgreSQLContainer postgres =
                new PostgreSQLContainer("postgres:15").withStartupTimeout(Duration.ofMinutes(5));

        @Test
        void remembers() throws Exception {
            try (Connection connection = DriverManager.getConnection(
                    postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword())) {
                assertTrue(connection.isValid(10));
            }
        }
    }
    // end::after[]

    @Test
    void allAtOnce() {
        run(JdbcUrlTests.class, Map.of("foreignarch.only", "ppc64le", "foreignarch.containers", "all"));
    }

    // tag::all[]
    @ForeignArch({"ppc64le", "s390x"})
    // end::all[]
    static
    // tag::all[]
    class JdbcUrlTests {

        @Test
        void theDatabaseRunsOnTheArchitecture(Architecture architecture) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:tc:postgresql:15:///" + architecture);
                    ResultSet version = connection.createStatement().executeQuery("select version()")) {
                assertTrue(version.next());
                assertTrue(
                        version.getString(1).contains(architecture == Architecture.PPC64LE ? "powerpc64le" : "s390x"));
            }
        }
    }
    // end::all[]

    private static void run(Class<?> testCase, Map<String, String> parameters) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameters(parameters)
                .execute()
                .testEvents()
                .assertStatistics(events -> events.started(1).succeeded(1));
    }
}
