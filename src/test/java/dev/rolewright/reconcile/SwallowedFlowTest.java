package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.faults.Line;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Scope;
import dev.rolewright.reach.Ways;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A target whose line swallows everything, or whose password is wrong: nobody waits for it longer than was said,
/// another target does not notice, and it comes back by itself.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SwallowedFlowTest {

    private static final Reach.Patience SHORT =
            new Reach.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    /// What a session waits beyond the limit of a statement, and what a busy machine takes.
    private static final Duration MOST = Duration.ofSeconds(40);

    @Inject
    Premises premises;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private final TargetName near = new TargetName("near-" + tag);
    private final TargetName far = new TargetName("far-" + tag);
    private Scene here;
    private Scene there;
    private Line line;
    private Path password;
    private Rig rig;
    private PersonId ada;

    @BeforeEach
    void setTheScene() throws SQLException, IOException {
        here = Scene.on(TestServers.V17);
        there = Scene.on(TestServers.V18);
        line = Line.to(there.reach().url());
        password = Files.writeString(Files.createTempFile("password", ""), secret(there));
        rig = new Rig(premises.site(
                premises.postgresql(),
                Map.of(
                        near.value(),
                        Ways.at(here.reach()),
                        far.value(),
                        Ways.at(there.reach(), line.url(), password))));
        Idp idp = premises.idp("idp-" + tag);
        UUID group = idp.founds("readers-" + tag);
        rig.follow(rig.contract(1, """
                contract: 1
                environments: {test: {}}
                targets:
                  %1$s: {engine: postgresql, environment: test, databases: [orders]}
                  %2$s: {engine: postgresql, environment: test, databases: [orders]}
                roles:
                  near_reader: {kind: read-only, purpose: p, owner: us, target: %1$s}
                  far_reader: {kind: read-only, purpose: p, owner: us, target: %2$s}
                mappings:
                  - {name: readers, group: {displayName: readers-%3$s}, roles: [near_reader, far_reader]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                """.formatted(near, far, tag)));
        ada = idp.hires("ada");
        idp.adds(group, ada);
    }

    @AfterEach
    void leaveTheScene() throws SQLException, IOException {
        Files.delete(password);
        line.close();
        here.close();
        there.close();
    }

    @Test
    void whatIsSwallowedKeepsNobodyElseWaitingAndComesBack() throws Exception {
        line.swallow();
        Instant began = Instant.now();
        Thread waiting = Thread.ofVirtual().start(() -> rig.settle(far));

        rig.settle(near);

        assertThat(isActive(near)).isTrue();
        waiting.join();
        assertThat(Duration.between(began, Instant.now())).isLessThan(MOST);
        assertThat(failure()).isEqualTo("UNREACHABLE");
        assertThat(isActive(far)).isFalse();

        line.mend();
        tryAgain();

        assertThat(isActive(far)).isTrue();
        assertThat(failures()).isZero();
    }

    @Test
    void whoIsSwallowedInTheMiddleIsToldToo() {
        Reach reach = there.reach();
        try (EngineSession session = premises.postgresql()
                .open(
                        new Reach(
                                reach.target(),
                                line.url(),
                                reach.user(),
                                reach.password(),
                                reach.installation(),
                                SHORT),
                        Purpose.CHANGE)) {
            line.swallow();
            Instant began = Instant.now();

            assertThatThrownBy(() -> session.observe(Scope.WHOLE))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE));

            assertThat(Duration.between(began, Instant.now())).isLessThan(MOST);
        }
    }

    @Test
    void aWrongPasswordWaitsForPeopleAndIsReadAnew() throws Exception {
        Files.writeString(password, "not the password");

        rig.settle(far);

        assertThat(failure()).isEqualTo("REFUSED");
        assertThat(Kind.valueOf(failure()).mendsItself()).isFalse();
        assertThat(premises.number("SELECT count(*) FROM target_state WHERE failure LIKE '%not the password%'"))
                .isZero();
        assertThat(premises.number(
                        "SELECT count(*) FROM target_state WHERE not_before > now() AND target = '" + far + "'"))
                .isEqualTo(1);
        rig.settle(near);
        assertThat(isActive(near)).isTrue();

        Files.writeString(password, secret(there));
        tryAgain();

        assertThat(isActive(far)).isTrue();
        assertThat(failures()).isZero();
    }

    /// The pause after a failure is over.
    private void tryAgain() {
        assertThat(premises.number("WITH over AS (UPDATE target_state SET not_before = now() WHERE target = '" + far
                        + "' RETURNING 1) SELECT count(*) FROM over"))
                .isEqualTo(1);
        rig.settle(far);
    }

    private boolean isActive(TargetName target) {
        return rig.logins.of(Set.of(ada)).getOrDefault(ada, List.of()).stream()
                .anyMatch(login -> login.target().equals(target) && login.state() == KnownLogin.State.ACTIVE);
    }

    private String failure() throws SQLException {
        try (Connection connection = premises.store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT failure_kind FROM target_state WHERE target = '" + far + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private long failures() {
        return premises.number("SELECT failures FROM target_state WHERE target = '" + far + "'");
    }

    private static String secret(Scene scene) {
        return scene.reach().password().map(Secret::reveal).orElseThrow();
    }
}
