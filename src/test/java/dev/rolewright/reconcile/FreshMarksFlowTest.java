package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole pass knows of a push before anybody has turned its marks into marks on targets. What it finds to do then is
/// no change by hand, and is done also where those are only reported.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FreshMarksFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");
    private static final RoleName WRITER = new RoleName("shop_writer");

    @Inject
    Premises premises;

    private Scene scene;
    private PersonId ada;
    private UUID writers;

    private void setTheScene(String drift) {
        scene = new Scene(premises, new FakeEngine());
        writers = scene.idp.founds("writers-" + scene.crew);
        scene.follow(scene.text()
                .replace("drift: revert", "drift: " + drift)
                .replace(
                        "mappings:\n",
                        "  shop_writer: {kind: read-write, purpose: Writing, owner: us, target: " + scene.target
                                + "}\nmappings:\n  - {name: writers write, group: {displayName: writers-" + scene.crew
                                + "}, roles: [shop_writer]}\n"));
        scene.settle();
        ada = scene.employed("ada");
        scene.idp.adds(writers, ada);
        scene.settle();
        assertThat(scene.server.rolesOf(ada)).containsExactlyInAnyOrder(READER, WRITER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revert", "report"})
    void whoWasTakenOutOfAGroupLosesTheRole(String drift) {
        setTheScene(drift);

        scene.idp.removes(writers, ada);
        passBeforeTheMarks();

        assertThat(scene.server.rolesOf(ada)).containsExactly(READER);
        assertNothingWasDoneByHand();
    }

    @ParameterizedTest
    @ValueSource(strings = {"revert", "report"})
    void whoIsInAGroupThatIsGoneLosesTheRole(String drift) {
        setTheScene(drift);

        scene.idp.dissolves(writers);
        passBeforeTheMarks();

        assertThat(scene.server.rolesOf(ada)).containsExactly(READER);
        assertNothingWasDoneByHand();
    }

    private void passBeforeTheMarks() {
        scene.wantWhole();
        scene.rig.loop(scene.target).turn();
    }

    private void assertNothingWasDoneByHand() {
        scene.settle();
        assertThat(scene.number("SELECT count(*) FROM drift WHERE target = '" + scene.target + "'"))
                .isZero();
    }
}
