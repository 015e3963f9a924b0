package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people earn and do not get stands in the notes of the target.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UnmetFlowTest {

    @Inject
    Premises premises;

    private Scene scene;

    @BeforeEach
    void setTheScene() {
        FakeEngine engine = new FakeEngine();
        scene = new Scene(premises, engine);
    }

    @Test
    void whoCouldHaveNoNameButAProtectedOneIsNoted() throws SQLException {
        scene.follow(scene.text() + "protected: {logins: [\"ada*\", \"u_*\", \"login_*\"]}\n");
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");

        scene.wantWhole();
        scene.settle();

        assertThat(scene.server.login(ada)).isEmpty();
        assertThat(scene.server.login(bob)).isPresent();
        assertThat(notes())
                .containsExactly("NAMELESS|" + scene.target + "|has no login for person " + ada
                        + ", because every name that would do is protected or belongs to something else");
    }

    @Test
    void whoseNameTheContractGivesToARoleLaterKeepsIt() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.employed("bob");

        scene.follow(scene.text()
                .replace(
                        "mappings:",
                        "  ada: {kind: read-only, purpose: Reading, owner: us, target: " + scene.target
                                + "}\nmappings:"));
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isTrue();
        assertThat(scene.server.rolesOf(ada)).containsExactly(new RoleName("shop_reader"));
        assertThat(notes()).singleElement().asString().startsWith("NAME_TAKEN|ada|");

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
    }

    @Test
    void whoWouldHoldWhatIsKeptApartIsNotedAndCounted() throws SQLException {
        scene.follow(scene.text().replace("mappings:", """
                              shop_writer: {kind: read-write, purpose: Writing, owner: us, target: %s}
                            mappings:
                              - {name: readers write, group: {displayName: %s}, roles: [shop_writer],
                                 when: 'userName sw "both"'}
                            """.formatted(scene.target, scene.crew)
                        .stripTrailing())
                + "separation: [{name: never both, never: [shop_reader, shop_writer]}]\n");
        List<PersonId> both = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            both.add(scene.idp.hires("both" + i));
        }
        scene.idp.adds(scene.readers, both);
        PersonId bob = scene.employed("bob");

        scene.wantWhole();
        scene.settle();

        assertThat(both)
                .allSatisfy(person -> assertThat(scene.server.login(person)).isEmpty());
        assertThat(scene.server.rolesOf(bob)).containsExactly(new RoleName("shop_reader"));
        assertThat(notes())
                .singleElement()
                .asString()
                .startsWith("SEPARATED|never both|keeps roles that they earn from 7 people: ")
                .endsWith(" and 2 more");
    }

    private List<String> notes() {
        return scene.rig.store.all(
                "SELECT concat_ws('|', it ->> 'kind', it ->> 'subject', it ->> 'sentence') FROM target_state,"
                        + " jsonb_array_elements(notes) it WHERE target = ?",
                row -> row.getString(1),
                scene.target.value());
    }
}
