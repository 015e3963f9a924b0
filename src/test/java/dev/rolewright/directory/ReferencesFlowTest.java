package dev.rolewright.directory;

import static dev.rolewright.directory.Patches.manager;
import static dev.rolewright.directory.Patches.ops;
import static dev.rolewright.directory.Patches.refs;
import static dev.rolewright.directory.Patches.remove;
import static dev.rolewright.directory.Patches.replace;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.patch.Member;
import dev.rolewright.scim.patch.MemberChange;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.schema.Intake;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ReferencesFlowTest extends SourceFlow {

    @Inject
    PendingReferences pending;

    @Inject
    Memberships memberships;

    @Inject
    References references;

    @Inject
    AuditTrail trail;

    @Inject
    MeterRegistry meters;

    @Inject
    DirectoryStore sql;

    @Test
    void aMemberWhoIsUnknownJoinsWhenTheirIdAppears() {
        UUID late = Ids.next();
        UUID known = person("known", "");
        UUID crew = group("crew", known.toString(), late.toString());
        assertThat(members(crew)).containsExactly(known);
        assertThat(waiting()).containsExactly("members " + late);
        long version = version(crew);

        Entry arrived = create(late, "late", "");

        assertThat(members(crew)).containsExactlyInAnyOrder(known, late);
        assertThat(arrived.groups()).extracting(Entry.GroupRef::id).containsExactly(crew);
        assertThat(version(crew)).isEqualTo(version + 1);
        assertThat(waiting()).isEmpty();
        AuditEntry row = last(crew);
        assertThat(row.action()).isEqualTo("reference.resolved");
        assertThat(row.detail().path("target").textValue()).isEqualTo(late.toString());
    }

    @Test
    void aMemberNamedByExternalIdJoinsNowOrWhenItAppears() {
        UUID ada = person("ada", "\"externalId\": \"E-ada\"");
        UUID crew = group("crew", "E-ada", "E-bob");
        assertThat(members(crew)).containsExactly(ada);
        assertThat(waiting()).containsExactly("members E-bob");

        UUID bob = person("bob", "");
        directory.patch(source.caller(), user, bob.toString(), replace("externalId", "\"E-bob\""), Precondition.NONE);

        assertThat(members(crew)).containsExactlyInAnyOrder(ada, bob);
        assertThat(waiting()).isEmpty();
        patch(crew, remove("E-bob"));
        assertThat(members(crew)).containsExactly(ada);
    }

    @Test
    void anExternalIdThatSeveralShareMeansNobody() {
        person("ada", "\"externalId\": \"same\"");
        person("bob", "\"externalId\": \"same\"");
        UUID crew = group("crew", "same");

        assertThat(members(crew)).isEmpty();
        assertThat(waiting()).containsExactly("members same");
    }

    @Test
    void aMemberOfAnotherSourceIsUnknown() {
        UUID stranger = Ids.next();
        directory.create(TestSource.create(store).caller(), user, stranger, Intake.create(user, body("ada", "")));
        UUID crew = group("crew", stranger.toString());

        assertThat(members(crew)).isEmpty();
        assertThat(waiting()).containsExactly("members " + stranger);
    }

    @Test
    void aMemberWhoNeverCameCanBeRemoved() {
        UUID crew = group("crew", "never");
        long version = version(crew);

        patch(crew, remove("never"));

        assertThat(waiting()).isEmpty();
        assertThat(version(crew)).isEqualTo(version);
        assertThat(last(crew).detail().path("forgotten").toString()).isEqualTo("[\"never\"]");
        person("late", "\"externalId\": \"never\"");
        assertThat(members(crew)).isEmpty();
    }

    @Test
    void aFilterThatMeansAnAwaitedMemberForgetsThem() {
        for (String filter : List.of(
                "value eq \\\"late\\\" and type eq \\\"User\\\"",
                "value sw \\\"la\\\"",
                "not (value eq \\\"other\\\")",
                "type eq \\\"User\\\"")) {
            UUID crew = group("crew", "late", "other");

            patch(crew, ops("{\"op\": \"remove\", \"path\": \"members[" + filter + "]\"}"));

            assertThat(waiting()).as(filter).doesNotContain("members late");
            assertThat(last(crew).detail().path("forgotten").toString()).contains("late");
            patch(crew, ops("{\"op\": \"remove\", \"path\": \"members\"}"));
        }
    }

    @Test
    void aFilterThatMeansSomebodyElseLeavesTheAwaitedAlone() {
        UUID crew = group("crew", "late");

        patch(crew, ops("{\"op\": \"remove\", \"path\": \"members[value ew \\\"r\\\" and type pr]\"}"));

        assertThat(waiting()).containsExactly("members late");
    }

    @Test
    void aGroupThatBeginsWithMembersWasNotModifiedYet() {
        UUID ada = person("ada", "");
        UUID crew = group("crew", ada.toString(), "late");

        Entry begun =
                directory.find(source.id(), group, crew.toString(), View.FULL).orElseThrow();

        assertThat(members(crew)).containsExactly(ada);
        assertThat(begun.lastModified()).isEqualTo(begun.created());
        assertThat(begun.version()).isEqualTo(1);
    }

    @Test
    void replacingAllMembersForgetsWhoWasAwaited() {
        UUID ada = person("ada", "");
        UUID crew = group("crew", "never", "soon");

        patch(
                crew,
                ops("{\"op\": \"replace\", \"path\": \"members\", \"value\": " + refs(ada.toString(), "soon") + "}"));

        assertThat(members(crew)).containsExactly(ada);
        assertThat(waiting()).containsExactly("members soon");
        patch(crew, ops("{\"op\": \"remove\", \"path\": \"members\"}"));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void groupsThatContainEachOtherCanBeToldInAnyOrder() {
        UUID first = Ids.next();
        UUID second = Ids.next();

        createGroup(first, "first", second.toString());
        createGroup(second, "second", first.toString());

        assertThat(members(first)).containsExactly(second);
        assertThat(members(second)).containsExactly(first);
    }

    @Test
    void aManagerWhoIsUnknownIsKeptAndFound() {
        UUID boss = Ids.next();
        UUID ada = person("ada", manager(boss.toString()));
        assertThat(find(ada).manager()).isNull();
        assertThat(managerOf(ada)).isEqualTo(boss.toString());
        assertThat(waiting()).containsExactly("manager " + boss);

        create(boss, "boss", "");

        assertThat(find(ada).manager()).isEqualTo(new Entry.PersonRef(boss, null));
        assertThat(find(ada).version()).isEqualTo(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aManagerNamedByExternalIdBecomesAnId() {
        UUID ada = person("ada", manager("E-boss"));
        UUID boss = person("boss", "\"externalId\": \"E-boss\"");

        assertThat(managerOf(ada)).isEqualTo(boss.toString());
        assertThat(find(ada).version()).isEqualTo(2);
        assertThat(last(ada).action()).isEqualTo("reference.resolved");

        Entry bob = create(Ids.next(), "bob", manager("E-boss"));
        assertThat(bob.document()
                        .path(ENTERPRISE_URN)
                        .path("manager")
                        .path("value")
                        .textValue())
                .isEqualTo(boss.toString());
        assertThat(bob).isEqualTo(find(bob.id()));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void anotherManagerOrNoneEndsTheWait() {
        UUID ada = person("ada", manager("nobody"));
        UUID boss = person("boss", "");

        directory.patch(
                source.caller(),
                user,
                ada.toString(),
                replace(ENTERPRISE_URN + ":manager", "{\"value\": \"" + boss + "\"}"),
                Precondition.NONE);
        assertThat(waiting()).isEmpty();

        directory.patch(
                source.caller(),
                user,
                ada.toString(),
                replace(ENTERPRISE_URN + ":manager", "{\"value\": \"somebody\"}"),
                Precondition.NONE);
        assertThat(waiting()).containsExactly("manager somebody");
        directory.replace(source.caller(), user, ada.toString(), body("ada", ""), Precondition.NONE);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void onesOwnManagerIsOnesOwnManager() {
        UUID ada = Ids.next();

        Entry entry = create(ada, "ada", manager(ada.toString()));

        assertThat(entry.manager()).isEqualTo(new Entry.PersonRef(ada, null));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aSweepFindsWhatWasMissed() {
        UUID ada = person("ada", "\"externalId\": \"E-ada\"");
        UUID crew = group("crew");
        // As if the process had ended between writing the reference and looking for its target.
        for (String value : List.of(ada.toString(), "E-ada", "nobody")) {
            sql.run(Sql.of(
                    "INSERT INTO pending_reference (holder, attribute, value, source_id) VALUES (?, 'members', ?, ?)",
                    crew,
                    value,
                    source.id()));
        }

        pending.sweep();

        assertThat(members(crew)).containsExactly(ada);
        assertThat(waiting()).containsExactly("members nobody");
        assertThat(last(crew).actor()).isEqualTo("rolewright");
        assertThat(meters.get("pending_references").gauge().value()).isEqualTo(pending.count());
    }

    @Test
    void unknownMembersCanBeRefused() {
        UUID ada = person("ada", "");
        UUID crew = group("crew");
        MemberSequence strict = new MemberSequence(memberships, references, trail, Settings.refusingWhoIsUnknown());
        List<MemberChange> changes = List.of(
                new MemberChange.Add(List.of(new Member(ada.toString(), null), new Member("who-is-this", null))));

        assertThatThrownBy(() -> sql.together(() -> strict.apply(source.caller(), Shape.of(group), crew, changes)))
                .isInstanceOfSatisfying(ScimProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidValue);
                    assertThat(problem.detail()).contains("members").doesNotContain("who-is-this");
                });
        assertThat(members(crew)).isEmpty();
        assertThat(waiting()).isEmpty();
    }

    // --- words ---

    private UUID person(String userName, String more) {
        return create(Ids.next(), userName, more).id();
    }

    private Entry create(UUID id, String userName, String more) {
        return directory.create(source.caller(), user, id, Intake.create(user, body(userName, more)));
    }

    private UUID group(String name, String... members) {
        return createGroup(Ids.next(), name, members);
    }

    private UUID createGroup(UUID id, String name, String... members) {
        ObjectNode body = json("{\"schemas\": [\"%s\"], \"displayName\": \"%s\", \"members\": %s}"
                .formatted(group.core().id(), name, refs((Object[]) members)));
        return directory
                .create(source.caller(), group, id, Intake.create(group, body))
                .id();
    }

    private void patch(UUID id, List<PatchOp> operations) {
        directory.patch(source.caller(), group, id.toString(), operations, Precondition.NONE);
    }

    private Entry find(UUID id) {
        return directory.find(source.id(), user, id.toString(), View.FULL).orElseThrow();
    }

    private long version(UUID id) {
        return directory
                .find(source.id(), group, id.toString(), View.FULL)
                .orElseThrow()
                .version();
    }

    private String managerOf(UUID id) {
        return find(id).document()
                .path(ENTERPRISE_URN)
                .path("manager")
                .path("value")
                .textValue();
    }

    private List<String> waiting() {
        return pending.list(source.name(), 100).stream()
                .map(reference -> reference.attribute() + " " + reference.value())
                .toList();
    }

    private AuditEntry last(UUID id) {
        return log.read(new AuditQuery(source.name(), id.toString(), null, null, null, null, null, null, 1))
                .getFirst();
    }
}
