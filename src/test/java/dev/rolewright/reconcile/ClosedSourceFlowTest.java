package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.source.Author;
import dev.rolewright.source.Sources;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A source that is closed says nothing more, which is no order to remove its people.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ClosedSourceFlowTest {

    @Inject
    Premises premises;

    @Inject
    Sources sources;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;
    private List<PersonId> crew;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
        crew = scene.crew(10);
    }

    private String source() {
        return "idp-" + scene.target.value().substring("shop-".length());
    }

    private long active() {
        return crew.stream()
                .filter(person ->
                        scene.server.login(person).orElseThrow().state().isActive())
                .count();
    }

    @Test
    void whoCameFromAClosedSourceStaysAndNothingWaits() {
        int performed = scene.server.performed.size();

        sources.close(new Author("grace", "closing"), source());
        scene.wantWhole();
        scene.settle();

        assertThat(scene.server.performed).hasSize(performed);
        assertThat(active()).isEqualTo(crew.size());
        assertThat(scene.openHolds()).isZero();
    }

    @Test
    void whatIsTakenOutOfTheDirectoryWithASourceIsHeld() {
        sources.close(new Author("grace", "closing"), source());
        crew.forEach(scene.idp::deletes);
        scene.settle();

        assertThat(active()).isEqualTo(crew.size());
        assertThat(scene.openHolds()).isEqualTo(1);
    }
}
