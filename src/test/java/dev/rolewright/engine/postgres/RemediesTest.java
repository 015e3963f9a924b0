package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.grant;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The statement that comes with a refusal: an administrator runs it as it is, and what was refused is done.
class RemediesTest {

    @ParameterizedTest
    @EnumSource
    void aFunctionIsItsOwnersAndNotTheSchemas(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            scene.run("orders", "CREATE ROLE coder", "ALTER FUNCTION sales.order_total(bigint) OWNER TO coder");
            Step grant = grant(READER, new ObjectRef.Function("sales", "order_total(bigint)"), "EXECUTE");

            scene.run("orders", acts.failed(grant).remedy().orElseThrow());

            acts.done(grant);
        }
    }

    /// From 15 on it belongs to a role that nobody can be made a member of.
    @ParameterizedTest
    @EnumSource
    void thePublicSchemaIsTheDatabaseOwners(TestServers server) throws SQLException {
        for (String owner : List.of("landlord", TestServers.administrator())) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(Acts.reader());
                scene.run("postgres", "CREATE ROLE landlord", "ALTER DATABASE orders OWNER TO " + owner);
                Step grant = grant(READER, new ObjectRef.Schema("public"), "USAGE");

                scene.run("orders", acts.failed(grant).remedy().orElseThrow());

                acts.done(grant);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverWasMadeSuperuserByHandIsLockedOutAfterIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER), create("bob"), join("bob", READER));
            scene.run("postgres", "ALTER ROLE ada SUPERUSER REPLICATION", "ALTER ROLE bob SUPERUSER");
            scene.as("ada", "orders");
            scene.as("bob", "orders");
            Account ada = acts.seen("ada");
            Account bob = acts.seen("bob");
            List<Step> ends = List.of(new Step.EndSessions(ada), new Step.EndSessions(bob));

            String suspending = acts.failed(new Step.SuspendLogin(ada, Optional.empty()))
                    .remedy()
                    .orElseThrow();
            String ending = acts.failed(new Step.EndSessions(bob)).remedy().orElseThrow();
            scene.run("postgres", suspending, ending);

            acts.done(ends);
            acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.SuspendLogin(bob, Optional.empty()));
            assertThat(scene.ask("postgres", "select count(*) from pg_stat_activity where usename in ('ada', 'bob')"))
                    .containsExactly("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyStaysInARoleThatWasMadeSuperuser(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            scene.run("postgres", "ALTER ROLE orders_reader SUPERUSER");
            Step leave = new Step.Leave(acts.seen("ada"), Membership.of(READER));

            scene.run("postgres", acts.failed(leave).remedy().orElseThrow());

            acts.done(leave);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuperuserPromisesHimselfWhatHeWillMake(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            DefaultGrant promise = DefaultGrant.of(
                    "orders",
                    new RoleName(TestServers.administrator()),
                    "sales",
                    ObjectKind.TABLES,
                    new PrivilegeName("SELECT"));

            String giving =
                    acts.failed(new Step.GrantDefault(READER, promise)).remedy().orElseThrow();
            scene.run("orders", giving);
            assertThat(scene.observe(Scope.WHOLE).roles().get(READER).defaults())
                    .containsExactly(promise);

            String taking = acts.failed(new Step.RevokeDefault(READER, promise))
                    .remedy()
                    .orElseThrow();
            scene.run("orders", taking);
            assertThat(scene.observe(Scope.WHOLE).roles().get(READER).defaults())
                    .isEmpty();
        }
    }
}
