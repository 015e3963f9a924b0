package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.Patience;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import dev.rolewright.reach.TargetAway;
import dev.rolewright.reconcile.answer.AccessExplanation;
import dev.rolewright.reconcile.answer.AccessExplanation.OnTarget;
import dev.rolewright.reconcile.answer.AccessExplanations;
import dev.rolewright.reconcile.answer.Rehearsal;
import dev.rolewright.reconcile.answer.Rehearsals;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.reconcile.pass.PassSummary;
import dev.rolewright.reconcile.pass.Passes;
import dev.rolewright.reconcile.targets.TargetStatus;
import dev.rolewright.reconcile.targets.TargetStatus.Health;
import dev.rolewright.reconcile.targets.Targets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The beans of a process that reconciles, as they are in production: a contract comes, people are pushed, and whoever
/// asks is answered.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(ReconcilerFlowTest.Reconciling.class)
class ReconcilerFlowTest {

    /// Two targets are configured, one of them nowhere.
    public static class Reconciling implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rolewright.reconcile.enabled", "true",
                    "rolewright.target.orders.url", TestServers.V18.jdbcUrl("postgres"),
                    "rolewright.target.orders.username", Scene.CONNECTOR,
                    "rolewright.target.orders.password", "only for tests",
                    "rolewright.target.away.url", "jdbc:postgresql://127.0.0.1:1/postgres",
                    "rolewright.target.away.username", "nobody");
        }
    }

    /// Long, because others may use the machine too; whoever is quick does not wait for it.
    private static final Duration SOON = Patience.LONG;

    private static final TargetName ORDERS = new TargetName("orders");
    private static final TargetName AWAY = new TargetName("away");
    private static final TargetName UNKNOWN = new TargetName("unknown");
    private static final Caller ADMIN = Caller.ofNoSource("admin", "req-1");

    @Inject
    Premises premises;

    @Inject
    Targets targets;

    @Inject
    Passes passes;

    @Inject
    Logins logins;

    @Inject
    Rehearsals rehearsals;

    @Inject
    AccessExplanations explanations;

    private Scene scene;
    private Idp idp;
    private UUID analysts;

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        premises.run("TRUNCATE login, target_state, dirty");
        String tag = UUID.randomUUID().toString().substring(0, 8);
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        premises.follow(contract(tag));
        await().until(() -> targets.one(ORDERS).orElseThrow().lastWhole().isPresent());
    }

    private static String contract(String tag) {
        return OrdersContract.of(tag).replace("targets:\n", """
                targets:
                  away: {engine: postgresql, environment: test, databases: [orders], drift: revert}
                  unknown: {engine: postgresql, environment: test, databases: [orders], drift: revert}
                """);
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        premises.close();
        scene.close();
    }

    @Test
    void aPushIsOnTheTargetWithoutAnybodyAsking() throws SQLException {
        PersonId ada = idp.hires("ada");
        idp.adds(analysts, ada);

        await().untilAsserted(() -> assertThat(logins.of(Set.of(ada)).get(ada))
                .singleElement()
                .extracting(KnownLogin::state)
                .isEqualTo(KnownLogin.State.ACTIVE));
        Connection session = scene.as("ada", "orders");

        idp.dismisses(ada);

        await().untilAsserted(() -> assertThat(logins.of(Set.of(ada)).get(ada))
                .singleElement()
                .extracting(KnownLogin::state)
                .isEqualTo(KnownLogin.State.SUSPENDED));
        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        // A proof takes the password, and then the server asks for that first.
        assertThatThrownBy(() -> scene.logIn("ada", "orders"))
                .isInstanceOf(SQLException.class)
                .hasMessageFindingMatch("not permitted to log in|password authentication failed");
        assertThat(scene.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("f");
    }

    @Test
    void saysHowTargetsAreDoing() {
        await().untilAsserted(() -> assertThat(targets.all())
                .extracting(it -> it.target().name(), TargetStatus::health)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AWAY, Health.FAILING),
                        org.assertj.core.groups.Tuple.tuple(ORDERS, Health.READY),
                        org.assertj.core.groups.Tuple.tuple(UNKNOWN, Health.NOT_CONFIGURED)));
        assertThat(targets.one(ORDERS).orElseThrow().server())
                .hasValueSatisfying(it -> assertThat(it).startsWith("PostgreSQL 18"));
        assertThat(targets.one(AWAY).orElseThrow().failure()).isPresent();
        assertThat(targets.one(new TargetName("nowhere"))).isEmpty();
    }

    @Test
    void warnsOfATargetThatNobodyConfigured() {
        java.util.Queue<String> lines = new ConcurrentLinkedQueue<>();
        PatternFormatter words = new PatternFormatter("%p %s");
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(words.format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Reconciler.class.getName());
        logger.addHandler(log);
        try {
            premises.follow(contract("others"));
            await().until(() -> !lines.isEmpty());
        } finally {
            logger.removeHandler(log);
        }

        assertThat(lines).singleElement().asString().contains("WARN", "unknown", "does not say how to reach");
    }

    @Test
    void whoAsksForAPassIsAnswered() {
        long request = passes.request(ORDERS, null, ADMIN);

        assertThat(passes.await(ORDERS, request, SOON)).hasValueSatisfying(pass -> {
            assertThat(pass.whole()).isTrue();
            assertThat(pass.outcome()).contains(PassSummary.Outcome.DONE);
        });
        assertThat(passes.of(ORDERS, null, 10)).isNotEmpty();
        assertThatThrownBy(() -> passes.request(new TargetName("nowhere"), null, ADMIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPassOverATargetThatIsAwayIsAnsweredToo() {
        long request = passes.request(AWAY, null, ADMIN);

        assertThat(passes.await(AWAY, request, SOON)).hasValueSatisfying(pass -> {
            assertThat(pass.outcome()).contains(PassSummary.Outcome.FAILED);
            assertThat(pass.failure()).isPresent();
        });
    }

    @Test
    void rehearsesWithoutDoing() throws SQLException {
        scene.run("postgres", "CREATE ROLE stranger LOGIN");
        scene.run("orders", "GRANT DELETE ON sales.orders TO orders_reader");

        Rehearsal rehearsal = rehearsals.of(ORDERS);

        assertThat(rehearsal.plan().steps()).singleElement().isInstanceOf(Step.RevokePrivilege.class);
        assertThat(rehearsal.drift().items()).hasSize(1);
        assertThat(scene.ask("orders", "SELECT has_table_privilege('orders_reader', 'sales.orders', 'DELETE')"))
                .containsExactly("t");
        assertThatThrownBy(() -> rehearsals.of(AWAY)).isInstanceOf(TargetAway.class);
        assertThatThrownBy(() -> rehearsals.of(UNKNOWN)).isInstanceOf(TargetAway.class);
    }

    @Test
    void saysWhySomebodyMayDoWhat() {
        PersonId ada = idp.hires("ada");
        idp.adds(analysts, ada);
        await().until(() -> logins.of(Set.of(ada)).containsKey(ada));

        AccessExplanation why = explanations.of(ada).orElseThrow();

        assertThat(why.inDirectory()).isTrue();
        assertThat(why.targets()).singleElement().satisfies(target -> {
            assertThat(target.target()).isEqualTo(ORDERS);
            assertThat(target.wanted()).isPresent();
            assertThat(target.roles()).singleElement().satisfies(role -> {
                assertThat(role.role()).isEqualTo(new RoleName("orders_reader"));
                assertThat(role.why().getFirst().sentence()).contains("analysts read");
                assertThat(role.privileges().getFirst().grants())
                        .anySatisfy(grant -> assertThat(grant.label()).contains("every table of sales"));
            });
        });
        assertThat(why.requests()).extracting("action").contains("resource.created", "members.changed");

        idp.dismisses(ada);

        OnTarget left = explanations.of(ada).orElseThrow().targets().getFirst();
        assertThat(left.roles()).isEmpty();
        assertThat(left.ended().getFirst().sentence()).contains("is not active");
        assertThat(explanations.of(new PersonId(UUID.randomUUID()))).isEmpty();
    }
}
