package dev.rolewright.engine.postgres.departure;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a leaver's belongings, and of the powers that were in them.
class RetirementTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));
    private static final String OWNERS = """
            select relname || ' ' || pg_get_userbyid(relowner) from pg_class
            where relnamespace = 'sales'::regnamespace and relname in ('notes', 'notes_id_seq', 'spy', 'numbers')
            union all
            select proname || ' ' || pg_get_userbyid(proowner) from pg_proc where proname = 'pwn'
            union all
            select typname || ' ' || pg_get_userbyid(typowner) from pg_type where typname in ('mood', 'short')
            order by 1""";

    @ParameterizedTest
    @EnumSource
    void givesDataToTheHeirAndCodeToNobody(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            assertThat(scene.ask("orders", OWNERS))
                    .containsExactly(
                            "mood orders_owner",
                            "notes orders_owner",
                            "notes_id_seq orders_owner",
                            "numbers orders_owner",
                            "pwn rolewright_quarantine",
                            "short rolewright_quarantine",
                            "spy rolewright_quarantine");
            assertThat(scene.ask("orders", "select text from sales.notes")).containsExactly("kept");
            assertThat(scene.ask("postgres", "select rolname from pg_roles where rolname = 'ada'"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoConfusedDeputyBehind(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            scene.run("orders", "grant select on sales.orders to ada", "grant select on sales.spy to orders_reader");
            acts.done(create("eve"), join("eve", READER));
            Connection eve = scene.as("eve", "orders");
            List<String> deputies = List.of("select sales.pwn()", "select count(*) from sales.spy");
            for (String deputy : deputies) {
                assertThat(Scene.ask(eve, deputy)).as(deputy).containsExactly("3");
            }

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            for (String deputy : deputies) {
                assertThatThrownBy(() -> Scene.ask(eve, deputy))
                        .as(deputy)
                        .hasMessageContaining("permission denied for")
                        .hasMessageNotContaining("function pwn")
                        .hasMessageNotContaining("view spy");
            }
            assertThat(scene.ask("orders", "select has_schema_privilege('rolewright_quarantine', 'sales', 'CREATE')"))
                    .containsExactly("f");
            assertThat(scene.ask(
                            "postgres",
                            "select count(*) from pg_auth_members where roleid = 'rolewright_quarantine'::regrole and not"
                                    + " admin_option"))
                    .containsExactly("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsThePromisesOfALeaverInTheHeirsName(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            acts.done(create("bob"), join("bob", READER));
            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            scene.run("orders", "set role orders_owner", "create table sales.later (id int)", "reset role");

            assertThat(Scene.ask(scene.as("bob", "orders"), "select count(*) from sales.later"))
                    .containsExactly("0");
            assertThat(scene.ask("orders", "select pg_get_userbyid(defaclrole) from pg_default_acl"))
                    .containsExactly("orders_owner");
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesASuspendedLoginWhereTheHeirIsSuperuser(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            scene.run("postgres", "create role boss superuser");

            assertThat(unsafe(acts, Optional.of(new RoleName("boss")))).hasMessageContaining("superuser");

            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("f");
            assertThat(scene.ask("orders", OWNERS)).allMatch(owner -> owner.endsWith(" ada"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingWhereAPolicyWouldBeLost(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            scene.run(
                    "orders",
                    "create policy only_ada on sales.orders as restrictive to ada using (false)",
                    "create policy shared on sales.orders to ada, orders_reader using (true)");
            List<String> before = scene.ask("orders", "select polname || polroles::text from pg_policy order by 1");

            assertThat(unsafe(acts, HEIR)).hasMessageContaining("only_ada");

            assertThat(scene.ask("orders", "select polname || polroles::text from pg_policy order by 1"))
                    .isEqualTo(before);
            assertThat(scene.ask("orders", OWNERS)).allMatch(owner -> owner.endsWith(" ada"));
        }
    }

    /// Somebody's own code may run whenever something changes hands.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void changesNothingWhereAPolicyWouldChange(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            scene.run(
                    "orders",
                    "create policy closed on sales.orders as restrictive using (false)",
                    "create function public.loosen() returns event_trigger language plpgsql security definer"
                            + " as 'begin alter policy closed on sales.orders using (true); end'",
                    "create event trigger loosen on ddl_command_end when tag in ('ALTER TABLE')"
                            + " execute function public.loosen()");

            assertThat(unsafe(acts, HEIR)).hasMessageContaining("row policies");

            assertThat(scene.ask("orders", "select pg_get_expr(polqual, polrelid) from pg_policy"))
                    .containsExactly("false");
            assertThat(scene.ask("orders", OWNERS)).allMatch(owner -> owner.endsWith(" ada"));
        }
    }

    /// Code in it would have what it has, and so would whoever calls that.
    @ParameterizedTest
    @EnumSource
    void leavesASuspendedLoginWhereTheQuarantineIsNotPowerless(TestServers server) throws SQLException {
        for (String deed : List.of(
                "grant select on sales.orders to rolewright_quarantine",
                "grant orders_reader to rolewright_quarantine",
                "grant rolewright_quarantine to orders_owner")) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = adaOwnsSomething(scene);
                scene.run("orders", deed);

                assertThat(unsafe(acts, HEIR)).as(deed).hasMessageContaining("rolewright_quarantine");

                assertThat(scene.ask("orders", OWNERS)).as(deed).allMatch(owner -> owner.endsWith(" ada"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotBreakWhatALeaverPassedOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            scene.run(
                    "orders",
                    "create role app",
                    "set role orders_owner",
                    "grant usage on schema crm to ada",
                    "grant select on crm.customers to ada with grant option",
                    "reset role",
                    "set role ada",
                    "grant select on crm.customers to app",
                    "reset role");

            unsafe(acts, HEIR);

            assertThat(scene.ask("orders", "select has_table_privilege('app', 'crm.customers', 'SELECT')"))
                    .containsExactly("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void promisesNobodyWhatTheHeirWillOwn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            acts.done(create("eve"), join("eve", READER));
            Connection ada = scene.as("ada", "orders");
            for (String grantee : List.of("eve", "public")) {
                try (var statement = ada.createStatement()) {
                    statement.execute("alter default privileges grant all on tables to " + grantee);
                }
            }

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            scene.run("orders", "set role orders_owner", "create table crm.secret (id int)", "reset role");
            assertThat(scene.ask("orders", "select has_table_privilege('eve', 'crm.secret', 'SELECT')"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatOurRolesMayNotHandOver(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            scene.run(
                    "orders",
                    "create schema theirs",
                    "create function theirs.odd() returns int language sql as 'select 1'",
                    "alter function theirs.odd() owner to ada");
            Step drop = new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR);

            EngineFailure failure = acts.failed(drop);

            assertThat(failure.kind()).isEqualTo(Kind.RIGHT_MISSING);
            assertThat(failure.sentence()).contains("stays suspended", "function theirs.odd()", "orders");
            assertThat(scene.ask("orders", OWNERS)).allMatch(owner -> owner.endsWith(" ada"));
            scene.run("orders", failure.remedy().orElseThrow());
            acts.done(drop);
        }
    }

    @ParameterizedTest
    @EnumSource
    void handsOverWhatIsRarelyOwned(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = adaOwnsSomething(scene);
            Connection ada = scene.as("ada", "orders");
            for (String sql : List.of(
                    "select lo_create(4711)",
                    "create aggregate sales.every_row(*) (sfunc = int8inc, stype = int8, initcond = '0')",
                    "create function sales.\"f(x\"(a int, out b int) language sql as 'select 1'",
                    "create operator sales.=== (leftarg = int, rightarg = int, procedure = int4eq)",
                    "create materialized view sales.kept as select 1 as a",
                    "create text search dictionary sales.words (template = simple)",
                    "create table sales.\"a\"\"b; \u00e9\" (id int generated always as identity) partition by range (id)",
                    "create table sales.part partition of sales.\"a\"\"b; \u00e9\" for values from (1) to (2)")) {
                try (var statement = ada.createStatement()) {
                    statement.execute(sql);
                }
            }

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            assertThat(scene.ask("orders", "select pg_get_userbyid(lomowner) from pg_largeobject_metadata"))
                    .containsExactly("orders_owner");
            assertThat(scene.ask("orders", "select pg_get_userbyid(proowner) from pg_proc where proname = 'every_row'"))
                    .containsExactly("rolewright_quarantine");
        }
    }

    /// Why Ada's login cannot be dropped safely.
    private static EngineFailure unsafe(Acts acts, Optional<RoleName> heir) throws SQLException {
        EngineFailure failure = acts.failed(new Step.DropLogin(acts.seen("ada"), Optional.empty(), heir));
        assertThat(failure.kind()).isEqualTo(Kind.UNSAFE);
        return failure;
    }

    private static Acts adaOwnsSomething(Scene scene) throws SQLException {
        Acts acts = new Acts(scene);
        acts.done(Acts.reader());
        acts.done(create("ada"), join("ada", READER));
        scene.run("orders", "set role orders_owner", "grant create, usage on schema sales to ada", "reset role");
        Connection ada = scene.as("ada", "orders");
        for (String sql : List.of(
                "create table sales.notes (id serial, text text)",
                "insert into sales.notes (text) values ('kept')",
                "create sequence sales.numbers",
                "create type sales.mood as enum ('good', 'bad')",
                "create domain sales.short as text check (length(value) < 10)",
                "create view sales.spy as select * from sales.orders",
                "create function sales.pwn() returns bigint language sql security definer"
                        + " as 'select count(*) from sales.orders'",
                "grant execute on function sales.pwn() to public",
                "alter default privileges in schema sales grant select on tables to orders_reader",
                "alter default privileges revoke execute on functions from public")) {
            try (var statement = ada.createStatement()) {
                statement.execute(sql);
            }
        }
        return acts;
    }
}
