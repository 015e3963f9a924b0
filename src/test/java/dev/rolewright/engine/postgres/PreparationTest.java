package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READ;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The script that prepares a server, run by whoever administers it.
class PreparationTest {

    private static final String EVERYTHING = """
            select string_agg(line, e'\\n' order by line) from (
                select r::text from pg_roles r where oid >= 16384
                union all select (to_jsonb(m) - 'oid')::text from pg_auth_members m
                union all select datname || datacl::text from pg_database
                union all select d::text from pg_shdescription d) as everything (line)""";

    /// A service that keeps its superuser lets its customers do all that we need.
    @ParameterizedTest
    @EnumSource
    void aServiceWithoutASuperuserIsPreparedAndWorkedOn(TestServers server) throws SQLException {
        try (ManagedService service = new ManagedService(server, true)) {
            assertThat(service.prepare("orders", "orders_owner"))
                    .containsExactly(
                            "left out: GRANT CONNECT ON DATABASE rdsadmin TO connector; -- master may not give it");

            assertNothingIsMissing(service.scene());
            lifecycle(service.scene());
        }
    }

    /// A service that gives its customers none of the server's own roles: sessions are ended all the same.
    @ParameterizedTest
    @EnumSource
    void whatCannotBeHadIsSaidAndEverythingElseDone(TestServers server) throws SQLException {
        try (ManagedService service = new ManagedService(server, false)) {
            List<String> notes = service.prepare("orders", "orders_owner");

            if (server.keepsGrantors()) {
                assertThat(notes)
                        .anyMatch(note -> note.startsWith(
                                "left out: GRANT pg_signal_backend TO rolewright_grantor WITH INHERIT TRUE, SET TRUE"))
                        .anyMatch(note -> note.startsWith("left out: GRANT pg_use_reserved_connections TO connector"))
                        .hasSize(3);
            } else {
                assertThat(notes).hasSize(1);
            }
            lifecycle(service.scene());
        }
    }

    @ParameterizedTest
    @EnumSource
    void runTwiceItChangesNothing(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            List<String> before = scene.ask("postgres", EVERYTHING);

            scene.prepare("orders", "orders_owner");

            assertThat(scene.ask("postgres", EVERYTHING)).isEqualTo(before);
        }
        try (ManagedService service = new ManagedService(server, true)) {
            service.prepare("orders", "orders_owner");
            List<String> before = service.scene().ask("postgres", EVERYTHING);

            service.prepare("orders", "orders_owner");

            assertThat(service.scene().ask("postgres", EVERYTHING)).isEqualTo(before);
        }
    }

    /// Whoever prepared the server has nothing of our roles afterwards, and they have nothing of his.
    @ParameterizedTest
    @EnumSource
    void theAdministratorAndOurRolesStayApart(TestServers server) throws SQLException {
        try (ManagedService service = new ManagedService(server, true)) {
            service.run("SET createrole_self_grant = 'set, inherit'".repeat(server.keepsGrantors() ? 1 : 0));
            service.run("CREATE DATABASE mine");

            List<String> notes = service.prepare("orders,mine", "orders_owner,master");

            Scene scene = service.scene();
            assertThat(notes).anyMatch(note -> note.startsWith("left out: GRANT master TO rolewright_grantor"));
            for (String role : List.of("grantor", "registrar", "marker", "role_marker", "quarantine")) {
                assertThat(scene.ask(
                                "postgres",
                                "select pg_has_role('master', 'rolewright_" + role + "', 'USAGE'),"
                                        + " pg_has_role('rolewright_" + role + "', 'master', 'MEMBER')"))
                        .as(role)
                        .containsExactly("f");
            }
            assertThat(scene.ask("postgres", "select pg_has_role('rolewright_grantor', 'master', 'MEMBER')"))
                    .containsExactly("f");
            assertThat(scene.notices(Notice.Kind.STRANGER_IN_ROLE)).isEmpty();
        }
    }

    /// Whoever owns the database does not get a superuser to run his functions.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void theOwnerOfTheDatabaseDoesNotSayWhatWordsMean(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            scene.run(
                    "orders",
                    "CREATE SCHEMA evil AUTHORIZATION orders_owner",
                    "CREATE FUNCTION evil.caught(text) RETURNS text LANGUAGE plpgsql"
                            + " AS $$ BEGIN RAISE EXCEPTION 'caught as %', current_user; END $$",
                    "CREATE FUNCTION evil.quote_ident(text) RETURNS text LANGUAGE sql AS 'SELECT evil.caught($1)'",
                    "CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT evil.caught($1)'",
                    "CREATE DOMAIN evil.text AS pg_catalog.text CHECK (evil.caught(value) IS NULL)",
                    "ALTER DATABASE orders SET search_path = evil, pg_catalog");
            try (Connection administrator = server.administrator("orders");
                    Statement statement = administrator.createStatement()) {
                assertThatThrownBy(() -> Scene.ask(administrator, "SELECT current_setting('search_path')"))
                        .hasMessageContaining("caught");

                statement.execute(Scene.preparation("orders", "orders_owner", Scene.INSTALLATION));

                assertThat(Scene.ask(administrator, "SHOW search_path"))
                        .as("what was before is so again")
                        .containsExactly("evil, pg_catalog");
            }
            assertThat(scene.ask("postgres", "select 1 from pg_roles where rolname = 'rolewright_quarantine'"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aNameThatNobodyHasIsNoReasonToBegin(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            assertThatThrownBy(() -> scene.prepare("order", "orders_owner")).hasMessageContaining("\"order\"");
            assertThatThrownBy(() -> scene.prepare("orders", "order_owner")).hasMessageContaining("\"order_owner\"");

            assertThat(scene.ask("postgres", "select 1 from pg_roles where rolname like 'rolewright\\_%'"))
                    .isEmpty();
        }
    }

    private static void assertNothingIsMissing(Scene scene) {
        assertThat(scene.observe(Scope.WHOLE).notices())
                .filteredOn(notice -> notice.kind() != Notice.Kind.OPEN_TO_EVERYBODY)
                .isEmpty();
    }

    /// From the first day to the last, with a table to hand over.
    private static void lifecycle(Scene scene) throws SQLException {
        Acts acts = new Acts(scene);
        acts.done(Acts.reader());
        acts.done(create("ada"), join("ada", READER));
        Connection session = scene.as("ada", "orders");
        assertThat(Scene.ask(session, READ)).containsExactly("3");
        scene.run("orders", "CREATE TABLE sales.notes (id int)", "ALTER TABLE sales.notes OWNER TO ada");
        Account ada = acts.seen("ada");

        acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));
        assertThatThrownBy(() -> Scene.ask(session, "select 1")).isInstanceOf(SQLException.class);
        acts.done(new Step.ResumeLogin(ada, Optional.empty()));
        Connection again = scene.as("ada", "orders");
        acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));
        assertThatThrownBy(() -> Scene.ask(again, "select 1")).isInstanceOf(SQLException.class);
        acts.done(new Step.DropLogin(ada, Optional.empty(), Optional.of(new RoleName("orders_owner"))));

        assertThat(scene.ask("orders", "select tableowner from pg_tables where tablename = 'notes'"))
                .containsExactly("orders_owner");
        assertThat(scene.ask("postgres", "select 1 from pg_roles where rolname = 'ada'"))
                .isEmpty();
    }
}
