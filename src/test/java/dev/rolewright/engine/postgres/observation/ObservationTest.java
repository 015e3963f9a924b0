package dev.rolewright.engine.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.Standing;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a look sees of logins, roles and what they hold.
class ObservationTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));
    private static final PersonId BOB = new PersonId(new UUID(0, 2));
    private static final RoleName READER = new RoleName("reader");
    private static final ObjectRef.Table ORDERS = new ObjectRef.Table("sales", "orders");

    @ParameterizedTest
    @EnumSource
    void seesAPreparedServerAsEmpty(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Observed observed = scene.observe(Scope.WHOLE);

            assertThat(observed.logins()).isEmpty();
            assertThat(observed.contractRoles()).isEmpty();
            assertThat(observed.server().product()).startsWith("PostgreSQL " + server.major() + ".");
            assertThat(observed.server().identity())
                    .isEqualTo(scene.ask("postgres", "SELECT system_identifier FROM pg_control_system()")
                            .getFirst());
            assertThat(observed.server().own())
                    .extracting(RoleName::value)
                    .containsExactlyInAnyOrder(
                            "connector",
                            "rolewright_marker",
                            "rolewright_role_marker",
                            "rolewright_grantor",
                            "rolewright_registrar",
                            "rolewright_quarantine");
            assertThat(observed.server().predefined())
                    .contains(new RoleName("pg_monitor"), new RoleName("pg_signal_backend"))
                    .doesNotContain(new RoleName("pg_execute_server_program"), new RoleName("pg_database_owner"));
            assertThat(observed.server().sessionsMayHide()).isEqualTo(!server.keepsGrantors());
            assertThat(observed.strangers().logins()).isEmpty();
            assertThat(observed.strangers().roles()).isEqualTo(1);
            assertThat(observed.strangers().names()).contains("orders_owner", "rolewright", "pg_monitor");
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesALoginWithEverythingThatAPlanAsksFor(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.member("ada", ADA, "reader");
            scene.as("ada", "orders");
            scene.login("bob", BOB);
            scene.run(
                    "postgres",
                    "ALTER ROLE bob NOLOGIN",
                    "COMMENT ON ROLE bob IS 'rolewright:rolewright:person=" + BOB
                            + ";suspended=2026-01-02T03:04:05.678Z'");

            Observed observed = scene.observe(Scope.WHOLE);

            SeenLogin ada = observed.logins().get(new LoginName("ada"));
            assertThat(ada.state().person()).isEqualTo(ADA);
            assertThat(ada.state().standing()).isEqualTo(Standing.ACTIVE);
            assertThat(ada.state().memberships()).containsExactly(Membership.of(READER));
            assertThat(ada.sessions()).isEqualTo(1);
            assertThat(ada.id())
                    .isEqualTo(scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'ada'")
                            .getFirst());
            SeenLogin bob = observed.logins().get(new LoginName("bob"));
            assertThat(bob.state().standing()).isEqualTo(Standing.SUSPENDED);
            assertThat(bob.state().suspendedSince()).contains(Instant.parse("2026-01-02T03:04:05.678Z"));
            assertThat(bob.sessions()).isZero();
            assertThat(observed.contractRoles()).containsExactly(READER);
            assertThat(observed.logins()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsSomeByNameAndByMark(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.member("ada", ADA, "reader");
            scene.login("bob", BOB);
            scene.run("postgres", "ALTER ROLE bob RENAME TO robert");

            Observed byName = scene.observe(new Scope.Some(Set.of(), Set.of(new LoginName("ada"))));
            Observed byMark = scene.observe(new Scope.Some(Set.of(BOB), Set.of(new LoginName("bob"))));
            Observed none = scene.observe(new Scope.Some(Set.of(), Set.of()));

            assertThat(byName.logins().keySet()).containsExactly(new LoginName("ada"));
            assertThat(byName.logins().get(new LoginName("ada")).state().memberships())
                    .containsExactly(Membership.of(READER));
            assertThat(byMark.logins().keySet()).containsExactly(new LoginName("robert"));
            assertThat(none.logins()).isEmpty();
            assertThat(none.contractRoles()).containsExactly(READER);
            assertThat(none.roles()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void someKnowsWhoHasTheirNamesInWhateverCase(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "postgres", "CREATE ROLE \"adA\"", "CREATE ROLE adam", "CREATE ROLE \"ÉMILE\"", "CREATE ROLE carl");

            Observed observed = scene.observe(new Scope.Some(
                    Set.of(ADA), Set.of(new LoginName("ada"), new LoginName("émile"), new LoginName("carl"))));

            assertThat(observed.strangers().names()).containsExactlyInAnyOrder("adA", "ÉMILE", "carl");
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfAMarkIsAStranger(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.run("postgres", "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=somebody'");
            scene.login("bob", BOB);
            scene.run(
                    "postgres",
                    "REVOKE rolewright_marker FROM bob"
                            + (server.keepsGrantors() ? " GRANTED BY rolewright_grantor" : ""));
            scene.run("postgres", "CREATE ROLE fake", "COMMENT ON ROLE fake IS 'rolewright:rolewright:role'");
            Set<LoginName> names = Set.of(new LoginName("ada"), new LoginName("bob"));

            for (Scope scope : new Scope[] {Scope.WHOLE, new Scope.Some(Set.of(ADA, BOB), names)}) {
                Observed observed = scene.observe(scope);

                assertThat(observed.logins()).isEmpty();
                assertThat(observed.contractRoles()).isEmpty();
                assertThat(observed.strangers().names()).contains("ada", "bob");
                assertThat(observed.notices())
                        .filteredOn(notice -> notice.kind() == Notice.Kind.MARK_DAMAGED)
                        .extracting(Notice::sentence)
                        .anyMatch(sentence -> sentence.startsWith("ada "))
                        .anyMatch(sentence -> sentence.startsWith("bob "));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void seesEveryRowOfAMembership(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.member("ada", ADA, "reader");
            scene.run("postgres", "GRANT reader TO ada WITH ADMIN TRUE, SET TRUE, INHERIT FALSE");

            Observed observed = scene.observe(Scope.WHOLE);

            assertThat(observed.logins().get(new LoginName("ada")).state().memberships())
                    .containsExactlyInAnyOrder(
                            Membership.of(READER),
                            new Membership(READER, false, true, true, new Grantor.Other(new RoleName("rolewright"))));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V15"})
    void membershipsHaveNoOptionsBefore16(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.login("ada", ADA);
            scene.run("postgres", "GRANT reader TO ada");

            assertThat(scene.observe(Scope.WHOLE)
                            .logins()
                            .get(new LoginName("ada"))
                            .state()
                            .memberships())
                    .containsExactly(Membership.of(READER));
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesPrivilegesOfEveryKind(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.grantor(
                    "orders",
                    "GRANT CONNECT ON DATABASE orders TO reader",
                    "GRANT USAGE ON SCHEMA sales TO reader",
                    "GRANT SELECT ON sales.orders TO reader",
                    "GRANT SELECT (name) ON crm.customers TO reader",
                    "GRANT USAGE ON SEQUENCE sales.invoice_numbers TO reader",
                    "GRANT EXECUTE ON FUNCTION sales.order_total(bigint) TO reader",
                    "GRANT USAGE ON TYPE sales.state TO reader",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA sales GRANT SELECT ON TABLES TO reader");
            scene.run(
                    "orders",
                    "GRANT TEMPORARY ON DATABASE orders TO reader WITH GRANT OPTION",
                    "GRANT USAGE ON LANGUAGE plpgsql TO reader",
                    "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO reader",
                    "CREATE TABLE public.lent ()",
                    "GRANT SELECT ON public.lent TO orders_owner WITH GRANT OPTION",
                    "SET ROLE orders_owner",
                    "GRANT SELECT ON public.lent TO reader",
                    "RESET ROLE");

            RoleState reader = scene.observe(Scope.WHOLE).roles().get(READER);

            Grantor administrator = new Grantor.Other(new RoleName("rolewright"));
            Grantor owner = new Grantor.Other(new RoleName("orders_owner"));
            PrivilegeName temporary = new PrivilegeName("TEMPORARY");
            assertThat(reader.grants())
                    .containsExactlyInAnyOrder(
                            grant(new ObjectRef.Database(), PrivilegeName.CONNECT),
                            grant(new ObjectRef.Schema("sales"), PrivilegeName.USAGE),
                            grant(ORDERS, PrivilegeName.SELECT),
                            grant(new ObjectRef.Column("crm", "customers", "name"), PrivilegeName.SELECT),
                            grant(new ObjectRef.Sequence("sales", "invoice_numbers"), PrivilegeName.USAGE),
                            grant(new ObjectRef.Function("sales", "order_total(bigint)"), PrivilegeName.EXECUTE),
                            grant(new ObjectRef.Type("sales", "state"), PrivilegeName.USAGE),
                            new Grant("orders", new ObjectRef.Database(), temporary, true, owner),
                            new Grant(
                                    "orders",
                                    new ObjectRef.Rest(ObjectRef.RestKind.LANGUAGE, "plpgsql"),
                                    PrivilegeName.USAGE,
                                    false,
                                    administrator),
                            new Grant(
                                    "orders",
                                    new ObjectRef.Function("pg_catalog", "pg_read_file(text)"),
                                    PrivilegeName.EXECUTE,
                                    false,
                                    administrator),
                            grant(new ObjectRef.Table("public", "lent"), PrivilegeName.SELECT));
            assertThat(reader.defaults())
                    .containsExactly(DefaultGrant.of(
                            "orders",
                            new RoleName("orders_owner"),
                            "sales",
                            DefaultGrant.ObjectKind.TABLES,
                            PrivilegeName.SELECT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlainRevokeTakesBackWhatIsCalledOursAndNothingElse(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.run(
                    "orders",
                    "CREATE TABLE public.lent ()",
                    "GRANT SELECT ON public.lent TO orders_owner WITH GRANT OPTION",
                    "GRANT TEMPORARY ON DATABASE orders TO reader",
                    "GRANT INSERT ON public.lent TO reader");
            scene.grantor(
                    "orders",
                    "GRANT CONNECT ON DATABASE orders TO reader",
                    "GRANT SELECT ON public.lent TO reader",
                    "GRANT SELECT ON sales.orders TO reader");
            Set<Grant> before = scene.observe(Scope.WHOLE).roles().get(READER).grants();
            assertThat(before)
                    .hasSize(5)
                    .filteredOn(grant -> grant.grantor().isOurs())
                    .hasSize(3);

            scene.grantor(
                    "orders",
                    "REVOKE CONNECT, TEMPORARY ON DATABASE orders FROM reader",
                    "REVOKE SELECT ON public.lent, sales.orders FROM reader",
                    "REVOKE INSERT ON public.lent FROM reader");

            assertThat(scene.observe(Scope.WHOLE).roles().get(READER).grants())
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(before.stream()
                            .filter(grant -> !grant.grantor().isOurs())
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsWhatThereIsInManagedDatabasesAlone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "CREATE DATABASE other", "CREATE DATABASE asleep ALLOW_CONNECTIONS false");
            scene.role("reader");
            scene.run("other", "CREATE TABLE public.hidden ()", "GRANT SELECT ON public.hidden TO reader");

            Observed one = scene.observe(Scope.WHOLE);
            Observed all = scene.observe(Scope.WHOLE, scene.target(Set.of("*")));

            assertThat(one.inventory().objects().keySet()).containsExactly("orders");
            assertThat(one.inventory().objects().get("orders"))
                    .contains(
                            new ObjectRef.Schema("public"),
                            new ObjectRef.Schema("sales"),
                            ORDERS,
                            new ObjectRef.Sequence("sales", "invoice_numbers"),
                            new ObjectRef.Function("sales", "order_total(bigint)"))
                    .doesNotContain(new ObjectRef.Schema("pg_catalog"));
            assertThat(one.roles().get(READER).grants()).isEmpty();
            assertThat(all.inventory().objects().keySet())
                    .containsExactlyInAnyOrder("orders", "other", "postgres", "template1");
            assertThat(all.roles().get(READER).grants())
                    .extracting(Grant::database)
                    .containsExactly("other");
        }
    }

    private static Grant grant(ObjectRef object, PrivilegeName privilege) {
        return Grant.of("orders", object, privilege);
    }

    @ParameterizedTest
    @EnumSource
    void seesWhatALeaverOwnsInEveryDatabase(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.run("postgres", "CREATE DATABASE other", "ALTER ROLE ada NOLOGIN");
            scene.run(
                    "other",
                    "CREATE TABLE public.notes (id serial PRIMARY KEY, text text DEFAULT 'x' CHECK (text <> ''))",
                    "ALTER TABLE public.notes OWNER TO ada",
                    "CREATE FUNCTION public.trap() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'select 1'",
                    "ALTER FUNCTION public.trap() OWNER TO ada",
                    "CREATE VIEW public.peek AS SELECT * FROM public.notes",
                    "ALTER VIEW public.peek OWNER TO ada",
                    "CREATE TABLE public.armed (id int CHECK (public.trap() = id))",
                    "ALTER TABLE public.armed OWNER TO ada");

            var before = scene.observe(Scope.WHOLE)
                    .logins()
                    .get(new LoginName("ada"))
                    .belongings();
            scene.run("postgres", "ALTER DATABASE other OWNER TO ada");
            var after = scene.observe(Scope.WHOLE)
                    .logins()
                    .get(new LoginName("ada"))
                    .belongings();

            assertThat(before.data()).isEqualTo(2);
            assertThat(before.code()).isEqualTo(3);
            assertThat(before.obstacles()).isEmpty();
            assertThat(after.obstacles()).containsExactly("it owns database other");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfSessionsAndTransactionsThatOutliveTheirLogin(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.as("ada", "orders").createStatement().execute("BEGIN; SELECT 1; PREPARE TRANSACTION 'it''s ada''s'");
            scene.run("postgres", "CREATE ROLE gone LOGIN");
            String ghost = Scene.ask(scene.as("gone", "orders"), "SELECT pg_backend_pid()")
                    .getFirst();
            scene.run("postgres", "DROP ROLE gone");

            Observed observed = scene.observe(new Scope.Some(Set.of(), Set.of(new LoginName("ada"))));

            assertThat(observed.notices())
                    .filteredOn(notice -> notice.kind() == Notice.Kind.GHOST_SESSION)
                    .singleElement()
                    .extracting(Notice::remedy)
                    .isEqualTo(Optional.of("SELECT pg_terminate_backend(" + ghost + ");"));
            assertThat(observed.notices())
                    .filteredOn(notice -> notice.kind() == Notice.Kind.PREPARED_TRANSACTION)
                    .singleElement()
                    .extracting(Notice::remedy)
                    .isEqualTo(Optional.of("ROLLBACK PREPARED 'it''s ada''s'; -- in orders"));
            scene.run("orders", "ROLLBACK PREPARED 'it''s ada''s'");
        }
    }
}
