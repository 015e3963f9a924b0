package dev.rolewright.engine.postgres.translation;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.grant;
import static dev.rolewright.engine.postgres.Acts.join;
import static dev.rolewright.engine.postgres.Acts.revoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a person can do with a privilege and cannot do without it, tried by logging in.
class PrivilegesTest {

    /// @param act what only the privilege allows
    /// @param other what is close to it and stays denied
    private record Case(ObjectRef object, String privilege, String act, String other) {}

    private static final ObjectRef.Column COUNTRY = new ObjectRef.Column("crm", "customers", "country");
    private static final ObjectRef.Sequence NUMBERS = new ObjectRef.Sequence("sales", "invoice_numbers");
    private static final String SET_NUMBER = "select setval('sales.invoice_numbers', 7)";
    private static final String READ_NUMBER = "select last_value from sales.invoice_numbers";
    private static final String READ = "select amount from sales.orders";
    private static final String REMOVE = "delete from sales.orders where false";
    private static final String EMPTY = "truncate sales.order_lines, sales.orders";
    private static final String MAKE_TEMPORARY = "create temporary table mine (id int)";
    private static final String MAKE_SCHEMA = "create schema mine";
    private static final List<Case> CASES = List.of(
            new Case(ORDERS, "SELECT", READ, "select article from sales.order_lines"),
            new Case(ORDERS, "INSERT", "insert into sales.orders (region, amount) values ('EU', 1)", READ),
            new Case(ORDERS, "UPDATE", "update sales.orders set amount = 1", REMOVE),
            new Case(ORDERS, "DELETE", REMOVE, EMPTY),
            new Case(ORDERS, "TRUNCATE", EMPTY, REMOVE),
            new Case(
                    ORDERS,
                    "TRIGGER",
                    "create trigger t before update on sales.orders for each row"
                            + " execute function suppress_redundant_updates_trigger()",
                    READ),
            new Case(ORDERS, "REFERENCES", "create table hers.mine (id bigint references sales.orders)", READ),
            new Case(COUNTRY, "SELECT", "select country from crm.customers", "select name from crm.customers"),
            new Case(
                    COUNTRY, "UPDATE", "update crm.customers set country = 'DE'", "update crm.customers set name = ''"),
            new Case(NUMBERS, "USAGE", "select nextval('sales.invoice_numbers')", SET_NUMBER),
            new Case(NUMBERS, "SELECT", READ_NUMBER, SET_NUMBER),
            new Case(NUMBERS, "UPDATE", SET_NUMBER, READ_NUMBER),
            new Case(
                    new ObjectRef.Function("sales", "nine(text)"),
                    "EXECUTE",
                    "select sales.nine('')",
                    "select sales.order_total(1)"),
            new Case(
                    new ObjectRef.Type("sales", "mood"),
                    "USAGE",
                    "create table hers.mine (mood sales.mood)",
                    "create table hers.mine (state sales.state)"),
            new Case(
                    new ObjectRef.Schema("closed"),
                    "USAGE",
                    "select * from closed.open",
                    "create table closed.mine (id int)"),
            new Case(new ObjectRef.Database(), "TEMPORARY", MAKE_TEMPORARY, MAKE_SCHEMA),
            new Case(
                    new ObjectRef.Schema("sales"),
                    "CREATE",
                    "create table sales.mine (id int)",
                    "create table crm.mine (id int)"),
            new Case(new ObjectRef.Database(), "CREATE", MAKE_SCHEMA, MAKE_TEMPORARY));

    /// Nobody is told to let our grantor become a superuser.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatASuperuserOwnsIsGivenToPassOnAndNotTheSuperuserHimself(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            scene.run(
                    "orders",
                    "ALTER TABLE sales.orders OWNER TO " + TestServers.administrator(),
                    "REVOKE ALL ON sales.orders FROM " + Acts.READER);
            Step grant = Acts.grant(Acts.READER, Acts.ORDERS, "SELECT");

            String remedy = acts.failed(grant).remedy().orElseThrow();
            assertThat(acts.failed(new Step.ProtectRows("orders", Acts.ORDERS)).remedy())
                    .isEmpty();
            scene.run("orders", remedy);
            acts.done(grant);

            assertThat(remedy)
                    .startsWith(
                            "GRANT SELECT ON TABLE \"sales\".\"orders\" TO \"rolewright_grantor\" WITH GRANT OPTION;");
            assertThat(scene.ask(
                            "orders",
                            "select pg_has_role('rolewright_grantor', '" + TestServers.administrator()
                                    + "', 'MEMBER')"))
                    .containsExactly("f");
            acts.done(Acts.revoke(Acts.READER, Acts.ORDERS, "SELECT"));
            assertThat(scene.ask("orders", "select has_table_privilege('orders_reader', 'sales.orders', 'SELECT')"))
                    .containsExactly("f");
        }
    }

    /// Whoever may create in a schema must not be able to slip in a function in place of the one that is meant.
    @ParameterizedTest
    @EnumSource
    void noFunctionStandsInForOneWhoseNameDiffersInBlanks(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            scene.run(
                    "orders",
                    "set role orders_owner",
                    "create function sales.\"order_total \"(bigint) returns int language sql as 'select 1'",
                    "create function sales.\" order_total\"(bigint) returns int language sql as 'select 1'",
                    "revoke execute on all functions in schema sales from public",
                    "reset role");
            ObjectRef.Function meant = new ObjectRef.Function("sales", "order_total(bigint)");

            acts.done(grant(READER, meant, "EXECUTE"));

            String held = "select p.oid::regprocedure from pg_proc p where p.pronamespace = 'sales'::regnamespace"
                    + " and has_function_privilege('orders_reader', p.oid, 'EXECUTE')";
            assertThat(scene.ask("orders", held)).containsExactly("sales.order_total(bigint)");
            assertThat(scene.observe(Scope.WHOLE).roles().get(READER).grants())
                    .filteredOn(grant -> grant.object() instanceof ObjectRef.Function)
                    .extracting(Grant::object)
                    .containsExactly(meant);
            acts.done(revoke(READER, meant, "EXECUTE"));
            assertThat(scene.ask("orders", held)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachPrivilegeAllowsWhatItSaysAndNothingElse(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            scene.run(
                    "orders",
                    "set role orders_owner",
                    "create function sales.nine(text) returns int language sql return 9",
                    "revoke execute on function sales.nine(text) from public",
                    "create type sales.mood as enum ('glad')",
                    "revoke usage on type sales.mood, sales.state from public",
                    "create schema closed",
                    "create table closed.open (id int)",
                    "grant select on closed.open to public",
                    "revoke temporary on database orders from public",
                    "reset role");
            acts.done(
                    new Step.CreateRole(READER),
                    grant(READER, new ObjectRef.Schema("sales"), "USAGE"),
                    grant(READER, new ObjectRef.Schema("crm"), "USAGE"),
                    grant(READER, new ObjectRef.Table("sales", "order_lines"), "TRUNCATE"),
                    create("ada"),
                    join("ada", READER));
            scene.run("orders", "create schema hers authorization ada");
            Connection ada = scene.as("ada", "orders");
            List<Case> cases = new ArrayList<>(CASES);
            if (server.major() >= 17) {
                cases.add(new Case(ORDERS, "MAINTAIN", "reindex table sales.orders", READ));
            } else {
                assertThat(acts.failed(grant(READER, ORDERS, "MAINTAIN")).sentence())
                        .isEqualTo("MAINTAIN is a privilege from PostgreSQL 17 on; this server is of version "
                                + server.major() + ".");
            }
            for (Case one : cases) {
                assertThatThrownBy(() -> attempt(ada, one.act())).as(one.act()).hasMessageContaining("denied");

                acts.done(grant(READER, one.object(), one.privilege()));
                assertThatCode(() -> attempt(ada, one.act())).as(one.act()).doesNotThrowAnyException();
                assertThatThrownBy(() -> attempt(ada, one.other()))
                        .as("%s for %s", one.other(), one.act())
                        .hasMessageContaining("denied");

                acts.done(revoke(READER, one.object(), one.privilege()));
                assertThatThrownBy(() -> attempt(ada, one.act())).as(one.act()).hasMessageContaining("denied");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectsWhileItMay(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            scene.run("orders", "revoke connect on database orders from public");
            acts.done(new Step.CreateRole(READER), create("ada"), join("ada", READER));
            scene.as("ada", "postgres").close();
            assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("denied");

            acts.done(grant(READER, new ObjectRef.Database(), "CONNECT"));
            scene.logIn("ada", "orders").close();

            acts.done(revoke(READER, new ObjectRef.Database(), "CONNECT"));
            assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void promisesOfEveryKindAreOneCreatorsInOneSchemaWhileTheyLast(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            scene.run(
                    "orders",
                    "set role orders_owner",
                    "alter default privileges revoke execute on functions from public",
                    "reset role",
                    "create role other_owner",
                    "grant create, usage on schema sales to other_owner");
            Set<DefaultGrant> promises = Set.of(
                    future(ObjectKind.TABLES, "INSERT"),
                    future(ObjectKind.SEQUENCES, "USAGE"),
                    future(ObjectKind.FUNCTIONS, "EXECUTE"));
            acts.done(Acts.reader());
            acts.done(grant(READER, new ObjectRef.Schema("crm"), "USAGE"), create("ada"), join("ada", READER));
            Connection ada = scene.as("ada", "orders");

            promises.forEach(promise -> acts.done(new Step.GrantDefault(READER, promise)));
            assertThat(scene.observe(Scope.WHOLE).roles().get(READER).defaults())
                    .isEqualTo(promises);
            make(scene, "orders_owner", "sales.%s_promised");
            make(scene, "other_owner", "sales.%s_other");
            make(scene, "orders_owner", "crm.%s_elsewhere");
            promises.forEach(promise -> acts.done(new Step.RevokeDefault(READER, promise)));
            make(scene, "orders_owner", "sales.%s_late");

            for (String act : List.of("insert into %s values (1)", "select nextval('%s')", "select %s()")) {
                String kind = act.startsWith("insert") ? "t" : act.contains("nextval") ? "s" : "f";
                attempt(ada, act.formatted("sales." + kind + "_promised"));
                for (String name : List.of("sales.%s_other", "crm.%s_elsewhere", "sales.%s_late")) {
                    assertThatThrownBy(() -> attempt(ada, act.formatted(name.formatted(kind))))
                            .as(act + name)
                            .hasMessageContaining("denied");
                }
            }
        }
    }

    /// A table, a sequence and a function.
    private static void make(Scene scene, String creator, String name) throws SQLException {
        String function = name.formatted("f") + "()";
        scene.run(
                "orders",
                "set role " + creator,
                "create table " + name.formatted("t") + " (id int)",
                "create sequence " + name.formatted("s"),
                "create function " + function + " returns int language sql as 'select 1'",
                "revoke execute on function " + function + " from public",
                "reset role");
    }

    private static DefaultGrant future(ObjectKind kind, String privilege) {
        return DefaultGrant.of("orders", new RoleName("orders_owner"), "sales", kind, new PrivilegeName(privilege));
    }

    @ParameterizedTest
    @EnumSource
    void aRoleHasWhatItIncludesUntilItIsExcluded(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            RoleName writer = new RoleName("orders_writer");
            acts.done(Acts.reader());
            acts.done(
                    new Step.CreateRole(writer),
                    new Step.Include(writer, Membership.of(READER)),
                    create("ada"),
                    join("ada", writer));
            Connection ada = scene.as("ada", "orders");
            attempt(ada, "select * from sales.orders");

            acts.done(new Step.Exclude(writer, Membership.of(READER)));

            assertThatThrownBy(() -> attempt(ada, "select * from sales.orders")).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void includesAPredefinedRoleOnceItMayPassItOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Step monitor = new Step.Include(READER, Membership.of(new RoleName("pg_monitor")));
            acts.done(new Step.CreateRole(READER));
            if (server.keepsGrantors()) {
                scene.run("postgres", acts.failed(monitor).remedy().orElseThrow());
            }

            acts.done(monitor);

            for (String superuser : List.of("pg_execute_server_program", "pg_write_server_files")) {
                Step step = new Step.Include(READER, Membership.of(new RoleName(superuser)));
                assertThat(acts.failed(step).kind()).isEqualTo(Kind.UNSAFE);
            }
            assertThat(scene.ask(
                            "postgres",
                            "select roleid::regrole from pg_auth_members where member = 'orders_reader'::regrole"))
                    .containsExactlyInAnyOrder("pg_monitor", "rolewright_role_marker");
        }
    }

    private static void attempt(Connection connection, String act) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(act);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
