package dev.rolewright.plan;

import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.BOB;
import static dev.rolewright.plan.Scene.READER;
import static dev.rolewright.plan.Scene.account;
import static dev.rolewright.plan.Scene.fresh;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.RoleName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WatchTest {

    private static final Account SEEN = account("ada", ADA);
    private static final RoleName OWNER = new RoleName("owner");

    static final List<Step> NOT_OURS = List.of(
            new Step.SuspendLogin(account("stranger", ADA), Optional.empty()),
            new Step.SuspendLogin(account("ada", BOB), Optional.empty()),
            new Step.EndSessions(fresh("ada", ADA)),
            new Step.DropLogin(account("postgres", BOB), Optional.empty(), Optional.empty()),
            new Step.RenameLogin(SEEN, new LoginName("owner")),
            new Step.RenameLogin(SEEN, new LoginName("Owner")),
            new Step.RenameLogin(SEEN, new LoginName("postgres")),
            new Step.RenameLogin(SEEN, new LoginName("connector")),
            new Step.RenameLogin(SEEN, new LoginName("a\"b")),
            new Step.CreateLogin(fresh("unwanted", BOB), Optional.empty()),
            new Step.CreateLogin(fresh("new", ADA), Optional.empty()),
            new Step.Join(SEEN, Membership.of(OWNER)),
            new Step.Join(SEEN, new Membership(READER, true, false, true, Grantor.OURS)),
            new Step.DropRole(OWNER),
            new Step.Include(new RoleName("connector"), Membership.of(READER)),
            new Step.ProtectRows("elsewhere", Scene.ORDERS));

    private final Scene scene =
            new Scene().settled(READER).wants("new", BOB, READER).has("ada", ADA);

    @ParameterizedTest
    @FieldSource("NOT_OURS")
    void stopsWhatIsNotOursToDo(Step step) {
        scene.has("postgres", BOB);
        Watch watch = new Watch(new Ground(scene.desired(), scene.observed()));

        assertThatIllegalStateException()
                .isThrownBy(() -> watch.check(step))
                .withMessageStartingWith("A step was planned that is not ours to do");
    }

    @Test
    void letsOurOwnWorkPass() {
        Watch watch = new Watch(new Ground(scene.desired(), scene.observed()));

        assertThatCode(() -> Stream.of(
                                new Step.SuspendLogin(SEEN, Optional.empty()),
                                new Step.RenameLogin(SEEN, new LoginName("ada.king")),
                                new Step.ResumeLogin(SEEN.named(new LoginName("ada.king")), Optional.empty()),
                                new Step.CreateLogin(fresh("new", BOB), Optional.empty()),
                                new Step.Join(fresh("new", BOB), Membership.of(READER)),
                                new Step.Leave(SEEN, Membership.of(OWNER)),
                                new Step.DropRole(READER),
                                new Step.ProtectRows("shop", Scene.ORDERS))
                        .forEach(watch::check))
                .doesNotThrowAnyException();
    }
}
