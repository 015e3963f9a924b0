package dev.rolewright.handover;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.FakeEngine;
import dev.rolewright.reconcile.FakeServer;
import dev.rolewright.reconcile.Premises;
import dev.rolewright.reconcile.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Passwords that somebody wants ended are over, and nothing that was known of them before says otherwise.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DemandsFlowTest {

    @Inject
    Premises premises;

    @Inject
    GivenPasswords passwords;

    private Scene scene;
    private Desk desk;

    @BeforeEach
    void setTheScene() {
        premises.run("DELETE FROM password");
        scene = new Scene(premises, new FakeEngine());
        desk = new Desk(scene);
    }

    @AfterEach
    void leave() {
        premises.run("DELETE FROM password");
    }

    private static Instant later() {
        return Instant.now().plusSeconds(600);
    }

    private List<GivenPassword> told(PersonId person) {
        return passwords.list(Optional.empty(), Optional.of(person), Optional.empty(), Optional.empty(), 10);
    }

    private long ended(PersonId person) {
        return scene.number(
                "SELECT count(*) FROM audit_event WHERE action = 'password.ended' AND subject_id = '" + person + "'");
    }

    /// Sessions that end with a password that is ended before its time, and are not ended then, end at its time.
    @ParameterizedTest
    @CsvSource({"false, false, 0", "false, true, 0", "true, true, 0", "true, false, 1"})
    void whatIsOverIsNotToldAsIfItWorkedAndIsTakenOnce(boolean lasting, boolean endSessions, long left) {
        PersonId ada = scene.employed("ada");
        scene.server.opensSessions(ada, 2);
        desk.given(ada, later(), lasting);
        assertThat(told(ada)).hasSize(1);

        desk.ends.meet(desk.ends.demand(ada, endSessions));

        assertThat(told(ada)).isEmpty();
        assertThat(scene.number("SELECT count(*) FROM password WHERE NOT demanded"))
                .isEqualTo(left);
        scene.run("DELETE FROM password WHERE demanded");
        scene.run("UPDATE password SET due = now(), ends = now()");
        desk.turn();
        assertThat(desk.withdrawn()).containsExactly(ada);
        assertThat(ended(ada)).isEqualTo(1);
        assertThat(scene.server.login(ada).orElseThrow().sessions()).isEqualTo(lasting || endSessions ? 0 : 2);
        assertThat(scene.number("SELECT count(*) FROM password")).isZero();
    }

    @Test
    void whatIsTakenIsEndedThoughTheServerIsAwayBehindIt() {
        PersonId ada = scene.employed("ada");
        scene.server.opensSessions(ada, 2);
        desk.given(ada, later(), false);
        scene.server.before = () -> {
            if (!desk.withdrawn().isEmpty()) {
                throw FakeServer.failure(EngineFailure.Kind.UNREACHABLE);
            }
        };

        List<PasswordEnd> ends = desk.ends.meet(desk.ends.demand(ada, false));

        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(end.later()).isEmpty();
            assertThat(end.sessions()).contains(2);
        });
    }

    @Test
    void whatSomebodyWantsEndedEndsOnATargetThatIsAwayWhenItIsBack() {
        PersonId ada = scene.employed("ada");
        scene.server.opensSessions(ada, 2);
        desk.given(ada, later(), false);
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));

        List<PasswordEnd> away = desk.ends.meet(desk.ends.demand(ada, true));

        assertThat(away).singleElement().satisfies(end -> {
            assertThat(end.later()).contains("It is UNREACHABLE.");
            assertThat(end.sessions()).isEmpty();
        });
        scene.server.down = Optional.empty();
        scene.run("UPDATE password SET due = now() WHERE demanded");
        desk.turn();
        assertThat(desk.withdrawn()).containsExactly(ada);
        assertThat(scene.server.login(ada).orElseThrow().sessions()).isZero();
    }

    @Test
    void whoeverTakesANewPasswordKeepsItThoughTheOldOnesSessionsEnd() {
        PersonId ada = scene.employed("ada");
        scene.server.opensSessions(ada, 2);
        desk.given(ada, later(), false);
        desk.ends.demand(ada, true);
        desk.given(ada, later(), false);

        scene.run("UPDATE password SET due = now() WHERE demanded");
        desk.turn();

        assertThat(desk.withdrawn()).isEmpty();
        assertThat(scene.server.login(ada).orElseThrow().sessions()).isZero();
        assertThat(scene.number("SELECT count(*) FROM password WHERE given AND person = '" + ada + "'"))
                .isEqualTo(1);
    }

    @Test
    void aPasswordOnItsWayWhileAllAreEndedIsNotShownAndEnds() {
        PersonId ada = scene.employed("ada");
        long late = desk.expect(ada, later(), false);
        assertThat(desk.ends.meet(desk.ends.demand(ada, false))).singleElement().satisfies(end -> {
            assertThat(end.later()).isEmpty();
            assertThat(end.sessions()).contains(0);
        });

        assertThat(desk.book.confirm(late)).isFalse();
        desk.turn();

        assertThat(desk.withdrawn()).containsExactly(ada, ada);
    }

    /// Whoever asked before all were ended is shown nothing, however long it takes and whoever asks meanwhile.
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aPasswordThatIsLateIsNotShownThoughAnotherOneOvertookIt(boolean endSessions, boolean lasting) {
        PersonId ada = scene.employed("ada");
        long late = desk.expect(ada, later(), lasting);
        desk.ends.meet(desk.ends.demand(ada, endSessions));
        desk.given(ada, later(), lasting);

        assertThat(desk.book.confirm(late)).isFalse();

        List<PersonId> before = desk.withdrawn();
        lookTwice();
        assertThat(desk.withdrawn()).as("the newer one is kept").isEqualTo(before);
        assertThat(told(ada)).hasSize(1);
        assertThat(scene.number("SELECT count(*) FROM password WHERE NOT taken"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPasswordThatIsLateIsNotShownThoughAllIsDoneAboutThoseThatWere(boolean endSessions) {
        PersonId ada = scene.employed("ada");
        long late = desk.expect(ada, later(), false);
        desk.ends.meet(desk.ends.demand(ada, endSessions));
        lookTwice();

        assertThat(desk.book.confirm(late)).isFalse();

        int before = desk.withdrawn().size();
        lookTwice();
        assertThat(desk.withdrawn()).as("what was set is taken").hasSizeGreaterThan(before);
        assertThat(told(ada)).isEmpty();
        assertThat(scene.number("SELECT count(*) FROM password")).isZero();
    }

    @Test
    void ofTwoThatAreGivenAtOnceOneIsToldOf() {
        PersonId ada = scene.employed("ada");
        long late = desk.expect(ada, later(), false);
        desk.given(ada, later(), false);

        assertThat(desk.book.confirm(late)).as("nobody wanted it ended").isTrue();

        assertThat(told(ada)).hasSize(1);
    }

    @Test
    void thoseWhoAreThroughAtTheSameMomentDoNotWaitForEachOtherInACircle() throws Exception {
        PersonId ada = scene.employed("ada");
        desk.given(ada, later(), false);
        long first = desk.expect(ada, later(), false);
        long second = desk.expect(ada, later(), false);
        desk.ends.demand(ada, false);
        List<Future<Boolean>> shown = new ArrayList<>();
        try (ExecutorService atOnce = Executors.newVirtualThreadPerTaskExecutor()) {
            scene.rig.store.together(() -> {
                scene.rig.store.all("SELECT FROM password WHERE given ORDER BY id FOR UPDATE", _ -> true);
                for (long each : new long[] {second, first}) {
                    shown.add(atOnce.submit(() -> desk.book.confirm(each)));
                    await().until(() -> waiting() == shown.size());
                }
            });
            for (Future<Boolean> each : shown) {
                assertThat(each.get()).isFalse();
            }
        }

        desk.turn();
        assertThat(told(ada)).isEmpty();
    }

    private long waiting() {
        return scene.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%UPDATE password SET given%'");
    }

    private void lookTwice() {
        for (int i = 0; i < 2; i++) {
            scene.run("UPDATE password SET due = now() WHERE demanded");
            desk.turn();
        }
    }
}
