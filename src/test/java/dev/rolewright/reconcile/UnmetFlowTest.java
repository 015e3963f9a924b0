package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.schema.Catalog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people earn and do not get stands in the notes of the target.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UnmetFlowTest {

    @Inject
    DataSource store;

    @Inject
    AuditTrail trail;

    @Inject
    ChangeFeed feed;

    @Inject
    Snapshots snapshots;

    @Inject
    Catalog catalog;

    @Inject
    Directory directory;

    private Scene scene;

    @BeforeEach
    void setTheScene() {
        FakeEngine engine = new FakeEngine();
        scene = new Scene(new Rig.Site(store, trail, feed, snapshots, catalog, engine, Map.of()), directory, engine);
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

    private List<String> notes() throws SQLException {
        List<String> notes = new ArrayList<>();
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT concat_ws('|', it ->> 'kind', it ->> 'subject', it ->> 'sentence') FROM target_state,"
                                + " jsonb_array_elements(notes) it WHERE target = '" + scene.target + "'")) {
            while (row.next()) {
                notes.add(row.getString(1));
            }
        }
        return notes;
    }
}
