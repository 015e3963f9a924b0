package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READ;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Membership;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A session that has become a role keeps what the role may, whatever is taken from its login: seen in the session
/// itself, which is gone afterwards.
///
/// From 16 on nobody of ours may become a role, until somebody lets him by hand.
class HiddenSessionsTest {

    @ParameterizedTest
    @EnumSource
    void aMoversSessionIsGone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Connection session = hidden(scene, acts);
            Account ada = acts.seen("ada");

            acts.done(new Step.Leave(ada, Membership.of(READER)));
            assertThat(Scene.ask(session, READ))
                    .as("it outlives the membership")
                    .containsExactly("3");
            acts.done(new Step.EndSessions(ada));

            assertThat(Scene.isGone(session)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLeaversSessionIsGone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Connection session = hidden(scene, acts);
            Account ada = acts.seen("ada");

            acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));

            assertThat(Scene.isGone(session)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGhostOfALoginThatSomebodyDroppedIsGone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Connection session = hidden(scene, acts);
            Account ada = acts.seen("ada");
            scene.run("postgres", "drop role ada");
            assertThat(Scene.ask(session, READ)).as("it outlives its login").containsExactly("3");

            acts.done(new Step.EndSessions(ada));

            assertThat(Scene.isGone(session)).isTrue();
        }
    }

    /// One that its machine does not let run cannot even end.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void oneThatDoesNotEndIsTold(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Connection session = hidden(scene, acts);
            Account ada = acts.seen("ada");
            String process = Scene.ask(session, "select pg_backend_pid()").getFirst();
            Reach hurried = scene.reach(
                    scene.target(),
                    new Reach.Patience(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(10)));

            signal("-STOP", process);
            List<Outcome> outcomes;
            try (EngineSession hurrying = new PostgresEngine().open(hurried, Purpose.CHANGE)) {
                outcomes = hurrying.perform(List.of(new Step.EndSessions(ada)));
            } finally {
                signal("-CONT", process);
            }

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().sentence()).endsWith("have not: " + process));
            acts.done(new Step.EndSessions(ada));
            assertThat(Scene.isGone(session)).isTrue();
        }
    }

    private static void signal(String signal, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, process).start().waitFor())
                .isZero();
    }

    /// A session of ada's inside the reader.
    private static Connection hidden(Scene scene, Acts acts) throws SQLException {
        acts.done(Acts.reader());
        acts.done(create("ada"), join("ada", READER));
        if (scene.server().keepsGrantors()) {
            scene.run("postgres", "grant orders_reader to ada with set true granted by rolewright_grantor");
        }
        Connection session = scene.as("ada", "orders");
        Scene.ask(session, "select set_config('role', 'orders_reader', false)");
        return session;
    }
}
