package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The stage that the other tests of this engine play on, and the script that prepares a customer's server.
class SceneTest {

    private static final String RIGHTS = "SELECT concat_ws(' ', rolname, rolsuper, rolcreaterole, rolcreatedb,"
            + " rolreplication, rolbypassrls, rolcanlogin) FROM pg_roles WHERE oid >= 16384 ORDER BY rolname";

    @ParameterizedTest
    @EnumSource
    void theServerIsOfItsVersion(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            assertThat(scene.ask("postgres", "SHOW server_version_num"))
                    .singleElement()
                    .asString()
                    .startsWith("" + server.major());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScriptMakesALoginThatCanOnlyConnectAndBecomeTheGrantor(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            assertThat(scene.ask("postgres", RIGHTS))
                    .containsExactly(
                            "connector f f f f f t",
                            "orders_owner f f f f f f",
                            "rolewright_grantor f t f f f f",
                            "rolewright_marker f f f f f f",
                            "rolewright_quarantine f f f f f f",
                            "rolewright_registrar f t f f f f",
                            "rolewright_role_marker f f f f f f");

            Connection connector = scene.logIn(Scene.CONNECTOR, "orders");
            assertThatThrownBy(() -> Scene.ask(connector, "SELECT amount FROM sales.orders"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> connector.createStatement().execute("CREATE ROLE anybody"))
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGrantorCanDoWhatPassesNeed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Connection connector = scene.logIn(Scene.CONNECTOR, "orders");

            connector
                    .createStatement()
                    .execute("SET ROLE rolewright_grantor; CREATE ROLE reader; CREATE ROLE ada LOGIN;"
                            + " GRANT reader TO ada; GRANT rolewright_marker TO ada; COMMENT ON ROLE ada IS 'x';"
                            + " GRANT CONNECT ON DATABASE orders TO reader; GRANT USAGE ON SCHEMA sales TO reader;"
                            + " GRANT SELECT ON sales.orders TO reader;"
                            + " ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA sales"
                            + " GRANT SELECT ON TABLES TO reader");

            assertThat(Scene.ask(scene.as("ada", "orders"), "SELECT count(*) FROM sales.orders"))
                    .containsExactly("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScriptMayRunAgain(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            String memberships = "SELECT roleid || ' ' || member FROM pg_auth_members ORDER BY 1";
            List<String> before = scene.ask("postgres", memberships);

            scene.prepare("orders", "orders_owner");
            scene.prepare("", "");

            assertThat(scene.ask("postgres", memberships)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfTheSceneBefore(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "CREATE ROLE left_behind LOGIN", "CREATE DATABASE leftover OWNER left_behind");
            scene.run("postgres", "CREATE TABLE mine ()", "ALTER TABLE mine OWNER TO left_behind");
            scene.run("orders", "BEGIN; CREATE TABLE half_done (); PREPARE TRANSACTION 'half'");
        }

        try (Scene scene = Scene.on(server)) {
            assertThat(scene.ask("postgres", "SELECT rolname FROM pg_roles WHERE rolname = 'left_behind'"))
                    .isEmpty();
            assertThat(scene.ask("postgres", "SELECT datname FROM pg_database ORDER BY 1"))
                    .containsExactly("orders", "postgres", "template0", "template1");
        }
    }
}
