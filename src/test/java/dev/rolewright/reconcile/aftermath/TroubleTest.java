package dev.rolewright.reconcile.aftermath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How long who is not as desired is left alone.
class TroubleTest {

    private static final int MANY = 30;
    private static final Account ADA =
            new Account(new LoginName("ada"), new PersonId(new UUID(0, 1)), Optional.of("16400"));
    private static final Step SUSPENDS = new Step.SuspendLogin(ADA, Optional.empty());
    private static final Step LEAVES = new Step.Leave(ADA, membership());
    private static final Step JOINS = new Step.Join(ADA, membership());
    private static final Step DROPS = new Step.DropLogin(ADA, Optional.empty(), Optional.empty());

    @Test
    void whoKeepsAccessIsNotLeftAloneForLongWhateverFailed() {
        for (Kind kind : Kind.values()) {
            for (Step step : new Step[] {SUSPENDS, LEAVES}) {
                Trouble trouble = Trouble.of(step, failure(kind));

                assertThat(trouble.pause(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
                assertThat(trouble.pause(MANY)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
            }
        }
    }

    @Test
    void whatAnAdministratorHasToMendIsTriedSeldom() {
        for (Step step : new Step[] {JOINS, DROPS}) {
            Trouble trouble = Trouble.of(step, failure(Kind.RIGHT_MISSING));

            assertThat(trouble.pause(1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
            assertThat(trouble.pause(MANY)).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
        }
    }

    @Test
    void whatMayMendItselfIsTriedSoonAtFirst() {
        assertThat(Trouble.of(JOINS, failure(Kind.BUSY)).pause(1))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        assertThat(Trouble.of(JOINS, "waits").pause(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @Test
    void ofTwoTheOneIsToldThatSomebodyHasToMend() {
        Trouble busy = Trouble.of(LEAVES, failure(Kind.BUSY));
        Trouble missing = Trouble.of(JOINS, failure(Kind.RIGHT_MISSING));

        for (Trouble both : new Trouble[] {busy.and(missing), missing.and(busy)}) {
            assertThat(both).isEqualTo(new Trouble("RIGHT_MISSING", false, true));
        }
    }

    private static EngineFailure failure(Kind kind) {
        return new EngineFailure(kind, "", kind.name(), Optional.empty());
    }

    private static Membership membership() {
        return Membership.of(new RoleName("shop_reader"));
    }
}
