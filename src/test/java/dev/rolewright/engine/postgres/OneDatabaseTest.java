package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// One of the managed databases cannot be used, or not any more; all others can.
class OneDatabaseTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));
    private static final Step IN_ORDERS = grant("orders", new ObjectRef.Schema("sales"));
    private static final Step IN_CRM = grant("crm", new ObjectRef.Schema("public"));

    @ParameterizedTest
    @MethodSource("faults")
    void onlyItsStepsFail(TestServers server, Fault fault) throws SQLException {
        try (Scene scene = scene(server)) {
            Acts acts = new Acts(scene);
            Connection bob = scene.as("bob", "postgres");
            List<Step> steps = List.of(
                    new Step.SuspendLogin(acts.seen("bob"), Optional.empty()),
                    new Step.EndSessions(acts.seen("bob")),
                    IN_CRM,
                    IN_ORDERS,
                    new Step.DropLogin(acts.seen("carol"), Optional.empty(), HEIR),
                    new Step.DropLogin(acts.seen("dave"), Optional.empty(), HEIR),
                    create("eve"));

            List<Outcome> outcomes;
            PostgresEngine engine = new PostgresEngine();
            Fault.Undo undo = Fault.Undo.NOTHING;
            try (EngineSession session = engine.open(scene.reach(target(scene)), Purpose.CHANGE)) {
                if (fault == Fault.SESSIONS_ENDED) {
                    session.observe(Scope.WHOLE);
                }
                undo = fault.befall(scene, "crm");
                outcomes = session.perform(steps);
            } finally {
                undo.run();
                engine.closeAll();
            }

            assertThat(outcomes.get(0)).isEqualTo(Outcome.DONE);
            assertThat(outcomes.get(1)).isEqualTo(Outcome.DONE);
            assertThat(bob.isValid(60)).isFalse();
            assertThat(outcomes.get(3)).isEqualTo(Outcome.DONE);
            assertThat(outcomes.subList(5, 7)).containsOnly(Outcome.DONE);
            if (fault != Fault.CATALOGUE_LOCKED) {
                assertThat(outcomes.get(2))
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed ->
                                        assertThat(failed.failure().sentence()).contains("database crm"));
            }
            List<String> carol = scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'carol'");
            if (outcomes.get(4).equals(Outcome.DONE)) {
                assertThat(carol).isEmpty();
            } else {
                assertThat(outcomes.get(4)).isInstanceOf(Outcome.Failed.class);
                assertThat(carol).containsExactly("f");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everythingElseIsSeen(TestServers server, Fault fault) throws SQLException {
        try (Scene scene = scene(server)) {
            scene.run("postgres", "ALTER ROLE carol NOLOGIN");
            Observed observed;
            PostgresEngine engine = new PostgresEngine();
            Fault.Undo undo = Fault.Undo.NOTHING;
            try (EngineSession session = engine.open(scene.reach(target(scene)), Purpose.LOOK)) {
                undo = fault.befall(scene, "crm");
                observed = session.observe(Scope.WHOLE);
            } finally {
                undo.run();
                engine.closeAll();
            }

            assertThat(observed.logins().keySet())
                    .extracting(LoginName::value)
                    .containsExactlyInAnyOrder("bob", "carol", "dave");
            assertThat(observed.roles().get(READER).grants())
                    .contains(Grant.of("orders", new ObjectRef.Database(), new PrivilegeName("CONNECT")));
            assertThat(observed.inventory().knows("orders")).isTrue();
            assertThat(observed.inventory().knows("crm")).isFalse();
            if (fault != Fault.DROPPED && fault != Fault.RENAMED) {
                assertThat(observed.inventory().unread()).containsExactly("crm");
                assertThat(observed.notices())
                        .filteredOn(notice -> notice.sentence().contains("could not be looked into"))
                        .singleElement()
                        .satisfies(notice -> {
                            assertThat(notice.sentence()).contains("database crm");
                            assertThat(notice.kind())
                                    .isEqualTo(
                                            fault == Fault.CONNECT_REVOKED
                                                    ? Notice.Kind.RIGHT_MISSING
                                                    : Notice.Kind.NOT_LOOKED_INTO);
                        });
                if (fault != Fault.CATALOGUE_LOCKED) {
                    assertThat(observed.logins()
                                    .get(new LoginName("carol"))
                                    .belongings()
                                    .obstacles())
                            .singleElement()
                            .asString()
                            .contains("database crm");
                }
            }
        }
    }

    // While one database is read, the server's own transaction stands still.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void oneThatTakesForEverIsLeftOut(TestServers server) throws SQLException {
        try (Scene scene = scene(server)) {
            Reach impatient = scene.reach(
                    target(scene),
                    new Reach.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(700)));
            Fault.CATALOGUE_LOCKED.befall(scene, "crm");
            PostgresEngine engine = new PostgresEngine();
            try (EngineSession session = engine.open(impatient, Purpose.CHANGE)) {
                Observed observed = session.observe(Scope.WHOLE);

                assertThat(observed.inventory().unread()).containsExactly("crm");
                assertThat(session.perform(List.of(IN_ORDERS))).containsExactly(Outcome.DONE);
            } finally {
                engine.closeAll();
            }
        }
    }

    private static Scene scene(TestServers server) throws SQLException {
        Scene scene = Scene.on(server);
        scene.run("postgres", "CREATE DATABASE crm OWNER orders_owner");
        scene.run("crm", "ALTER SCHEMA public OWNER TO orders_owner");
        scene.prepare("orders,crm", "orders_owner");
        Acts acts = new Acts(scene);
        acts.done(Acts.reader());
        acts.done(create("bob"), create("carol"), create("dave"), join("bob", READER));
        scene.run("crm", "create table public.notes (id int)", "alter table public.notes owner to carol");
        return scene;
    }

    private static Target target(Scene scene) {
        return scene.target(Set.of("orders", "crm"));
    }

    private static Step grant(String database, ObjectRef object) {
        return new Step.GrantPrivilege(READER, Grant.of(database, object, new PrivilegeName("USAGE")));
    }

    static Stream<Arguments> faults() {
        return Stream.of(TestServers.V14, TestServers.V18)
                .flatMap(server -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(server, fault)));
    }
}
