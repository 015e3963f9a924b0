package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Notice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What our login may do and need not is told by the pass that sees it, once.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PowersFlowTest {

    private static final Notice SUPERUSER = new Notice(
            Notice.Kind.RIGHT_NOT_NEEDED,
            "our work does not need it: connector has SUPERUSER",
            Optional.of("TAKE IT;"));

    @Inject
    Premises premises;

    private Scene scene;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
    }

    @Test
    void isToldByTheFirstPassThatSeesItAndNotAgain() throws Exception {
        scene.server.notices.add(SUPERUSER);

        assertThat(Warnings.ofAPass(scene))
                .singleElement()
                .asString()
                .contains("connector has SUPERUSER. Whoever gets hold of our login there has that power.", "TAKE IT;");
        assertThat(Warnings.ofAPass(scene)).isEmpty();

        scene.server.notices.clear();
        assertThat(Warnings.ofAPass(scene)).isEmpty();
        scene.server.notices.add(SUPERUSER);
        assertThat(Warnings.ofAPass(scene)).as("it came back").hasSize(1);
    }

    @Test
    void otherNoticesAreNoDanger() throws Exception {
        scene.server.notices.add(new Notice(Notice.Kind.OPEN_TO_EVERYBODY, "PUBLIC may connect", Optional.empty()));
        scene.server.notices.add(new Notice(Notice.Kind.RIGHT_MISSING, "our work lacks a right", Optional.empty()));

        assertThat(Warnings.ofAPass(scene)).isEmpty();
    }
}
