package dev.rolewright.engine.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Notice.Kind;
import dev.rolewright.plan.Scope;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a look tells of others and of what was done by hand, and that the statement that comes with it mends it.
class NoticesTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));

    @ParameterizedTest
    @EnumSource
    void tellsWhatIsOpenToEverybodyUntilItIsClosed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "orders",
                    "CREATE FUNCTION sales.trap(\"odd name\" int) RETURNS int LANGUAGE sql SECURITY DEFINER"
                            + " AS 'select 1'",
                    "CREATE FUNCTION sales.harmless() RETURNS int LANGUAGE sql AS 'select 1'",
                    "GRANT SELECT, INSERT ON sales.orders TO PUBLIC",
                    "GRANT CREATE ON SCHEMA crm TO PUBLIC");

            List<Notice> open = scene.remedied("orders", Kind.OPEN_TO_EVERYBODY);

            assertThat(open)
                    .extracting(Notice::sentence)
                    .contains(
                            "everybody has CONNECT, TEMPORARY on database \"orders\"",
                            "everybody has CREATE on schema \"crm\" in orders",
                            "everybody has INSERT, SELECT on table \"sales\".\"orders\" in orders",
                            "everybody has EXECUTE on function that runs as the owner: sales.trap(integer) in orders")
                    .hasSize(server.major() < 15 ? 5 : 4); // before 15 everybody may create in schema public
            assertThat(scene.notices(Kind.OPEN_TO_EVERYBODY)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatSomebodyOpensInWaysThatAreEasilyMissed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.remedied("orders", Kind.OPEN_TO_EVERYBODY);
            scene.run(
                    "orders",
                    "CREATE ROLE \"the maker\"",
                    "CREATE TABLE sales.secrets (id int, \"the key\" text)",
                    "GRANT SELECT (id, \"the key\"), UPDATE (id) ON sales.secrets TO PUBLIC",
                    "GRANT DELETE ON sales.secrets TO PUBLIC",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE \"the maker\" IN SCHEMA sales GRANT SELECT ON TABLES TO PUBLIC",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE \"the maker\" GRANT USAGE ON SEQUENCES TO PUBLIC",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE \"the maker\" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
                    "GRANT SELECT ON pg_catalog.pg_authid TO PUBLIC",
                    "GRANT SELECT (subconninfo) ON pg_catalog.pg_subscription TO PUBLIC",
                    "GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO PUBLIC",
                    "CREATE FOREIGN DATA WRAPPER elsewhere",
                    "CREATE SERVER \"far away\" FOREIGN DATA WRAPPER elsewhere",
                    "GRANT USAGE ON FOREIGN SERVER \"far away\" TO PUBLIC");

            assertThat(scene.remedied("orders", Kind.OPEN_TO_EVERYBODY))
                    .extracting(Notice::sentence)
                    .containsExactlyInAnyOrder(
                            "everybody has DELETE, SELECT (\"the key\"), SELECT (id), UPDATE (id) on table"
                                    + " \"sales\".\"secrets\" in orders",
                            "everybody has SELECT on tables to be made by \"the maker\" in schema \"sales\" in orders",
                            "everybody has USAGE on sequences to be made by \"the maker\" in orders",
                            "everybody has SELECT on table \"pg_catalog\".\"pg_authid\" in orders",
                            "everybody has SELECT (subconninfo) on table \"pg_catalog\".\"pg_subscription\" in orders",
                            "everybody has EXECUTE on function that had been closed: pg_ls_dir(text) in orders",
                            "everybody has USAGE on foreign server \"far away\" in orders");
            assertThat(scene.notices(Kind.OPEN_TO_EVERYBODY)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatSomebodyOpensThatIsNoTableAndNoFunction(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            boolean grantsParameters = server.major() >= 15;
            scene.remedied("orders", Kind.OPEN_TO_EVERYBODY);
            scene.run(
                    "orders",
                    "SELECT lo_create(4711)",
                    "GRANT SELECT, UPDATE ON LARGE OBJECT 4711 TO PUBLIC",
                    "CREATE FOREIGN DATA WRAPPER \"the way\"",
                    "GRANT USAGE ON FOREIGN DATA WRAPPER \"the way\" TO PUBLIC",
                    "GRANT CREATE ON TABLESPACE pg_default TO PUBLIC");
            if (grantsParameters) {
                scene.run("orders", "GRANT SET, ALTER SYSTEM ON PARAMETER session_replication_role, my.own TO PUBLIC");
            }

            List<Notice> open = scene.remedied("orders", Kind.OPEN_TO_EVERYBODY);
            scene.run("orders", "SELECT lo_unlink(4711)");

            assertThat(open)
                    .extracting(Notice::sentence)
                    .contains(
                            "everybody has SELECT, UPDATE on large object 4711 in orders",
                            "everybody has USAGE on foreign data wrapper \"the way\" in orders",
                            "everybody has CREATE on tablespace \"pg_default\"")
                    .hasSize(grantsParameters ? 5 : 3);
            assertThat(scene.notices(Kind.OPEN_TO_EVERYBODY)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfStrangersInOurRoles(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.member("ada", ADA, "reader");
            scene.run("postgres", "CREATE ROLE \"the \"\"app\" LOGIN", "GRANT reader, ada TO \"the \"\"app\"");

            List<Notice> strangers = scene.remedied("postgres", Kind.STRANGER_IN_ROLE);

            assertThat(strangers).hasSize(2);
            assertThat(scene.notices(Kind.STRANGER_IN_ROLE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatGoesByAPersonAndNotByARole(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.login("ada", ADA);
            scene.run(
                    "orders",
                    "CREATE POLICY hers ON sales.orders TO ada USING (true)",
                    "GRANT CREATE ON DATABASE template1 TO ada",
                    "CREATE TABLE public.mine ()",
                    "ALTER TABLE public.mine OWNER TO reader");

            assertThat(scene.notices(Kind.OTHER))
                    .extracting(Notice::sentence)
                    .containsExactlyInAnyOrder(
                            "ada is a person's login and named in policies of 1 object in orders",
                            "ada is a person's login and holds privileges of its own on 1 object in template1, where"
                                    + " the contract manages nothing",
                            "reader is a contract role and owns 1 object in orders");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsToldOfDatabasesThatAreNotManaged(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Target postgres = scene.target(Set.of("postgres"));

            assertThat(scene.observe(Scope.WHOLE, postgres).notices())
                    .extracting(Notice::sentence)
                    .noneMatch(sentence -> sentence.contains("orders"));
        }
    }
}
