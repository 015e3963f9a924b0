package dev.rolewright.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.ops.TestPostgres;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {

    @Test
    void mayTakeLongerThanAnybodyElse(@TempDir Path folder) throws Exception {
        write(folder, "V1__slow.sql", "CREATE TABLE slow AS SELECT 1 FROM pg_sleep(2)");
        write(folder, "V2__next.sql", "CREATE TABLE next ()");
        try (AgroalDataSource store =
                impatient("migration_" + ProcessHandle.current().pid())) {
            FluentConfiguration configuration = Flyway.configure().locations("filesystem:" + folder);
            new Migration(store).customize(configuration);

            assertThat(configuration.load().migrate().migrationsExecuted).isEqualTo(2);

            assertThatThrownBy(() -> sleep(store)).hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    /// Processes of the version before go on while the next one is rolled out.
    @Test
    void takesNothingAwayThatTheVersionBeforeUses() throws IOException {
        Pattern taking = Pattern.compile(
                "(?i)\\b(rename|drop\\s+(table|column|view|constraint|index)|alter\\s+column\\s+\\w+\\s+type)\\b");
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
        return Integer.parseInt(migration.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1")) > 25;
    }

    private static void write(Path folder, String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql);
    }

    private static void sleep(AgroalDataSource store) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_sleep(2)");
        }
    }

    private static AgroalDataSource impatient(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        TestPostgres.jdbcUrl(), TestPostgres.user(), TestPostgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database);
            statement.execute("CREATE DATABASE " + database);
        }
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .connectionFactoryConfiguration(
                                line -> line.jdbcUrl(TestPostgres.jdbcUrl().replaceFirst("/[^/]*$", "/" + database))
                                        .principal(new NamePrincipal(TestPostgres.user()))
                                        .credential(new SimplePassword(TestPostgres.password()))
                                        .initialSql("SET idle_in_transaction_session_timeout = '500ms'")
                                        .jdbcProperty("socketTimeout", "1"))));
    }
}
