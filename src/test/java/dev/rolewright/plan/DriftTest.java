package dev.rolewright.plan;

import static dev.rolewright.model.PrivilegeName.SELECT;
import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.BOB;
import static dev.rolewright.plan.Scene.LINES;
import static dev.rolewright.plan.Scene.NOW;
import static dev.rolewright.plan.Scene.ORDERS;
import static dev.rolewright.plan.Scene.READER;
import static dev.rolewright.plan.Scene.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef.EveryTable;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Drift.Asked;
import dev.rolewright.plan.Drift.Difference;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTest {

    private final Scene scene = new Scene();

    @Test
    void tellsWhatIsExtraWithItsAgeAndAuthor() {
        Grant byHand = new Grant("shop", LINES, SELECT, false, new Grantor.Other(new RoleName("dba")));
        scene.wants(READER).has(READER, byHand);
        Step remedy = new Step.RevokePrivilege(READER, byHand);

        Drift drift = find(Asked.NOTHING).with(Map.of(remedy, new Origin(Optional.of(NOW), Optional.of("owner"))));

        assertThat(drift.items())
                .containsExactly(new Drift.Finding(remedy, new Origin(Optional.of(NOW), Optional.of("dba"))));
        assertThat(drift.items().getFirst().difference()).isEqualTo(Difference.EXTRA);
        assertThat(drift.rest().isEmpty()).isTrue();
    }

    @Test
    void tellsWhatIsMissing() {
        scene.settled(READER).wants("ada", ADA, READER).has("ada", ADA);

        assertThat(find(Asked.NOTHING).items())
                .extracting(Drift.Finding::difference)
                .containsExactly(Difference.MISSING);
    }

    @Test
    void whatWeAskedForIsNoDrift() {
        scene.wants(READER, Grant.of("shop", ORDERS, SELECT))
                .wants("ada", ADA, READER)
                .has("bob", BOB);

        assertThat(find(new Asked(true, Set.of())).items()).isEmpty();
        assertThat(find(new Asked(true, Set.of())).rest()).isEqualTo(scene.plan());
    }

    @Test
    void aRowThatSomebodyElseGaveIsDriftWhateverWeAskedFor() {
        Membership byHand = new Membership(READER, true, true, true, new Grantor.Other(new RoleName("dba")));
        scene.settled(READER).wants("ada", ADA);
        scene.has(LoginState.active(new LoginName("ada"), ADA, Set.of(byHand)), 0, Belongings.NONE);

        assertThat(find(new Asked(true, Set.of(ADA))).items())
                .extracting(Drift.Finding::remedy)
                .containsExactly(new Step.Leave(account("ada", ADA), byHand));
    }

    @Test
    void aTableThatCameLaterIsNoChangeByHand() {
        scene.wants(READER, Grant.of("shop", new EveryTable("sales"), SELECT))
                .has(READER, Grant.of("shop", ORDERS, SELECT));

        Drift drift = find(Asked.NOTHING);

        assertThat(drift.items()).isEmpty();
        assertThat(drift.rest().steps())
                .containsExactly(new Step.GrantPrivilege(READER, Grant.of("shop", LINES, SELECT)));
    }

    @Test
    void aLoginThatNobodyShouldHaveIsSuspendedEvenWhereDriftIsOnlyReported() {
        scene.settled(READER).has("ada", ADA, READER);

        Drift drift = find(Asked.NOTHING);

        assertThat(drift.items()).isNotEmpty();
        assertThat(drift.rest()).isEqualTo(scene.plan());
    }

    @Test
    void whoeverNeedsARoleThatWasDroppedByHandWaitsWithIt() {
        scene.wants(READER, Grant.of("shop", new EveryTable("sales"), SELECT)).wants("ada", ADA, READER);

        Drift drift = find(new Asked(false, Set.of(ADA)));

        assertThat(drift.items()).extracting(Drift.Finding::remedy).containsExactly(new Step.CreateRole(READER));
        assertThat(drift.rest().steps())
                .containsExactly(new Step.CreateLogin(Scene.fresh("ada", ADA), Optional.empty()));
    }

    @Test
    void sessionsStayWhereWhatTheyCouldKeepIsOnlyReported() {
        Membership byHand = new Membership(READER, true, true, true, new Grantor.Other(new RoleName("dba")));
        scene.settled(READER).wants("ada", ADA);
        scene.has(LoginState.active(new LoginName("ada"), ADA, Set.of(byHand)), 1, Belongings.NONE);

        assertThat(scene.steps()).contains(new Step.EndSessions(account("ada", ADA)));
        assertThat(find(Asked.NOTHING).rest().isEmpty()).isTrue();
    }

    private Drift find(Asked asked) {
        return Drift.find(scene.plan(), asked);
    }
}
