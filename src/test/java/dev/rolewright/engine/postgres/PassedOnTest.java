package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READ;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What somebody could pass on goes although it was passed on, and with it what strangers got that way: seen by
/// logging in as one of them.
class PassedOnTest {

    @ParameterizedTest
    @EnumSource
    void aPrivilegeGoesWithWhatARolePassedOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Connection app = stranger(scene);
            scene.run(
                    "orders",
                    "set role orders_owner",
                    "grant select on sales.orders to orders_reader with grant option",
                    "reset role");
            as(scene, "ada", "grant select on sales.orders to app");
            assertThat(Scene.ask(app, READ)).containsExactly("3");

            acts.done(new Step.RevokePrivilege(
                    READER, new Grant("orders", ORDERS, new PrivilegeName("SELECT"), true, Grantor.OURS)));

            assertThatThrownBy(() -> Scene.ask(app, READ)).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPrivilegeOfSomebodyElseGoesWithWhatARolePassedOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER), Acts.grant(READER, new ObjectRef.Schema("sales"), "USAGE"));
            acts.done(create("ada"), join("ada", READER));
            Connection app = stranger(scene);
            scene.run(
                    "orders",
                    "create role deputy",
                    "grant deputy to rolewright_grantor",
                    "grant usage on schema sales to deputy",
                    "grant select on sales.orders to deputy with grant option",
                    "set role deputy",
                    "grant select on sales.orders to orders_reader with grant option",
                    "reset role");
            as(scene, "ada", "grant select on sales.orders to app");
            assertThat(Scene.ask(app, READ)).containsExactly("3");

            acts.done(new Step.RevokePrivilege(
                    READER,
                    new Grant(
                            "orders",
                            ORDERS,
                            new PrivilegeName("SELECT"),
                            true,
                            new Grantor.Other(new RoleName("deputy")))));

            assertThatThrownBy(() -> Scene.ask(app, READ)).hasMessageContaining("denied");
        }
    }

    /// Before 16 a server does not know who gave a membership, and it goes alone.
    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void aMembershipGoesWithWhatALeaverPassedOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Connection app = stranger(scene);
            scene.run(
                    "postgres",
                    "grant orders_reader to ada with admin true, inherit true, set false granted by rolewright_grantor");
            as(scene, "ada", "grant orders_reader to app");
            assertThat(Scene.ask(app, READ)).containsExactly("3");

            acts.done(new Step.Leave(acts.seen("ada"), new Membership(READER, true, false, true, Grantor.OURS)));

            assertThatThrownBy(() -> Scene.ask(app, READ)).hasMessageContaining("denied");
            assertThatThrownBy(() -> Scene.ask(scene.as("ada", "orders"), READ)).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void aMembershipThatSomebodyElseGaveGoesWithWhatALeaverPassedOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"));
            Connection app = stranger(scene);
            scene.run(
                    "postgres",
                    "create role deputy",
                    "grant deputy to rolewright_grantor",
                    "grant orders_reader to deputy with admin option granted by rolewright_grantor",
                    "grant orders_reader to ada with admin option granted by deputy");
            as(scene, "ada", "grant orders_reader to app");
            assertThat(Scene.ask(app, READ)).containsExactly("3");

            acts.done(new Step.Leave(
                    acts.seen("ada"),
                    new Membership(READER, true, true, true, new Grantor.Other(new RoleName("deputy")))));

            assertThatThrownBy(() -> Scene.ask(app, READ)).hasMessageContaining("denied");
            assertThatThrownBy(() -> Scene.ask(scene.as("ada", "orders"), READ)).hasMessageContaining("denied");
        }
    }

    /// What a superuser takes back is what superusers gave, unless he says otherwise.
    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void aMembershipOfSomebodyWhoBecameSuperuserComesWithAStatementThatEndsIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"));
            Connection ada = scene.as("ada", "orders");
            scene.run(
                    "postgres",
                    "create role deputy",
                    "grant deputy to rolewright_grantor",
                    "grant orders_reader to deputy with admin option granted by rolewright_grantor",
                    "grant orders_reader to ada granted by deputy",
                    "alter role deputy superuser");
            assertThat(Scene.ask(ada, READ)).containsExactly("3");

            EngineFailure failure = acts.failed(new Step.Leave(
                    acts.seen("ada"),
                    new Membership(READER, true, true, false, new Grantor.Other(new RoleName("deputy")))));

            assertThat(failure.kind()).isEqualTo(Kind.RIGHT_MISSING);
            scene.run("postgres", failure.remedy().orElseThrow());
            assertThatThrownBy(() -> Scene.ask(ada, READ)).hasMessageContaining("denied");
        }
    }

    /// An application's login, which nobody but the test's people gives anything.
    private static Connection stranger(Scene scene) throws SQLException {
        scene.run("orders", "create role app login", "grant usage on schema sales to app");
        return scene.as("app", "orders");
    }

    private static void as(Scene scene, String login, String sql) throws SQLException {
        try (Statement statement = scene.as(login, "orders").createStatement()) {
            statement.execute(sql);
        }
    }
}
