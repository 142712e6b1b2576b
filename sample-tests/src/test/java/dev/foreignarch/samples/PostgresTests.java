package dev.foreignarch.samples;

import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.PPC64LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignContainer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A container of your own, of any Testcontainers type. Static: the tests on one architecture share it. */
@ForeignArch({"arm64v8", "arm32v7", "ppc64le"})
class PostgresTests {

    /** An emulated start takes a multiple of a native one: on a busy machine its usual minute isn't enough. */
    @ForeignContainer
    static PostgreSQLContainer postgres =
            new PostgreSQLContainer("postgres:15").withDatabaseName("shop").withStartupTimeout(Duration.ofMinutes(5));

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = postgres.createConnection("");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void addsPrices() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (name text, price numeric(10, 2))");
            statement.execute("INSERT INTO item VALUES ('tea', 2.50), ('cake', 3.25)");
        }

        assertEquals("5.75", query("SELECT sum(price) FROM item"));
    }

    @Test
    void isBuiltForArchitecture(Architecture architecture) throws SQLException {
        Map<Architecture, String> gnuNames = Map.of(ARM64V8, "aarch64-", ARM32V7, "arm-", PPC64LE, "powerpc64le-");

        String version = query("SELECT version()");

        assertTrue(version.contains(" on " + gnuNames.get(architecture)), version);
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
