package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Account;
import dev.rolewright.reconcile.login.RenamedLogins;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody's own login is found under whatever name, and never somebody else's.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class RenamedLoginsFlowTest {

    private static final LoginName APP = new LoginName("app");

    @Inject
    Premises premises;

    private Scene scene;
    private PersonId ada;
    private String id;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
        ada = scene.employed("ada");
        scene.employed("bob");
        id = scene.server.login(ada).orElseThrow().id();
    }

    private Optional<Account> found() {
        RenamedLogins logins = scene.rig.login.renamed();
        try (EngineSession session = scene.rig.sessions.open(
                scene.rig.active().orElseThrow().contract().target(scene.target), Purpose.ENTRUST)) {
            return logins.find(session, scene.target, ada);
        }
    }

    @Test
    void itIsFoundUnderAnotherName() {
        assertThat(found()).contains(new Account(new LoginName("ada"), ada, Optional.of(id)));

        scene.server.change(ada, was -> LoginState.active(APP, ada, was.memberships()));

        assertThat(found()).contains(new Account(APP, ada, Optional.of(id)));
    }

    @Test
    void oneThatIsLockedIsNotToBeUsed() {
        scene.server.change(ada, was -> LoginState.suspended(APP, ada, Optional.empty()));

        assertThat(found()).isEmpty();
    }

    @Test
    void oneWithoutItsMarkIsNotOurs() {
        scene.server.unmarked.add(id);
        scene.server.change(ada, was -> LoginState.active(APP, ada, was.memberships()));

        assertThat(found()).isEmpty();
    }

    @Test
    void ofOneThatIsGoneNothingIsFound() {
        scene.server.logins.remove(new LoginName("ada"));

        assertThat(found()).isEmpty();
    }
}
