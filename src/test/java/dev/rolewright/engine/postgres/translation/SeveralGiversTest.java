package dev.rolewright.engine.postgres.translation;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where several of those whose rights we have may pass a privilege on, the server gives it in the name of one of them.
/// Without knowing which, a look takes what we gave for somebody else's, and the other way round.
class SeveralGiversTest {

    private static final Grant SELECT = Grant.of("orders", ORDERS, new PrivilegeName("SELECT"));

    /// The team is older than the owner who is in it, and further from us.
    private static Scene scene(TestServers server) throws SQLException {
        Scene scene = Scene.bare(server);
        scene.run("postgres", "CREATE ROLE team", "CREATE ROLE late_owner IN ROLE team");
        scene.run(
                "orders",
                "GRANT USAGE, CREATE ON SCHEMA sales TO late_owner",
                "GRANT USAGE ON SCHEMA sales TO team",
                "ALTER TABLE sales.orders OWNER TO late_owner",
                "SET ROLE late_owner",
                "GRANT SELECT ON sales.orders TO team WITH GRANT OPTION",
                "RESET ROLE");
        scene.prepare("orders", "orders_owner,late_owner");
        return scene;
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerGaveInAnOwnersNameIsOurs(TestServers server) throws SQLException {
        try (Scene scene = scene(server)) {
            new Acts(scene).done(Acts.reader());

            assertThat(held(scene)).containsExactly(SELECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherGaveIsTakenBackAsTheOther(TestServers server) throws SQLException {
        try (Scene scene = scene(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER));
            scene.run("orders", "SET ROLE team", "GRANT SELECT ON sales.orders TO orders_reader", "RESET ROLE");

            Grant theirs =
                    new Grant("orders", ORDERS, SELECT.privilege(), false, new Grantor.Other(new RoleName("team")));
            assertThat(held(scene)).containsExactly(theirs);
            acts.done(new Step.RevokePrivilege(READER, theirs));

            assertThat(held(scene)).isEmpty();
        }
    }

    /// Since PostgreSQL 15 the schema public belongs to whoever owns the database, which no list of members says.
    @ParameterizedTest
    @EnumSource
    void theOwnerOfTheDatabaseOwnsItsPublicSchema(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("orders", "ALTER SCHEMA public OWNER TO pg_database_owner");
            Step usage = Acts.grant(READER, new ObjectRef.Schema("public"), "USAGE");

            new Acts(scene).done(List.of(new Step.CreateRole(READER), usage));

            assertThat(held(scene))
                    .containsExactly(Grant.of("orders", new ObjectRef.Schema("public"), new PrivilegeName("USAGE")));
        }
    }

    private static Set<Grant> held(Scene scene) {
        Set<Grant> all =
                new HashSet<>(scene.observe(Scope.WHOLE).roles().get(READER).grants());
        all.removeIf(it ->
                it.object().equals(new ObjectRef.Database()) || it.object().equals(new ObjectRef.Schema("sales")));
        return all;
    }
}
