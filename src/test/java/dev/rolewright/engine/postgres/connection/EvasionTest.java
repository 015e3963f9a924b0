package dev.rolewright.engine.postgres.connection;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Extras;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ways to put off one's own suspension, or to pass for one of us, that are open to whoever may connect.
class EvasionTest {

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void suspendsWhoHoldsTheLockOfProvisioners(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            Connection ada = scene.as("ada", "postgres");
            Scene.ask(ada, "select pg_advisory_lock(" + 0x726f6c6577726967L + ")");

            acts.done(new Step.SuspendLogin(acts.seen("ada"), Optional.empty()));

            assertThat(Scene.isGone(ada)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyBlindsALookWithTheLongestSignatureThereIs(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            String type = "sales.\"" + "\"\"".repeat(63) + "\"";
            String function = "sales.f(" + String.join(", ", Collections.nCopies(100, type)) + ")";
            scene.run(
                    "orders",
                    "SET ROLE orders_owner",
                    "CREATE TYPE " + type + " AS ENUM ('a')",
                    "CREATE FUNCTION " + function + " RETURNS int LANGUAGE sql AS 'select 1'",
                    "GRANT EXECUTE ON FUNCTION " + function + " TO orders_reader",
                    "RESET ROLE");

            List<Step> revoking = onFunctions(scene)
                    .<Step>map(grant -> new Step.RevokePrivilege(READER, grant))
                    .toList();
            acts.done(revoking);

            assertThat(revoking).hasSize(1);
            assertThat(onFunctions(scene)).isEmpty();
        }
    }

    /// Everybody may make things for his own session and grant on them, and nobody else can take that back.
    @ParameterizedTest
    @EnumSource
    void nobodyGivesUsWorkThatCannotBeDone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER), create("bob"));
            Set<Grant> before = grants(scene);
            try (Statement ada = scene.as("ada", "orders").createStatement()) {
                ada.execute("create temporary table mine (id int)");
                ada.execute("create type pg_temp.kind as enum ('a')");
                ada.execute("create function pg_temp.f() returns int language sql as 'select 1'");
                ada.execute("grant select on mine to orders_reader, bob");
                ada.execute("grant update (id) on mine to orders_reader, bob");
                ada.execute("grant usage on type pg_temp.kind to orders_reader, bob");
                ada.execute("grant execute on function pg_temp.f() to orders_reader, bob");
            }

            assertThat(grants(scene)).isEqualTo(before);
            assertThat(scene.observe(Scope.WHOLE).extras()).isEqualTo(Extras.NONE);
        }
    }

    private static Stream<Grant> onFunctions(Scene scene) {
        return grants(scene).stream().filter(grant -> grant.object() instanceof ObjectRef.Function);
    }

    private static Set<Grant> grants(Scene scene) {
        return scene.observe(Scope.WHOLE).roles().get(READER).grants();
    }

    /// Ten sessions of one person, each of which comes back for the lock as soon as it is ended.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void suspendsWhoTakesALockAgainAndAgain(TestServers server) throws Exception {
        for (String lock : List.of(
                "pg_advisory_lock(" + ClusterLock.fence(reach(server)) + ")",
                "pg_advisory_lock(" + 0x726f6c6577726967L + ")")) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(create("ada"));
                scene.as("ada", "postgres").close();
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> sessions = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    sessions.add(Thread.ofPlatform().start(() -> takeAgainAndAgain(scene, lock, over)));
                }
                try {
                    await(scene, "select 1 from pg_locks where locktype = 'advisory' and granted");

                    acts.done(
                            new Step.SuspendLogin(acts.seen("ada"), Optional.empty()),
                            new Step.EndSessions(acts.seen("ada")));

                    assertThat(scene.ask("postgres", "select pid from pg_stat_activity where usename = 'ada'"))
                            .as(lock)
                            .isEmpty();
                } finally {
                    over.set(true);
                    for (Thread session : sessions) {
                        session.join();
                    }
                }
            }
        }
    }

    private static void takeAgainAndAgain(Scene scene, String lock, AtomicBoolean over) {
        while (!over.get()) {
            try (Connection connection = scene.logIn("ada", "postgres")) {
                connection.setNetworkTimeout(Runnable::run, 20_000);
                Scene.ask(connection, "select " + lock);
                Scene.ask(connection, "select pg_sleep(15)");
            } catch (SQLException _) {
                // Was ended, or is not let in any more.
            }
        }
    }

    private static Reach reach(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            return scene.reach();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void saysWhichStrangerHoldsTheLockAndLeavesItAlone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "create role app login");
            Connection app = scene.as("app", "postgres");
            Scene.ask(app, "select pg_advisory_lock(" + 0x726f6c6577726967L + ")");

            assertThatThrownBy(() -> new Acts(scene).perform(create("ada"))).hasMessageContaining("Login app");
            assertThat(Scene.ask(app, "select 1")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void suspendsWhoIsChangingTheOwnLogin(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("bob"));
            Connection ada = scene.as("ada", "postgres");
            ada.setAutoCommit(false);
            Scene.ask(ada, "select 1");
            try (var statement = ada.createStatement()) {
                statement.execute("alter role ada password 'mine'");
            }

            acts.done(
                    new Step.SuspendLogin(acts.seen("ada"), Optional.empty()),
                    new Step.SuspendLogin(acts.seen("bob"), Optional.empty()));

            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname in ('ada', 'bob')"))
                    .containsExactly("f", "f");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V17", "V18"})
    void endsASessionThatWasKeptWaitingAtTheDoor(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Account ada = reader(acts);
            Door door = Door.keepingWaiting(scene, "ada");

            List<Outcome> outcomes =
                    acts.perform(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));

            door.copy().join();
            if (!outcomes.getLast().equals(Outcome.DONE)) { // the wait was longer than our patience
                acts.done(new Step.EndSessions(ada));
            }
            assertThatThrownBy(() -> Scene.ask(door.late().get(), "select 1")).isInstanceOf(Exception.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void doesNotSayThatNobodyIsLeftWhileSomebodyStandsAtTheDoor(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Account ada = reader(acts);
            Door door = Door.keepingWaiting(scene, "ada");

            List<Outcome> outcomes;
            Reach hurried = scene.reach(
                    scene.target(),
                    new Reach.Patience(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(10)));
            try (EngineSession session = Scene.open(hurried, Purpose.CHANGE)) {
                outcomes = session.perform(
                        List.of(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada)));
            }

            assertThat(outcomes.getFirst()).isEqualTo(Outcome.DONE);
            assertThat(outcomes.getLast())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().sentence()).contains("on the way into a database"));
            door.copy().join();
            acts.done(new Step.EndSessions(ada));
            assertThatThrownBy(() -> Scene.ask(door.late().get(), "select 1")).isInstanceOf(Exception.class);
        }
    }

    /// Somebody whom the copy of a database keeps waiting, and who has no session yet that could be ended.
    private record Door(Thread copy, CompletableFuture<Connection> late) {

        static Door keepingWaiting(Scene scene, String login) throws Exception {
            scene.as(login, "postgres").close();
            scene.administrator("orders"); // so that the copy waits for it, in vain, and everybody else for the copy
            Thread copy = Thread.ofPlatform().start(() -> {
                try {
                    scene.run("postgres", "create database copy template orders");
                } catch (SQLException _) {
                    // It is being accessed by other users.
                }
            });
            await(
                    scene,
                    "select 1 from pg_locks where classid = 'pg_database'::regclass and mode = 'ShareLock' and granted");
            CompletableFuture<Connection> late = CompletableFuture.supplyAsync(() -> {
                try {
                    return scene.logIn(login, "orders");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await(scene, "select 1 from pg_locks where classid = 'pg_database'::regclass and not granted");
            return new Door(copy, late);
        }
    }

    private static Account reader(Acts acts) throws SQLException {
        acts.done(Acts.reader());
        acts.done(create("ada"), join("ada", READER));
        return acts.seen("ada");
    }

    private static void await(Scene scene, String question) throws Exception {
        try (Connection administrator = scene.server().administrator("template1")) {
            while (Scene.ask(administrator, question).isEmpty()) {
                Thread.sleep(10);
            }
        }
    }

    /// Everybody is in the marker; whoever could become it would own things in its name.
    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void nobodyHidesInTheMarker(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            new Acts(scene).done(create("ada"));
            Connection ada = scene.as("ada", "orders");

            assertThatThrownBy(() -> Scene.ask(ada, "select set_config('role', 'rolewright_marker', false)"))
                    .hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotTakenInByTheNameOfAKeeper(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER));
            scene.run(
                    "postgres",
                    "create role rolewright_keeper_9x login",
                    "grant orders_reader to rolewright_keeper_9x with admin option");

            acts.done(create("ada"));

            assertThat(scene.notices(Notice.Kind.STRANGER_IN_ROLE))
                    .singleElement()
                    .extracting(Notice::sentence)
                    .asString()
                    .startsWith("rolewright_keeper_9x is not ours");
        }
    }
}
