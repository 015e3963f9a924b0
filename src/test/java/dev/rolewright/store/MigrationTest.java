package dev.rolewright.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationTest {

    @Test
    void mayTakeLongerThanAnybodyMayIdleInATransaction(@TempDir Path folder) throws Exception {
        write(folder, "V1__slow.sql", "CREATE TABLE slow AS SELECT 1 FROM pg_sleep(2)");
        write(folder, "V2__next.sql", "CREATE TABLE next ()");
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(impatient("migration_" + ProcessHandle.current().pid()))
                .locations("filesystem:" + folder);
        new Migration().customize(configuration);

        assertThat(configuration.load().migrate().migrationsExecuted).isEqualTo(2);
    }

    /// Processes of the version before go on while the next one is rolled out.
    @Test
    void takesNothingAwayThatTheVersionBeforeUses() throws IOException {
        Pattern taking =
                Pattern.compile("(?i)\\b(rename|drop\\s+(table|column|view)|alter\\s+column\\s+\\w+\\s+type)\\b");
        Path folder = Path.of("src/main/resources/db/migration");
        assertThat(folder.resolve("V18__orphans_by_target.sql")).content().containsPattern(taking);
        try (Stream<Path> migrations = Files.list(folder)) {
            assertThat(migrations.filter(MigrationTest::isReleased))
                    .allSatisfy(
                            migration -> assertThat(Files.readString(migration)).doesNotContainPattern(taking));
        }
    }

    /// Before the first release tables were renamed freely.
    private static boolean isReleased(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1")) > 20;
    }

    private static void write(Path folder, String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql);
    }

    private static PGSimpleDataSource impatient(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestPostgres.jdbcUrl());
        source.setUser(TestPostgres.user());
        source.setPassword(TestPostgres.password());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database);
            statement.execute("CREATE DATABASE " + database);
        }
        source.setDatabaseName(database);
        source.setOptions("-c idle_in_transaction_session_timeout=500ms");
        return source;
    }
}
