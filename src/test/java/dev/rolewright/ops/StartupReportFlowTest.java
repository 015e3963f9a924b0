package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.deploy.KnownKeys;
import dev.rolewright.web.WrittenDown;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// What an operator reads at the end of a start.
@QuarkusTest
@TestProfile(Unsafe.class)
class StartupReportFlowTest {

    private static final String NOT_SAFE = "Not safe: ";

    @Inject
    StartupReport report;

    @Inject
    MisspeltSettings settings;

    @Inject
    DataSource store;

    @Test
    void warnsOfEachDangerAndOfNothingElse() throws Exception {
        write("DELETE FROM target_state");
        List<String> before = warnings();

        write(
                "INSERT INTO target_state (target, notes) VALUES ('orders', '[{\"kind\": \"NOTICE\", \"notice\":"
                        + " \"RIGHT_NOT_NEEDED\", \"subject\": \"rights\", \"sentence\": \"our work does not need it: connector has SUPERUSER\"}]')");
        List<String> after = warnings();

        assertThat(before)
                .satisfiesExactlyInAnyOrder(
                        danger -> assertThat(danger).contains("The doors listen on 0.0.0.0 for plain HTTP"),
                        danger -> assertThat(danger).contains("The store is an embedded PostgreSQL"),
                        danger -> assertThat(danger)
                                .contains("Secrets are in")
                                .contains("rolewright.target.crm.password"),
                        danger -> assertThat(danger).contains("HR system bamboo does not sign"),
                        danger -> assertThat(danger).contains("sender.bamboo.token has fewer than 32 characters"),
                        danger -> assertThat(danger).contains("Target crm is on another host"),
                        danger -> assertThat(danger)
                                .contains("Nothing reads the setting rolewright.reconcil.lease,")
                                .contains("Did you mean rolewright.reconcile.lease?"));
        assertThat(after)
                .hasSize(before.size() + 1)
                .containsAll(before)
                .anySatisfy(danger -> assertThat(danger)
                        .contains("Target orders: our work does not need it: connector has SUPERUSER")
                        .contains("src/docs/reference/postgresql.md"));
    }

    @Test
    void knowsEverySettingThatThereIs() throws Exception {
        assertThat(settings.known())
                .containsAll(KnownKeys.read().keys().stream()
                        .filter(key -> key.startsWith("rolewright."))
                        .map(key -> key.replace("<name>", "*"))
                        .toList());
    }

    @Test
    void showsNoSecret() throws Exception {
        WrittenDown log = new WrittenDown();
        log.during(() -> {
            report.give();
            return true;
        });

        assertThat(log.usual())
                .contains(
                        "HR systems: bamboo",
                        "warnings above",
                        "erp at jdbc:postgresql://erp.example.org/erp as connector")
                .doesNotContain(Unsafe.TOKEN)
                .doesNotContain(secret("rolewright.admin.token"))
                .doesNotContain(secret("rolewright.scim.token"))
                .doesNotContain(secret("rolewright.target.orders.password"))
                .doesNotContain(secret("quarkus.datasource.password"));
    }

    private List<String> warnings() throws Exception {
        WrittenDown log = new WrittenDown();
        log.during(() -> {
            report.give();
            return true;
        });
        return log.usual()
                .lines()
                .filter(line -> line.startsWith("WARN") && line.contains(NOT_SAFE))
                .toList();
    }

    private static String secret(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    private void write(String statement) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement it = connection.createStatement()) {
            it.execute(statement);
        }
    }
}
