package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.LoginBook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody is spoken of while newcomers are made.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class InterludeFlowTest extends ArrivalsFlow {

    @Test
    void aLeaverIsLockedAndProvenBeforeTheNextNewcomerIsMade() {
        List<Long> proven = new ArrayList<>();
        List<Integer> made = new ArrayList<>();
        arrivals.hire();
        scene.rig.proofs = target -> {
            scene.rig.prove(target);
            proven.add(arrivals.proven());
            made.add(arrivals.made());
        };
        arrivals.whileMaking(2, () -> scene.idp.dismisses(ada));
        arrivals.whileMaking(4, () -> {
            assertThat(arrivals.marks(ada)).isZero();
            assertThat(arrivals.marks(arrivals.people.get(0))).isPositive();
            assertThat(arrivals.isLocked(ada)).isTrue();
        });

        scene.settle();

        assertThat(arrivals.place(Step.SuspendLogin.class, ada)).isBetween(arrivals.making(2), arrivals.making(3));
        assertThat(arrivals.place(Step.EndSessions.class, ada)).isBetween(arrivals.making(2), arrivals.making(3));
        assertThat(proven).containsExactly(1L);
        assertThat(made).containsExactly(3);
        assertThat(arrivals.isActive(ada)).isFalse();
        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
        assertThat(arrivals.marks()).isZero();
        assertThat(arrivals.number("SELECT logins FROM target_state WHERE target = '%s'"))
                .isEqualTo(Arrivals.MANY + 1);
        assertThat(arrivals.number("SELECT active FROM target_state WHERE target = '%s'"))
                .isEqualTo(Arrivals.MANY);
        assertThat(arrivals.number("SELECT memberships FROM target_state WHERE target = '%s'"))
                .isEqualTo(Arrivals.MANY);
        assertThat(arrivals.number("SELECT count(*) FROM pass WHERE outcome IS DISTINCT FROM 'done' AND target = '%s'"))
                .isZero();
        assertThat(arrivals.number(
                        "SELECT suspended FROM pass p WHERE EXISTS (SELECT FROM receipt r WHERE r.pass = p.id)"
                                + " AND target = '%s'"))
                .isEqualTo(1);
    }

    /// A number that went back would let a store that is older look as if it knew all.
    @Test
    void theServerRemembersTheLastNumberThoughAnotherPassEndsLater() {
        arrivals.hire();
        arrivals.whileMaking(1, () -> scene.idp.dismisses(ada));
        arrivals.whileMaking(2, () -> scene.idp.takesBack(ada));

        scene.settle();

        long last = arrivals.number("SELECT max(id) FROM pass WHERE target = '%s'");
        assertThat(scene.server.lastPass).contains(last);
        assertThat(arrivals.number("SELECT last_pass FROM target_state WHERE target = '%s'"))
                .isEqualTo(last);
        assertThat(arrivals.number("SELECT count(*) FROM pass WHERE done > 0 AND target = '%s'"))
                .as("one with the role, one with ada, one with all others, and two between")
                .isEqualTo(5);
        assertThat(arrivals.number("SELECT count(*) FROM target_state WHERE outrun IS NULL AND target = '%s'"))
                .isEqualTo(1);
        assertThat(arrivals.isActive(ada)).isTrue();
        assertThat(arrivals.place(Step.ResumeLogin.class, ada)).isBetween(arrivals.making(2), arrivals.making(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void whoIsDismissedBeforeHisTurnGetsNoLogin(int leaver) {
        arrivals.hire();
        arrivals.whileMaking(1, () -> scene.idp.dismisses(arrivals.people.get(leaver)));

        scene.settle();

        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY - 1);
        assertThat(scene.server.login(arrivals.people.get(leaver))).isEmpty();
        assertThat(arrivals.number(
                        "SELECT count(*) FROM login WHERE target = '%s' AND (state = 'pending' OR NOT settled)"))
                .isZero();
        assertThat(arrivals.told("step.skipped", arrivals.people.get(leaver))).isEqualTo(2);
        assertThat(arrivals.told("step.done", arrivals.people.get(leaver))).isZero();
        assertThat(arrivals.marks()).isZero();
    }

    /// With a name written down already, and before.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whoIsSpokenOfBeforeHisTurnGetsWhatIsTrueThen(int person) {
        arrivals.hire();
        arrivals.whileMaking(1, () -> {
            scene.idp.dismisses(ada);
            scene.idp.dismisses(arrivals.people.get(person));
            scene.idp.takesBack(arrivals.people.get(person));
        });

        scene.settle();

        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
        assertThat(arrivals.making(person)).isGreaterThan(arrivals.making(5));
        assertThat(arrivals.isActive(ada)).isFalse();
        assertThat(arrivals.number("SELECT count(*) FROM login WHERE settled AND target = '%s'"))
                .isEqualTo(Arrivals.MANY + 1);
    }

    /// His mark alone speaks of him until the next pass.
    @Test
    void ofWhoIsLeftOutNothingIsWrittenDown() {
        arrivals.hire();
        arrivals.whileMaking(1, () -> scene.idp.dismisses(arrivals.people.get(4)));
        scene.rig.fanOut.drain();

        scene.rig.loop(scene.target).turn();

        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY - 1);
        assertThat(scene.known(arrivals.people.get(4))).isEmpty();
        assertThat(arrivals.marks(arrivals.people.get(4))).isPositive();
    }

    @Test
    void whoIsDismissedWhileHisLoginIsMadeIsLockedNext() {
        arrivals.hire();
        arrivals.whileMaking(2, () -> scene.idp.dismisses(arrivals.people.get(2)));

        scene.settle();

        assertThat(arrivals.place(Step.SuspendLogin.class, arrivals.people.get(2)))
                .isBetween(arrivals.making(2), arrivals.making(3));
        assertThat(arrivals.isLocked(arrivals.people.get(2))).isTrue();
        assertThat(arrivals.number(
                        "SELECT count(*) FROM login WHERE settled AND server_id IS NOT NULL AND target = '%s'"))
                .isEqualTo(Arrivals.MANY + 1);
        assertThat(scene.number("SELECT count(*) FROM audit_event made JOIN audit_event locked USING (subject_id)"
                        + " WHERE made.subject_id = '" + arrivals.people.get(2)
                        + "' AND made.detail::text LIKE '%+ login%' AND locked.detail::text LIKE '%suspend login%'"
                        + " AND made.id < locked.id"))
                .isEqualTo(1);
    }

    /// The rows about who was found by the mark are not written before the pass ends.
    @Test
    void aLeaverWhomTheStoreHasForgottenIsLocked() {
        scene.loseTheStore();
        arrivals.hire();
        arrivals.whileMaking(2, () -> scene.idp.dismisses(ada));

        scene.settle();

        assertThat(arrivals.place(Step.SuspendLogin.class, ada)).isBetween(arrivals.making(2), arrivals.making(3));
        assertThat(arrivals.isLocked(ada)).isTrue();
        assertThat(scene.server.logins).hasSize(Arrivals.MANY + 1);
    }

    /// A mark has its number before it can be seen.
    @Test
    void whoseMarkShowsUpBehindGreaterOnesIsHeard() {
        long early = scene.number("SELECT nextval(pg_get_serial_sequence('dirty', 'id'))");
        arrivals.hire();
        arrivals.whileMaking(
                1,
                () -> scene.run("INSERT INTO dirty (id, target, person, at) OVERRIDING SYSTEM VALUE VALUES (" + early
                        + ", '" + scene.target + "', '" + ada + "', now())"));
        arrivals.whileMaking(3, () -> assertThat(arrivals.marks(ada)).isZero());

        scene.settle();

        assertThat(arrivals.isOver()).isTrue();
    }

    /// Nobody is left out for what the pass knows.
    @Test
    void whoWasMarkedBeforeTheDirectoryWasReadIsMade() {
        arrivals.hire();
        List<PersonId> later = new ArrayList<>();
        scene.wantWhole();
        scene.server.before = () -> {
            scene.server.before = () -> {};
            later.add(scene.idp.hires("later"));
            scene.idp.adds(scene.readers, later.getFirst());
            scene.rig.fanOut.drain();
        };
        scene.rig.fanOut.drain();

        scene.rig.loop(scene.target).turn();

        assertThat(arrivals.isActive(later.getFirst())).isTrue();
        assertThat(arrivals.told("step.skipped", later.getFirst())).isZero();
        assertThat(arrivals.marks(later.getFirst())).isPositive();
    }

    @Test
    void newcomersOfLaterKeepNobodyWaiting() {
        arrivals.hire();
        List<PersonId> later = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            arrivals.whileMaking(i, () -> {
                later.add(scene.idp.hires("later" + number));
                scene.idp.adds(scene.readers, later.getLast());
            });
        }
        arrivals.whileMaking(
                5,
                () -> assertThat(arrivals.number("SELECT count(*) FROM pass WHERE target = '%s'"))
                        .as("the role's, ada's and this one")
                        .isEqualTo(3));

        scene.settle();

        assertThat(later)
                .allSatisfy(person -> assertThat(arrivals.isActive(person)).isTrue());
    }

    /// A login that was dropped may be there again only where something was begun since and is not told of yet.
    @Test
    void whoIsGoneIsHeardOnlyWhereSomethingWasBegun() {
        PersonId bob = scene.employed("bob");
        LoginBook book = scene.rig.login.book;
        scene.leftLongAgo(bob);
        assertThat(scene.known(bob)).map(KnownLogin::state).contains(KnownLogin.State.DROPPED);
        assertThat(book.present(scene.target, Set.of(ada, bob))).containsExactly(ada);

        scene.run("UPDATE login SET settled = false WHERE person = '" + bob + "'");

        assertThat(book.present(scene.target, Set.of(ada, bob))).containsExactlyInAnyOrder(ada, bob);
    }

    @Test
    void moreThanAPassMayBeAboutWaitForTheNext() {
        arrivals.hire();
        arrivals.whileMaking(1, () -> {
            scene.run("INSERT INTO login (target, person, name, look, state, since, held, settled, attempts) SELECT '"
                    + scene.target + "', gen_random_uuid(), 'x' || n, 'x' || n, 'pending', now(), false, false, 0"
                    + " FROM generate_series(1, 1000) n");
            scene.run("INSERT INTO dirty (target, person, at) SELECT target, person, now() FROM login"
                    + " WHERE state = 'pending' AND name LIKE 'x%' AND target = '" + scene.target + "'");
            scene.idp.dismisses(ada);
        });

        scene.settle();

        assertThat(arrivals.place(Step.SuspendLogin.class, ada)).isGreaterThan(arrivals.making(Arrivals.MANY - 1));
        assertThat(arrivals.marks()).isZero();
    }

    @Test
    void whoeverAsksForAPassAboutSomebodyIsAnsweredMeanwhile() {
        arrivals.hire();
        long[] request = new long[1];
        arrivals.whileMaking(1, () -> request[0] = scene.rig.queue.request(scene.target, ada, "tester"));
        arrivals.whileMaking(
                3,
                () -> assertThat(arrivals.number(
                                "SELECT count(*) FROM pass WHERE ended IS NOT NULL AND answers @> ARRAY[" + request[0]
                                        + "::bigint] AND target = '%s'"))
                        .isEqualTo(1));

        scene.settle();

        assertThat(arrivals.isOver()).isTrue();
    }
}
