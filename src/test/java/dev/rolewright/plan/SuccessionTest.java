package dev.rolewright.plan;

import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.BOB;
import static dev.rolewright.plan.Scene.account;
import static dev.rolewright.plan.Scene.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private static final PersonId EVE = new PersonId(new UUID(0, 3));

    @Test
    void whoeverTakesANameThatIsNotGivenUpWaits() {
        Step drop = new Step.DropLogin(account("a", ADA), Optional.empty(), Optional.empty());
        Step rename = new Step.RenameLogin(account("b", BOB), new LoginName("a"));
        Step create = new Step.CreateLogin(fresh("b", EVE), Optional.empty());

        assertThat(Succession.waiting(List.of(drop, rename, create), Set.of(drop)))
                .containsExactlyInAnyOrder(BOB, EVE);
        assertThat(Succession.waiting(List.of(drop, rename, create), Set.of())).isEmpty();
    }

    @Test
    void aRingOfNamesWaitsAsAWhole() {
        LoginName aside = new LoginName("moving");
        Step away = new Step.RenameLogin(account("a", ADA), aside);
        Step second = new Step.RenameLogin(account("c", EVE), new LoginName("a"));
        Step third = new Step.RenameLogin(account("b", BOB), new LoginName("c"));
        Step home = new Step.RenameLogin(account("a", ADA).named(aside), new LoginName("b"));

        assertThat(Succession.waiting(List.of(away, second, third, home), Set.of(third)))
                .containsExactlyInAnyOrder(ADA, BOB, EVE);
    }
}
