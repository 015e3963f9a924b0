package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.targets.OlderStores;
import dev.rolewright.reconcile.targets.TargetStatus.Health;
import dev.rolewright.reconcile.targets.Targets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The store is brought back from a copy, and has forgotten what happened since.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OlderStoreFlowTest {

    private static final List<String> TABLES = List.of("target_state", "login", "membership", "resource");

    @Inject
    Premises premises;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;
    private PersonId ada;
    private PersonId bob;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
        ada = scene.employed("ada");
        bob = scene.employed("bob");
        copy();
    }

    /// What the store knows of this target and its people, beside whatever else other tests left there.
    private void copy() {
        throwTheCopyAway();
        String ofSource = "source_id = " + source();
        String ofTarget = "target = '" + scene.target + "'";
        copy("resource", ofSource);
        copy("membership", "member_id IN (SELECT id FROM resource WHERE " + ofSource + ")");
        copy("target_state", ofTarget);
        copy("login", ofTarget);
    }

    private void copy(String table, String which) {
        scene.run("CREATE TABLE copy_of_" + table + " AS SELECT * FROM " + table + " WHERE " + which);
    }

    @AfterEach
    void throwTheCopyAway() {
        TABLES.forEach(table -> scene.run("DROP TABLE IF EXISTS copy_of_" + table));
    }

    /// What was written since the copy is gone, as far as it has to do with this target.
    private void bringTheCopyBack() {
        String people = "(SELECT id FROM resource WHERE source_id = " + source() + ")";
        scene.run("DELETE FROM resource WHERE id IN " + people + " AND id NOT IN (SELECT id FROM copy_of_resource)");
        scene.run("UPDATE resource r SET document = c.document, search = c.search FROM copy_of_resource c"
                + " WHERE c.id = r.id AND r.id IN " + people);
        scene.run("DELETE FROM membership WHERE member_id IN " + people);
        scene.run("INSERT INTO membership SELECT * FROM copy_of_membership WHERE member_id IN " + people);
        scene.run("DELETE FROM touched");
        scene.run("DELETE FROM dirty WHERE target = '" + scene.target + "'");
        for (String table : List.of("target_state", "login")) {
            scene.run("DELETE FROM " + table + " WHERE target = '" + scene.target + "'");
            scene.run("INSERT INTO " + table + " SELECT * FROM copy_of_" + table + " WHERE target = '" + scene.target
                    + "'");
        }
    }

    private long source() {
        return scene.number("SELECT source_id FROM resource WHERE id = '" + ada + "'");
    }

    private boolean isActive(PersonId person) {
        return scene.server.login(person).orElseThrow().state().isActive();
    }

    @Test
    void whoCameSinceKeepsTheLoginAndWhoLeftGetsNoneBack() {
        PersonId newcomer = scene.employed("newcomer");
        scene.idp.dismisses(bob);
        scene.settle();
        int performed = scene.server.performed.size();

        bringTheCopyBack();
        scene.wantWhole();
        scene.settle();
        scene.wantWhole();
        scene.settle();

        assertThat(scene.server.performed).hasSize(performed);
        assertThat(isActive(newcomer)).isTrue();
        assertThat(isActive(bob)).isFalse();
        assertThat(isActive(ada)).isTrue();
        assertThat(scene.number("SELECT count(*) FROM target_state WHERE target = '" + scene.target
                        + "' AND notes::text LIKE '%STORE_OLDER%2 logins are left%'"))
                .isEqualTo(1);
    }

    @Test
    void aGraceThatEndedInTheCopyDropsNobody() {
        scene.idp.dismisses(bob);
        scene.settle();
        copy();
        scene.idp.takesBack(bob);
        scene.settle();

        bringTheCopyBack();
        scene.makeDue(bob);
        scene.settle();

        assertThat(isActive(bob)).isTrue();
    }

    @Test
    void ofWhomSomebodySpeaksIsKeptTrue() {
        scene.employed("newcomer");
        bringTheCopyBack();
        scene.wantWhole();
        scene.settle();

        scene.idp.dismisses(ada);
        scene.settle();
        PersonId next = scene.employed("next");

        assertThat(isActive(ada)).isFalse();
        assertThat(isActive(next)).isTrue();
    }

    @Test
    void anApproverSaysThatTheDirectoryIsUpToDate() {
        PersonId newcomer = scene.employed("newcomer");
        scene.idp.dismisses(bob);
        scene.settle();
        long known = scene.server.lastPass.orElseThrow();
        bringTheCopyBack();
        scene.wantWhole();
        scene.settle();

        scene.moveTo(scene.server.identity(), "Everybody was pushed again.");
        scene.settle();

        assertThat(isActive(bob)).isTrue();
        assertThat(isActive(newcomer)).isFalse();
        assertThat(scene.server.lastPass.orElseThrow()).isGreaterThan(known);
        assertThat(scene.doneByGrace("target.caught-up")).isEqualTo(1);
        assertThatThrownBy(() -> scene.moveTo(scene.server.identity(), "Again."))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Somebody writes it on the server who may write comments on our roles; the store is as new as can be.
    private void claimsToKnow(long more) {
        scene.server.lastPass = Optional.of(scene.server.lastPass.orElseThrow() + more);
    }

    @Test
    void theLogIsWarnedAtTheFirstSightAndThenOnceAnHourByOneProcess() throws Exception {
        assertThat(Warnings.ofAPass(scene)).isEmpty();

        claimsToKnow(5);
        long known = scene.server.lastPass.orElseThrow();
        assertThat(Warnings.ofAPass(scene))
                .singleElement()
                .asString()
                .contains("knows pass " + known + ", and the store does not", "may still be inside");
        assertThat(Warnings.ofAPass(scene)).isEmpty();
        assertThat(Warnings.ofAPass(scene, scene.another())).isEmpty();

        scene.run("UPDATE target_state SET outrun_told = outrun_told - interval '1 hour' WHERE target = '"
                + scene.target + "'");
        assertThat(Warnings.ofAPass(scene, scene.another())).hasSize(1);
        assertThat(Warnings.ofAPass(scene)).isEmpty();

        scene.moveTo(scene.server.identity(), "Nobody brought anything back.");
        assertThat(Warnings.ofAPass(scene)).isEmpty();
        claimsToKnow(5);
        assertThat(Warnings.ofAPass(scene)).as("again, within the hour").hasSize(1);
    }

    @Test
    void theTargetIsNotReadyAndItIsToldWhy() {
        Targets targets = scene.rig.targets.targets(premises.contracts, scene.rig.sessions);
        Target target = scene.rig.contract(2, scene.text()).contract().target(scene.target);
        OlderStores older = scene.rig.targets.older;
        scene.wantWhole();
        scene.settle();
        assertThat(targets.status(target).health()).isEqualTo(Health.READY);
        assertThat(older.why(scene.target)).isEmpty();

        claimsToKnow(5);
        scene.wantWhole();
        scene.settle();
        assertThat(targets.status(target).health()).isEqualTo(Health.STORE_OLDER);
        assertThat(older.why(scene.target))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("knows pass " + scene.server.lastPass.orElseThrow(), "left as found"));

        // Who sees that it is down first sees this as soon as it is not.
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
        scene.wantWhole();
        scene.settle();
        assertThat(targets.status(target).health()).isEqualTo(Health.FAILING);
        scene.server.down = Optional.empty();
        scene.rig.circuit.close(scene.target);
        scene.settle();
        assertThat(targets.status(target).health()).isEqualTo(Health.STORE_OLDER);

        scene.moveTo(scene.server.identity(), "Nobody brought anything back.");
        scene.settle();
        assertThat(targets.status(target).health()).isEqualTo(Health.READY);
        assertThat(older.why(scene.target)).isEmpty();
    }

    @Test
    void aStoreThatWasNotBroughtBackIsNotTakenForOlder() {
        scene.employed("newcomer");
        scene.wantWhole();
        scene.settle();
        scene.loseTheStore();
        scene.settle();

        assertThat(scene.number("SELECT count(*) FROM target_state WHERE outrun IS NOT NULL AND target = '"
                        + scene.target + "'"))
                .isZero();
        assertThat(scene.server.logins.keySet()).extracting(LoginName::value).contains("ada", "bob", "newcomer");
    }
}
