package dev.rolewright.engine.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Extras;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What logins and contract roles are given of their own by hand: it is seen, and it is taken back or the failure says
/// how an administrator takes it back.
class ByHandTest {

    private static final LoginName ADA = new LoginName("ada");
    private static final RoleName READER = Acts.READER;

    @ParameterizedTest
    @EnumSource
    void whoeverWasLeftAloneHasNothingOfItsOwn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            peopled(scene);

            assertThat(extras(scene)).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void attributesAreTakenBackOrSomebodyIsToldHow(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            scene.run(
                    "postgres",
                    "ALTER ROLE ada CREATEDB CREATEROLE BYPASSRLS NOINHERIT CONNECTION LIMIT 3"
                            + " VALID UNTIL '2030-01-01'",
                    "ALTER ROLE orders_reader LOGIN CREATEROLE CONNECTION LIMIT 3");

            Extras seen = extras(scene);
            List<Step> steps = steps(acts, seen);
            List<String> told = remedies(acts, steps);

            assertThat(seen.logins().get(ADA))
                    .extracting(Extra::label)
                    .containsExactlyInAnyOrder(
                            "CREATEDB", "CREATEROLE", "BYPASSRLS", "NOINHERIT", "CONNECTION LIMIT", "VALID UNTIL");
            assertThat(seen.roles().get(READER))
                    .extracting(Extra::label)
                    .containsExactlyInAnyOrder("LOGIN", "CREATEROLE", "CONNECTION LIMIT");
            assertThat(told)
                    .as("what only a superuser or whoever has it himself takes away")
                    .hasSize(server.keepsGrantors() ? 2 : 1)
                    .contains("ALTER ROLE \"ada\" NOBYPASSRLS;");
            assertThat(extrasAfter(told, scene, "postgres")).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuperuserByHandIsToldWithTheStatementThatEndsIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            scene.run("postgres", "ALTER ROLE ada SUPERUSER", "ALTER ROLE orders_reader SUPERUSER");

            List<String> told = remedies(acts, steps(acts, extras(scene)));

            assertThat(told).hasSize(2).allMatch(sql -> sql.contains("NOSUPERUSER; SELECT pg_terminate_backend(pid)"));
            assertThat(extrasAfter(told, scene, "postgres")).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void settingsAreTakenBack(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            scene.run(
                    "orders",
                    "ALTER ROLE ada SET role = 'orders_owner'",
                    "ALTER ROLE ada SET \"session_authorization\" = 'ada'",
                    "ALTER ROLE ada IN DATABASE orders SET search_path = 'evil, public'",
                    "ALTER ROLE orders_reader SET row_security = off");

            Extras seen = extras(scene);
            acts.done(steps(acts, seen));

            assertThat(seen.logins().get(ADA))
                    .containsExactlyInAnyOrder(
                            new Extra.Setting(Optional.empty(), "role"),
                            new Extra.Setting(Optional.empty(), "session_authorization"),
                            new Extra.Setting(Optional.of("orders"), "search_path"));
            assertThat(seen.roles())
                    .isEqualTo(Map.of(READER, Set.of(new Extra.Setting(Optional.empty(), "row_security"))));
            assertThat(extras(scene)).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettingOfASuperuserComesWithTheStatementThatEndsIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            scene.run(
                    "postgres",
                    "ALTER ROLE ada SET session_replication_role = 'replica'",
                    "ALTER ROLE ada SET other.tenant = 'a=b'");

            List<String> told = remedies(acts, steps(acts, extras(scene)));

            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "ALTER ROLE \"ada\" RESET \"session_replication_role\";",
                            "ALTER ROLE \"ada\" RESET \"other\".\"tenant\";");
            assertThat(extrasAfter(told, scene, "postgres")).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void privilegesOfEveryKindAreTakenBack(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            scene.run(
                    "orders",
                    "CREATE TYPE sales.mood AS ENUM ('sad')",
                    "ALTER TYPE sales.mood OWNER TO orders_owner",
                    "CREATE FUNCTION sales.nine() RETURNS int LANGUAGE sql AS 'select 9'",
                    "ALTER FUNCTION sales.nine() OWNER TO orders_owner",
                    "SET ROLE orders_owner",
                    "GRANT CREATE, TEMPORARY ON DATABASE orders TO ada",
                    "GRANT USAGE ON SCHEMA sales TO ada WITH GRANT OPTION",
                    "GRANT SELECT, DELETE ON sales.orders TO ada",
                    "GRANT SELECT (country) ON crm.customers TO ada",
                    "GRANT USAGE ON SEQUENCE sales.invoice_numbers TO ada",
                    "GRANT EXECUTE ON FUNCTION sales.nine() TO ada",
                    "GRANT USAGE ON TYPE sales.mood TO ada",
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT SELECT ON TABLES TO ada",
                    "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ada",
                    "SELECT lo_create(4711)",
                    "GRANT SELECT ON LARGE OBJECT 4711 TO ada",
                    "RESET ROLE");

            Extras seen = extras(scene);
            acts.done(steps(acts, seen));

            assertThat(seen.logins().get(ADA))
                    .extracting(Extra::label)
                    .containsExactlyInAnyOrder(
                            "CREATE on database orders",
                            "TEMPORARY on database orders",
                            "USAGE on schema sales in orders, able to pass it on",
                            "SELECT on table sales.orders in orders",
                            "DELETE on table sales.orders in orders",
                            "SELECT on column crm.customers.country in orders",
                            "USAGE on sequence sales.invoice_numbers in orders",
                            "EXECUTE on function sales.nine() in orders",
                            "USAGE on type sales.mood in orders",
                            "SELECT on large object 4711 in orders",
                            "SELECT on tables that orders_owner will make in schema sales of orders",
                            "USAGE on schemas that orders_owner will make in orders");
            assertThat(extras(scene)).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void privilegesThatOnlyASuperuserTakesBackComeWithTheStatements(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            List<String> grants = new ArrayList<>(List.of(
                    "CREATE FOREIGN DATA WRAPPER nothing",
                    "CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing",
                    "GRANT USAGE ON FOREIGN DATA WRAPPER nothing TO ada",
                    "GRANT USAGE ON FOREIGN SERVER nowhere TO ada",
                    "GRANT USAGE ON LANGUAGE plpgsql TO ada",
                    "GRANT CREATE ON TABLESPACE pg_default TO ada",
                    "GRANT EXECUTE ON FUNCTION pg_ls_logdir() TO ada",
                    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ada"));
            if (server.major() >= 15) {
                grants.add("GRANT SET ON PARAMETER log_statement TO ada");
            }
            scene.run("orders", grants.toArray(String[]::new));

            Extras seen = extras(scene);
            List<String> told = remedies(acts, steps(acts, seen));

            assertThat(seen.logins().get(ADA)).hasSize(server.major() >= 15 ? 7 : 6);
            assertThat(told).hasSize(server.major() >= 15 ? 7 : 6);
            assertThat(extrasAfter(told, scene, "orders")).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyPassedOnGoesWithWhatWasPassedOnFrom(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            scene.login("bob", Acts.person("bob"));
            scene.run(
                    "orders",
                    "GRANT USAGE ON SCHEMA sales TO ada",
                    "GRANT SELECT ON sales.orders TO ada WITH GRANT OPTION",
                    "SET ROLE ada",
                    "GRANT SELECT ON sales.orders TO bob",
                    "RESET ROLE");

            Extras seen = extras(scene);
            acts.done(steps(acts, seen));

            assertThat(seen.logins().get(new LoginName("bob")))
                    .singleElement()
                    .extracting(Extra::grantor)
                    .isEqualTo(new Grantor.Other(new RoleName("ada")));
            assertThat(extras(scene)).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatALoginOwnsAndWhatOthersHaveIsLeftAlone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            peopled(scene);
            scene.run(
                    "orders",
                    "CREATE TABLE public.mine (id int)",
                    "ALTER TABLE public.mine OWNER TO ada",
                    "GRANT SELECT ON public.mine TO orders_owner",
                    "CREATE ROLE app LOGIN CREATEDB",
                    "ALTER ROLE app SET search_path = 'app'",
                    "GRANT SELECT ON sales.orders TO app");

            assertThat(extras(scene)).isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLookAtSomeOpensNoAccessList(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            peopled(scene);
            scene.run("orders", "GRANT SELECT ON sales.orders TO ada");

            assertThat(scene.observe(new Scope.Some(Set.of(Acts.person("ada")), Set.of(ADA)))
                            .extras())
                    .isEqualTo(Extras.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsTakenFromAStrangerWhoCameUnderTheName(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = peopled(scene);
            Step strip = new Step.StripLogin(acts.seen("ada"), new Extra.Attribute(Extra.Attribute.Kind.CREATEDB));
            scene.run("postgres", "DROP ROLE ada", "CREATE ROLE ada LOGIN CREATEDB");

            EngineFailure failure = acts.failed(strip);

            assertThat(failure.kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
            assertThat(scene.ask("postgres", "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'ada'"))
                    .containsExactly("t");
        }
    }

    private static Acts peopled(Scene scene) throws SQLException {
        Acts acts = new Acts(scene);
        scene.member("ada", Acts.person("ada"), "orders_reader");
        return acts;
    }

    private static Extras extras(Scene scene) {
        return scene.observe(Scope.WHOLE).extras();
    }

    /// What is left when an administrator has run what was told.
    private static Extras extrasAfter(List<String> told, Scene scene, String database) throws SQLException {
        scene.run(database, told.toArray(String[]::new));
        return extras(scene);
    }

    /// What a plan would do about all of it.
    private static List<Step> steps(Acts acts, Extras extras) throws SQLException {
        List<Step> steps = new ArrayList<>();
        for (Map.Entry<LoginName, Set<Extra>> login : extras.logins().entrySet()) {
            Account account = acts.seen(login.getKey().value());
            login.getValue().forEach(extra -> steps.add(new Step.StripLogin(account, extra)));
        }
        extras.roles().forEach((role, all) -> all.forEach(extra -> steps.add(new Step.StripRole(role, extra))));
        return steps;
    }

    /// The statements that an administrator is told to run, for what could not be done.
    private static List<String> remedies(Acts acts, List<Step> steps) {
        return acts.perform(steps).stream()
                .flatMap(outcome -> outcome instanceof Outcome.Failed(EngineFailure failure)
                        ? Optional.of(failure.remedy().orElseThrow(() -> new AssertionError(failure.code(), failure)))
                                .stream()
                        : Optional.<String>empty().stream())
                .toList();
    }
}
