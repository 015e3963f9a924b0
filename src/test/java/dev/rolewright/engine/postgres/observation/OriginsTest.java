package dev.rolewright.engine.postgres.observation;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TargetServer;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Since when something is as it is on a server, and in whose name.
class OriginsTest {

    private static final RowPolicy EUROPE = new RowPolicy("orders", ORDERS, Command.SELECT, "region = 'EU'");
    private static final RoleName ADMINISTRATOR = new RoleName(TestServers.administrator());

    @ParameterizedTest
    @EnumSource
    void everythingThatWasGivenHasTheTimeItWasGivenAt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER), new Step.CreateRole(Acts.WRITER), Acts.create("ada"));
            acts.done(new Step.ProtectRows("orders", ORDERS));
            Instant before = now(scene);
            scene.run(
                    "orders",
                    "GRANT orders_reader TO ada",
                    "GRANT orders_writer TO orders_reader",
                    "GRANT TEMPORARY ON DATABASE orders TO orders_reader",
                    "GRANT CREATE ON SCHEMA sales TO orders_reader",
                    "GRANT DELETE ON sales.orders TO orders_reader",
                    "GRANT UPDATE (name) ON crm.customers TO orders_reader",
                    "GRANT UPDATE ON SEQUENCE sales.invoice_numbers TO orders_reader",
                    "GRANT EXECUTE ON FUNCTION sales.order_total(bigint) TO orders_reader",
                    "GRANT USAGE ON TYPE sales.state TO orders_reader",
                    "GRANT USAGE ON LANGUAGE plpgsql TO orders_reader",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA sales GRANT DELETE ON TABLES TO orders_reader",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner GRANT USAGE ON SEQUENCES TO orders_reader");
            acts.done(new Step.AddPolicy(READER, EUROPE));
            Instant after = now(scene);
            List<Step> steps = undoing(scene);
            assertThat(steps).hasSize(13);

            Map<Step, Origin> origins = scene.origins(steps);

            assertThat(steps)
                    .allSatisfy(step -> assertThat(origins.get(step).since())
                            .hasValueSatisfying(time -> assertThat(time).isBetween(before, after)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingWasTakenAtTheLatestWhenItsRowWasWritten(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            new Acts(scene).done(Acts.reader());
            Instant before = now(scene);
            scene.run("orders", "SET ROLE orders_owner; REVOKE SELECT ON sales.orders FROM orders_reader; RESET ROLE");
            Step table = Acts.grant(READER, ORDERS, "SELECT");
            Step nothing = Acts.grant(READER, new ObjectRef.Table("sales", "no such"), "SELECT");
            Step login = Acts.create("ada");

            Map<Step, Origin> origins = scene.origins(List.of(table, nothing, login));

            assertThat(origins.keySet()).containsExactly(table);
            assertThat(origins.get(table).since())
                    .hasValueSatisfying(time -> assertThat(time).isAfterOrEqualTo(before));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMembershipIsKnownByItsGiver(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER), Acts.create("ada"), Acts.create("bob"), Acts.join("bob", READER));
            scene.run("postgres", "GRANT orders_reader TO ada");
            Step ada = leave(scene, "ada");
            Step bob = leave(scene, "bob");

            Map<Step, Origin> origins = scene.origins(List.of(ada, bob));

            assertThat(origins.get(ada).author()).hasValue(ADMINISTRATOR.value());
            assertThat(origins.get(bob).author()).as("given in our name").isEmpty();
            if (server.keepsGrantors()) {
                Step another = new Step.Leave(
                        acts.seen("bob"),
                        ((Step.Leave) ada).membership()); // the same row, but nobody has given it to bob
                assertThat(scene.origins(List.of(another))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTransactionOfAFrozenRowIsNotAskedFor(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            new Acts(scene).done(new Step.CreateRole(READER), Acts.create("ada"));
            scene.run("postgres", "GRANT orders_reader TO ada");
            Step ada = leave(scene, "ada");
            assertThat(scene.origins(List.of(ada)).get(ada).since()).isPresent();

            scene.run("postgres", "VACUUM (FREEZE) pg_auth_members");

            assertThat(scene.origins(List.of(ada)).get(ada))
                    .isEqualTo(new Origin(Optional.empty(), Optional.of(ADMINISTRATOR.value())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatKeepsNoTimesIsAskedWithoutHarm(TestServers server) throws SQLException {
        String url = TargetServer.undatedJdbcUrl(server.major());
        String password = TargetServer.undatedPassword(server.major());
        try (Connection administrator = DriverManager.getConnection(url, ADMINISTRATOR.value(), password);
                Statement sql = administrator.createStatement()) {
            sql.execute("DROP TABLE IF EXISTS public.kept; DROP ROLE IF EXISTS ada; DROP ROLE IF EXISTS orders_reader");
            sql.execute("CREATE ROLE ada; CREATE ROLE orders_reader; GRANT orders_reader TO ada;"
                    + " CREATE TABLE public.kept (); GRANT SELECT ON public.kept TO orders_reader");
            Step leave = new Step.Leave(Acts.planned("ada"), byHand(server));
            Step revoke = new Step.RevokePrivilege(
                    READER, Grant.of("postgres", new ObjectRef.Table("public", "kept"), new PrivilegeName("SELECT")));

            Map<Step, Origin> origins = origins(
                    new Reach(
                            new Target(
                                    new TargetName("orders"),
                                    "postgresql",
                                    "test",
                                    Set.of("postgres"),
                                    Optional.empty(),
                                    Target.Drift.REPORT),
                            url,
                            ADMINISTRATOR.value(),
                            Optional.of(Secret.of(password)),
                            Scene.INSTALLATION,
                            Reach.Patience.USUAL),
                    List.of(leave, revoke));

            assertThat(origins.get(leave)).isEqualTo(new Origin(Optional.empty(), Optional.of(ADMINISTRATOR.value())));
            assertThat(origins.get(revoke)).isEqualTo(Origin.UNKNOWN);
        }
    }

    private static Map<Step, Origin> origins(Reach reach, List<Step> steps) {
        try (EngineSession session = Scene.open(reach, Purpose.LOOK)) {
            return session.origins(steps);
        }
    }

    private static Membership byHand(TestServers server) {
        return server.keepsGrantors()
                ? new Membership(READER, true, true, false, new Grantor.Other(ADMINISTRATOR))
                : Membership.of(READER);
    }

    private static Step leave(Scene scene, String login) throws SQLException {
        Membership membership = scene.observe(Scope.WHOLE)
                .logins()
                .get(new LoginName(login))
                .state()
                .memberships()
                .iterator()
                .next();
        return new Step.Leave(new Acts(scene).seen(login), membership);
    }

    private static List<Step> undoing(Scene scene) throws SQLException {
        List<Step> steps = new ArrayList<>();
        steps.add(leave(scene, "ada"));
        Observed observed = scene.observe(Scope.WHOLE);
        RoleState reader = observed.roles().get(READER);
        reader.includes().forEach(it -> steps.add(new Step.Exclude(READER, it)));
        reader.grants().forEach(it -> steps.add(new Step.RevokePrivilege(READER, it)));
        reader.defaults().forEach(it -> steps.add(new Step.RevokeDefault(READER, it)));
        reader.policies().forEach(it -> steps.add(new Step.RemovePolicy(READER, it)));
        return steps;
    }

    private static Instant now(Scene scene) throws SQLException {
        return Instant.parse(scene.ask(
                        "postgres",
                        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                .getFirst());
    }
}
