package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.grant;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Settings that a server keeps for everybody who comes into a database, or for our login, reach none of our sessions.
class BadSettingsTest {

    private static final List<String> BAD = List.of(
            "role = 'rolewright_grantor'",
            "quote_all_identifiers = on",
            "intervalstyle = 'iso_8601'",
            "datestyle = 'German'",
            "bytea_output = 'escape'",
            "standard_conforming_strings = off",
            "transform_null_equals = on",
            "synchronous_commit = off",
            "exit_on_error = on",
            "search_path = 'crm'",
            "row_security = off",
            "statement_timeout = '50ms'",
            "lock_timeout = '1ms'",
            "idle_in_transaction_session_timeout = '100ms'",
            "idle_session_timeout = '300ms'",
            "default_transaction_isolation = 'serializable'",
            "session_replication_role = replica",
            "client_min_messages = error");

    private static final RowPolicy RULE = new RowPolicy(
            "orders",
            Acts.ORDERS,
            RowPolicy.Command.SELECT,
            "placed > '02/01/2020' and lasts < '1 day 2 hours'::interval and raw <> decode('00ff', 'hex') and (region = null) is null");

    @ParameterizedTest
    @EnumSource
    void makeNoDifferenceToWhatIsSeenAndDone(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            scene.run(
                    "orders",
                    "alter table sales.orders add column placed date, add column lasts interval, add raw bytea");
            acts.done(new Step.ProtectRows("orders", Acts.ORDERS), new Step.AddPolicy(READER, RULE));
            Observed before = scene.observe(Scope.WHOLE);
            set(scene);
            PostgresEngine engine = new PostgresEngine();
            try {
                assertThat(scene.observe(Scope.WHOLE)).isEqualTo(before);
                for (int round = 0; round < 2; round++) { // the second one on the connections of the first
                    changesAsEver(engine, scene, acts, before);
                    Thread.sleep(400);
                }
                Account ada = acts.seen("ada");
                try (EngineSession session = engine.open(scene.reach(), Purpose.CHANGE)) {
                    assertThat(session.perform(
                                    List.of(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada))))
                            .containsOnly(Outcome.DONE);
                }
                try (EngineSession session = engine.open(scene.reach(), Purpose.PROVE)) {
                    assertThat(session.attempt(ada)).isInstanceOf(Attempt.Refused.class);
                }
            } finally {
                engine.closeAll();
                scene.run("postgres", "alter database postgres reset all");
            }
        }
    }

    private static void changesAsEver(PostgresEngine engine, Scene scene, Acts acts, Observed before)
            throws SQLException {
        try (EngineSession session = engine.open(scene.reach(), Purpose.CHANGE)) {
            assertThat(session.observe(Scope.WHOLE)).isEqualTo(before);
            assertThat(session.perform(
                            List.of(create("bob"), grant(READER, Acts.ORDERS, "INSERT"), join("bob", READER))))
                    .containsOnly(Outcome.DONE);
            assertThat(session.perform(List.of(
                            Acts.revoke(READER, Acts.ORDERS, "INSERT"),
                            new Step.RemovePolicy(READER, RULE),
                            new Step.AddPolicy(READER, RULE),
                            new Step.DropLogin(acts.seen("bob"), Optional.empty(), Optional.empty()))))
                    .containsOnly(Outcome.DONE);
            assertThat(session.observe(Scope.WHOLE)).isEqualTo(before);
        }
    }

    private static void set(Scene scene) throws SQLException {
        List<String> bad = new ArrayList<>(BAD);
        if (scene.server().major() >= 17) {
            bad.add("transaction_timeout = '300ms'");
        }
        for (String setting : bad) {
            scene.run("postgres", "alter database postgres set " + setting, "alter database orders set " + setting);
        }
        scene.run("postgres", "alter database orders set default_transaction_read_only = on");
        scene.run("postgres", "alter role connector in database orders set quote_all_identifiers = on");
        scene.run("postgres", "alter role connector set role = 'rolewright_registrar'");
    }
}
