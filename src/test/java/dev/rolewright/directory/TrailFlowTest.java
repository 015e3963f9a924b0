package dev.rolewright.directory;

import static dev.rolewright.directory.Patches.add;
import static dev.rolewright.directory.Patches.both;
import static dev.rolewright.directory.Patches.manager;
import static dev.rolewright.directory.Patches.ops;
import static dev.rolewright.directory.Patches.remove;
import static dev.rolewright.directory.Patches.replace;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.model.Caller;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.schema.Intake;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the trail tells of changes of people and groups.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TrailFlowTest extends EntryFlow {

    @Test
    void everyChangeHasItsRowInTheTrail() {
        Caller caller = source.caller();
        Entry ada = directory.create(
                caller, user, Ids.next(), Intake.create(user, body("ada", "\"title\": \"secret title\"")));
        directory.patch(caller, user, id(ada), replace("title", "\"other title\""), Precondition.NONE);
        directory.replace(caller, user, id(ada), body("ada", manager("nobody")), Precondition.NONE);
        directory.delete(caller, user, id(ada), Precondition.NONE);

        List<AuditEntry> rows = log.read(
                        new AuditQuery(null, id(ada), caller.requestId(), null, null, null, null, null, 99))
                .reversed();

        assertThat(rows)
                .extracting(AuditEntry::action)
                .containsExactly("resource.created", "resource.patched", "resource.replaced", "resource.deleted");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.actor()).isEqualTo("tester");
            assertThat(row.source()).isEqualTo(source.name());
            assertThat(row.detail().toString()).doesNotContain("title\":").doesNotContain("secret");
        });
        assertThat(rows.get(1).detail().path("changed").toString()).isEqualTo("[\"title\"]");
        assertThat(rows.get(2).detail().path("changed").toString())
                .isEqualTo("[\"title\",\"" + ENTERPRISE_URN + ":manager\"]");
        assertThat(rows.get(0).before()).isNull();
        assertThat(rows.get(0).after()).isEqualTo(rows.get(1).before()).hasSize(64);
        assertThat(rows.get(1).after())
                .isEqualTo(rows.get(2).before())
                .isNotEqualTo(rows.get(1).before());
        assertThat(rows.get(2).after()).isEqualTo(rows.get(3).before());
        assertThat(rows.get(3).after()).isNull();
    }

    @Test
    void theTrailNamesWhoJoinedAndWhoLeft() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada);

        members(crew, both(add(id(ada), id(bob)), remove(id(ada))));

        AuditEntry row = lastOf(crew);
        assertThat(row.action()).isEqualTo("members.changed");
        assertThat(row.detail().path("added").toString()).isEqualTo("[\"" + id(bob) + "\"]");
        assertThat(row.detail().path("removed").toString()).isEqualTo("[\"" + id(ada) + "\"]");

        members(crew, ops("{\"op\": \"remove\", \"path\": \"members\"}"));
        assertThat(lastOf(crew).detail().path("removed").toString()).isEqualTo("[\"" + id(bob) + "\"]");
    }
}
