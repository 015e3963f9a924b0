package dev.rolewright.directory;

import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.model.Caller;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DirectoryFlowTest {

    @Inject
    Directory directory;

    @Inject
    Catalog catalog;

    @Inject
    AuditLog log;

    @Inject
    DataSource store;

    @Inject
    MeterRegistry meters;

    private TestSource source;
    private ResourceType user;
    private ResourceType group;

    @BeforeEach
    void openASource() {
        source = TestSource.create(store);
        user = catalog.type("User").orElseThrow();
        group = catalog.type("Group").orElseThrow();
    }

    @Test
    void keepsWhatItIsTold() {
        Entry created = person("Grace@example.org", "\"externalId\": \"E-1\", \"name\": {\"familyName\": \"Hopper\"}");

        Entry found = find(user, created.id()).orElseThrow();

        assertThat(found).isEqualTo(created);
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.created()).isEqualTo(found.lastModified());
        assertThat(found.document().path("userName").textValue()).isEqualTo("Grace@example.org");
        assertThat(found.document().path("name").path("familyName").textValue()).isEqualTo("Hopper");
        assertThat(total(user)).isEqualTo(1);
    }

    @Test
    void knowsNothingOfOtherSourcesAndTypes() {
        Entry ada = person("ada", "");
        TestSource other = TestSource.create(store);

        assertThat(directory.find(other.id(), user, ada.id().toString(), View.PLAIN))
                .isEmpty();
        assertThat(directory.find(source.id(), group, ada.id().toString(), View.PLAIN))
                .isEmpty();
        assertThat(directory.find(source.id(), user, "no-id", View.PLAIN)).isEmpty();
        assertThat(directory.find(
                        source.id(), user, ada.id().toString().toUpperCase(java.util.Locale.ROOT), View.PLAIN))
                .isEmpty();
        refuses(
                404,
                null,
                () -> directory.patch(other.caller(), user, id(ada), replace("title", "\"x\""), Precondition.NONE));
        refuses(404, null, () -> directory.delete(other.caller(), user, id(ada), Precondition.NONE));
        refuses(404, null, () -> directory.replace(other.caller(), user, id(ada), body("ada", ""), Precondition.NONE));
        assertThat(find(user, ada.id())).contains(ada);
    }

    @Test
    void letsNoTwoPeopleOfOneSourceShareAUserName() {
        person("Ada@example.org", "");
        Entry bob = person("bob", "");
        String auditBefore = trail().toString();

        refuses(409, ScimProblem.Type.uniqueness, () -> person("ADA@EXAMPLE.ORG", ""));
        refuses(
                409,
                ScimProblem.Type.uniqueness,
                () -> directory.patch(
                        source.caller(), user, id(bob), replace("userName", "\"ada@example.org\""), Precondition.NONE));
        TestSource other = TestSource.create(store);
        directory.create(other.caller(), user, Ids.next(), Intake.create(user, body("ada@example.org", "")));

        assertThat(total(user)).isEqualTo(2);
        assertThat(find(user, bob.id())).contains(bob);
        assertThat(trail().toString()).isEqualTo(auditBefore);
    }

    @Test
    void patchesADocumentAndCountsItsVersions() {
        Entry ada = person("ada", "");

        Entry patched = directory.patch(source.caller(), user, id(ada), replace("active", "false"), Precondition.NONE);

        assertThat(patched.version()).isEqualTo(2);
        assertThat(patched.lastModified()).isAfter(ada.lastModified());
        assertThat(patched.created()).isEqualTo(ada.created());
        assertThat(patched.document().path("active").booleanValue()).isFalse();
        assertThat(find(user, ada.id())).contains(patched);
        assertThat(found("active eq false")).containsExactly(ada.id());
    }

    @Test
    void changesNothingWhenItIsAlreadySo() {
        Entry ada = person("ada", "\"title\": \"Engineer\"");
        int before = trail().size();

        Entry patched =
                directory.patch(source.caller(), user, id(ada), replace("title", "\"Engineer\""), Precondition.NONE);
        Entry replaced = directory.replace(
                source.caller(), user, id(ada), body("ada", "\"title\": \"Engineer\""), Precondition.NONE);

        assertThat(patched).isEqualTo(ada);
        assertThat(replaced).isEqualTo(ada);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void replacesADocument() {
        Entry ada = person("ada", "\"title\": \"Engineer\", \"active\": false");

        Entry replaced = directory.replace(
                source.caller(), user, id(ada), body("ada", "\"nickName\": \"Countess\""), Precondition.NONE);

        assertThat(replaced.version()).isEqualTo(2);
        assertThat(replaced.document().has("title")).isFalse();
        assertThat(replaced.document().path("nickName").textValue()).isEqualTo("Countess");
        assertThat(replaced.document().path("active").booleanValue()).isFalse();
        assertThat(find(user, ada.id())).contains(replaced);
    }

    @Test
    void changesOnlyTheVersionTheClientMeans() {
        Entry ada = person("ada", "");
        Entry crew = group("crew", person("bob", ""));
        Precondition stale = new Precondition.Versions(Set.of(7L));

        for (Entry entry : List.of(ada, crew)) {
            ResourceType type = entry.type();
            refuses(
                    412,
                    null,
                    () -> directory.patch(source.caller(), type, id(entry), replace("displayName", "\"x\""), stale));
            refuses(
                    412,
                    null,
                    () -> directory.replace(source.caller(), type, id(entry), body(type, "displayName", "x"), stale));
            refuses(412, null, () -> directory.delete(source.caller(), type, id(entry), stale));
            assertThat(find(type, entry.id())).contains(entry);

            Precondition current = new Precondition.Versions(Set.of(3L, entry.version()));
            Entry patched = directory.patch(source.caller(), type, id(entry), replace("displayName", "\"x\""), current);
            assertThat(patched.version()).isEqualTo(entry.version() + 1);
            directory.delete(source.caller(), type, id(entry), new Precondition.Versions(Set.of(patched.version())));
            assertThat(find(type, entry.id())).isEmpty();
        }
    }

    @Test
    void aChangeOfMembersIsAChangeOfTheGroup() {
        Entry ada = person("ada", "");
        Entry crew = group("crew");

        Entry joined = members(crew, add(id(ada)));

        assertThat(joined.version()).isEqualTo(crew.version() + 1);
        assertThat(joined.lastModified()).isAfter(crew.lastModified());
        assertThat(find(group, crew.id())).contains(joined);
        assertThat(members(crew)).containsExactly(ada.id());
        refuses(
                412,
                null,
                () -> directory.patch(
                        source.caller(),
                        group,
                        id(crew),
                        add(id(ada)),
                        new Precondition.Versions(Set.of(crew.version()))));
    }

    @Test
    void addsAndRemovesMembersInTheOrderOfTheOperations() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry cyd = person("cyd", "");
        Entry crew = group("crew", ada);

        members(crew, both(remove(id(ada)), add(id(bob), id(cyd))));
        assertThat(members(crew)).containsExactlyInAnyOrder(bob.id(), cyd.id());

        members(crew, both(add(id(ada)), remove(id(ada), id(bob))));
        assertThat(members(crew)).containsExactly(cyd.id());

        members(crew, both(remove(id(cyd)), add(id(cyd))));
        assertThat(members(crew)).containsExactly(cyd.id());
    }

    @Test
    void addingAMemberOrRemovingAStrangerTwiceChangesNothing() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada);
        int before = trail().size();

        Entry again = members(
                crew, both(add(id(ada)), remove(id(bob), UUID.randomUUID().toString(), "never-heard")));

        assertThat(again).isEqualTo(crew);
        assertThat(members(crew)).containsExactly(ada.id());
        assertThat(trail()).hasSize(before);
    }

    @Test
    void replacesClearsAndFiltersMembers() {
        Entry ada = person("ada", "\"displayName\": \"Ada L\"");
        Entry bob = person("bob", "");
        Entry inner = group("inner");
        Entry crew = group("crew", ada);

        members(
                crew,
                ops("{\"op\": \"replace\", \"path\": \"members\", \"value\": [%s, %s]}"
                        .formatted(ref(bob), ref(inner))));
        assertThat(members(crew)).containsExactlyInAnyOrder(bob.id(), inner.id());

        members(crew, ops("{\"op\": \"remove\", \"path\": \"members[type eq \\\"Group\\\"]\"}"));
        assertThat(members(crew)).containsExactly(bob.id());

        members(crew, both(add(id(ada)), ops("{\"op\": \"remove\", \"path\": \"members[display sw \\\"ada\\\"]\"}")));
        assertThat(members(crew)).containsExactly(bob.id());

        members(crew, ops("{\"op\": \"remove\", \"path\": \"members\"}"));
        assertThat(members(crew)).isEmpty();
    }

    @Test
    void renamesAGroupAndChangesItsMembersInOneGoOrNotAtAll() {
        Entry ada = person("ada", "");
        Entry crew = group("crew");

        Entry both = members(crew, both(replace("displayName", "\"staff\""), add(id(ada))));

        assertThat(both.document().path("displayName").textValue()).isEqualTo("staff");
        assertThat(members(crew)).containsExactly(ada.id());
        refuses(
                400,
                ScimProblem.Type.invalidPath,
                () -> members(crew, both(remove(id(ada)), replace("nonsense", "\"x\""))));
        assertThat(members(crew)).containsExactly(ada.id());
        assertThat(find(group, crew.id())).contains(both);
    }

    @Test
    void aPutWithoutMembersLeavesThemAndOneWithNoneRemovesThem() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada);

        put(crew, "");
        assertThat(members(crew)).containsExactly(ada.id());

        put(crew, ", \"Members\": [" + ref(bob) + "]");
        assertThat(members(crew)).containsExactly(bob.id());

        put(crew, ", \"members\": []");
        assertThat(members(crew)).isEmpty();
    }

    @Test
    void showsAPersonsGroupsDirectAndIndirect() {
        Entry ada = person("ada", "");
        Entry inner = group("inner", ada);
        Entry middle = group("middle", inner);
        Entry outer = group("outer", middle, ada);
        group("elsewhere");
        // A circle, and a group in itself.
        members(inner, add(id(outer)));
        members(inner, add(id(inner)));

        List<GroupRef> groups = find(user, ada.id()).orElseThrow().groups();

        assertThat(groups)
                .containsExactlyInAnyOrder(
                        new GroupRef(inner.id(), "inner", true),
                        new GroupRef(middle.id(), "middle", false),
                        new GroupRef(outer.id(), "outer", true));
        assertThat(search("userName eq \"ada\"").entries().getFirst().groups()).isEqualTo(groups);
        assertThat(directory
                        .find(source.id(), user, id(ada), View.PLAIN)
                        .orElseThrow()
                        .groups())
                .isEmpty();
    }

    @Test
    void aDeletedPersonLeavesEveryGroup() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada, bob);

        directory.delete(source.caller(), user, id(ada), Precondition.NONE);

        assertThat(find(user, ada.id())).isEmpty();
        assertThat(members(crew)).containsExactly(bob.id());
        assertThat(find(group, crew.id()).orElseThrow().version()).isEqualTo(crew.version() + 1);
        assertThat(total(user)).isEqualTo(1);
        assertThat(lastOf(ada).detail().path("groups").get(0).textValue()).isEqualTo(id(crew));
        refuses(404, null, () -> directory.delete(source.caller(), user, id(ada), Precondition.NONE));
    }

    @Test
    void aDeletedGroupLeavesNoTrace() {
        Entry ada = person("ada", "");
        Entry inner = group("inner", ada);
        members(inner, add(id(inner)));
        Entry outer = group("outer", inner);

        directory.delete(source.caller(), group, id(inner), Precondition.NONE);

        assertThat(members(outer)).isEmpty();
        assertThat(find(user, ada.id()).orElseThrow().groups()).isEmpty();
        assertThat(total(group)).isEqualTo(1);
        assertThat(lastOf(inner).detail().path("members")).hasSize(2);
    }

    @Test
    void showsWhoTheManagerIs() {
        Entry boss = person("boss", "\"displayName\": \"The Boss\"");
        Entry ada = person("ada", manager(id(boss)));

        assertThat(ada.manager()).isEqualTo(new Entry.PersonRef(boss.id(), "The Boss"));
        assertThat(find(user, ada.id())).contains(ada);
        assertThat(search("userName eq \"ada\"").entries().getFirst().manager()).isEqualTo(ada.manager());

        directory.patch(source.caller(), user, id(boss), replace("displayName", "\"Her\""), Precondition.NONE);
        assertThat(find(user, ada.id()).orElseThrow().manager()).isEqualTo(new Entry.PersonRef(boss.id(), "Her"));

        directory.delete(source.caller(), user, id(boss), Precondition.NONE);
        assertThat(find(user, ada.id()).orElseThrow().manager()).isNull();
    }

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

    @Test
    void countsWhatItIsAskedToChange() {
        double before = meters.counter("directory_changes", "change", "created", "type", "User")
                .count();

        person("ada", "");

        assertThat(meters.counter("directory_changes", "change", "created", "type", "User")
                        .count())
                .isEqualTo(before + 1);
    }

    @Test
    void refusesToChooseMembersByAnAddressItDoesNotKnow() {
        Entry ada = person("ada", "");
        Entry crew = group("crew", ada);

        refuses(
                400,
                ScimProblem.Type.invalidFilter,
                () -> members(
                        crew, ops("{\"op\": \"remove\", \"path\": \"members[$ref eq \\\"https://x/Users/1\\\"]\"}")));
        assertThat(members(crew)).containsExactly(ada.id());
    }

    @Test
    void refusesWhatTheStoreCannotKeep() {
        ObjectNode body = body("ada", "");
        body.put("title", "half \uD83D a pair");
        ObjectNode zero = body("ada", "");
        zero.put("title", "\u0000");

        refuses(400, ScimProblem.Type.invalidValue, () -> directory.create(source.caller(), user, Ids.next(), body));
        refuses(400, ScimProblem.Type.invalidValue, () -> directory.create(source.caller(), user, Ids.next(), zero));
        refuses(400, ScimProblem.Type.invalidFilter, () -> search("title eq \"\\u0000\""));
        Entry backslash = person("bob", "\"title\": \"\\\\u0000\"");
        assertThat(found("title eq \"\\\\u0000\"")).containsExactly(backslash.id());
    }

    @Test
    void keepsAnyValueUniqueThatASchemaDeclaresSo() {
        Map<String, JsonNode> files = StandardCatalog.files();
        files.put("badge.schema.json", json("""
                        {"id": "urn:example:badge:1.0:User", "name": "Badge", "description": "x", "extends": "User",
                         "attributes": [{"name": "badge", "description": "y", "uniqueness": "server"}]}"""));
        ResourceType badged = Catalog.read(files).type("User").orElseThrow();
        ObjectNode first = body("ada", "\"urn:example:badge:1.0:User\": {\"badge\": \"A-7\"}");
        ObjectNode second = body("bob", "\"urn:example:badge:1.0:User\": {\"badge\": \"a-7\"}");

        Entry ada = directory.create(source.caller(), badged, Ids.next(), Intake.create(badged, first));

        refuses(
                409,
                ScimProblem.Type.uniqueness,
                () -> directory.create(source.caller(), badged, Ids.next(), Intake.create(badged, second)));
        assertThat(total(user)).isEqualTo(1);
        directory.patch(
                source.caller(),
                badged,
                id(ada),
                replace("urn:example:badge:1.0:User:badge", "\"B\""),
                Precondition.NONE);
        Entry bob = directory.create(source.caller(), badged, Ids.next(), Intake.create(badged, second));
        refuses(
                409,
                ScimProblem.Type.uniqueness,
                () -> directory.patch(
                        source.caller(),
                        badged,
                        id(bob),
                        replace("urn:example:badge:1.0:User:badge", "\"b\""),
                        Precondition.NONE));
        directory.delete(source.caller(), badged, id(ada), Precondition.NONE);
        directory.patch(
                source.caller(),
                badged,
                id(bob),
                replace("urn:example:badge:1.0:User:badge", "\"b\""),
                Precondition.NONE);
    }

    @Test
    void streamsTheMembersOfSeveralGroupsInTheOrderAskedFor() throws SQLException {
        Entry ada = person("ada", "\"displayName\": \"Ada\"");
        Entry small = group("small", ada);
        Entry empty = group("empty");
        Entry large = group("large");
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    WITH made AS (INSERT INTO resource SELECT gen_random_uuid(), %d, 'User', 1, now(), now(), '{}', '{}'
                        FROM generate_series(1, 2500) RETURNING id)
                    INSERT INTO membership SELECT '%s', id FROM made""".formatted(source.id(), large.id()));
        }

        List<MemberRef> streamed = new ArrayList<>();
        try (Members members = directory.members(source.id(), List.of(large.id(), empty.id(), small.id()))) {
            for (MemberRef member = members.next(); member != null; member = members.next()) {
                streamed.add(member);
            }
        }

        assertThat(streamed).hasSize(2_501);
        assertThat(streamed.getLast()).isEqualTo(new MemberRef(small.id(), ada.id(), "User", "Ada"));
        assertThat(streamed.subList(0, 2_500))
                .allMatch(member -> member.group().equals(large.id()))
                .extracting(member -> member.id().toString())
                .isSorted();
        assertThat(members(large)).hasSize(2_500);
    }

    /// Forty readers are more than there are connections.
    @Test
    void readersOfGroupsWhoTakeTheirTimeKeepNobodyElseWaiting() throws Exception {
        Entry ada = person("ada", "");
        Entry crew = group("crew", ada);
        CountDownLatch enough = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        List<Future<MemberRef>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                readers.add(threads.submit(() -> {
                    try (Members members = directory.members(source.id(), List.of(crew.id()))) {
                        reading.incrementAndGet();
                        enough.await();
                        return members.next();
                    }
                }));
            }
            try {
                await().untilAtomic(reading, greaterThanOrEqualTo(16));

                assertThat(threads.submit(() -> directory.find(source.id(), user, id(ada), View.PLAIN)))
                        .succeedsWithin(Duration.ofSeconds(5))
                        .matches(Optional::isPresent);
            } finally {
                enough.countDown();
            }
        }
        assertThat(readers)
                .allSatisfy(
                        reader -> assertThat(reader.get()).isEqualTo(new MemberRef(crew.id(), ada.id(), "User", null)));
    }

    // --- words ---

    private Entry person(String userName, String more) {
        return directory.create(source.caller(), user, Ids.next(), Intake.create(user, body(userName, more)));
    }

    private Entry group(String name, Entry... members) {
        List<String> refs = new ArrayList<>();
        for (Entry member : members) {
            refs.add(ref(member));
        }
        ObjectNode body = body(group, "displayName", name);
        body.set("members", json("{\"m\": [" + String.join(",", refs) + "]}").get("m"));
        return directory.create(source.caller(), group, Ids.next(), Intake.create(group, body));
    }

    private Entry put(Entry entry, String more) {
        ObjectNode body = json("{\"schemas\": [\"%s\"], \"displayName\": \"crew\"%s}"
                .formatted(group.core().id(), more));
        return directory.replace(source.caller(), group, id(entry), body, Precondition.NONE);
    }

    private ObjectNode body(String userName, String more) {
        return json("{\"schemas\": [\"%s\"], \"userName\": \"%s\"%s}"
                .formatted(user.core().id(), userName, more.isEmpty() ? "" : ", " + more));
    }

    private static ObjectNode body(ResourceType type, String name, String value) {
        ObjectNode body =
                json("{\"schemas\": [\"%s\"]}".formatted(type.core().id())).put(name, value);
        return type.name().equals("User") ? body.put("userName", "ada") : body;
    }

    private static String manager(String id) {
        return "\"%s\": {\"manager\": {\"value\": \"%s\"}}".formatted(ENTERPRISE_URN, id);
    }

    private Entry members(Entry group, List<PatchOp> operations) {
        return directory.patch(source.caller(), group.type(), id(group), operations, Precondition.NONE);
    }

    private List<UUID> members(Entry group) {
        List<UUID> ids = new ArrayList<>();
        try (Members members = directory.members(source.id(), List.of(group.id()))) {
            for (MemberRef member = members.next(); member != null; member = members.next()) {
                assertThat(member.group()).isEqualTo(group.id());
                ids.add(member.id());
            }
        }
        return ids;
    }

    private static String ref(Entry entry) {
        return "{\"value\": \"" + entry.id() + "\"}";
    }

    private static List<PatchOp> add(String... ids) {
        return ops("{\"op\": \"add\", \"path\": \"members\", \"value\": " + refs(ids) + "}");
    }

    private static List<PatchOp> remove(String... ids) {
        List<PatchOp> operations = new ArrayList<>();
        for (String id : ids) {
            operations.addAll(ops("{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + id + "\\\"]\"}"));
        }
        return operations;
    }

    private static String refs(String... ids) {
        List<String> refs = new ArrayList<>();
        for (String id : ids) {
            refs.add("{\"value\": \"" + id + "\"}");
        }
        return refs.toString();
    }

    private static List<PatchOp> replace(String path, String value) {
        return ops("{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}".formatted(path, value));
    }

    private static List<PatchOp> both(List<PatchOp> first, List<PatchOp> second) {
        List<PatchOp> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<PatchOp> ops(String operation) {
        return PatchParser.parse(
                json("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": [%s]}"
                        .formatted(operation)),
                new PatchLimits(100, 1_000, FilterLimits.STANDARD));
    }

    private java.util.Optional<Entry> find(ResourceType type, UUID id) {
        return directory.find(source.id(), type, id.toString(), View.FULL);
    }

    private ResultPage search(String filter) {
        return directory.search(
                source.id(),
                new Query(
                        List.of(user),
                        FilterParser.parse(filter, FilterLimits.STANDARD),
                        null,
                        new Paging.Index(1, 100),
                        View.FULL,
                        "https://example.org"));
    }

    private List<UUID> found(String filter) {
        return search(filter).entries().stream().map(Entry::id).toList();
    }

    private long total(ResourceType type) {
        return directory
                .search(
                        source.id(),
                        new Query(List.of(type), null, null, new Paging.Index(1, 0), View.PLAIN, "https://x.example"))
                .total();
    }

    private List<AuditEntry> trail() {
        return log.read(new AuditQuery(source.name(), null, null, null, null, null, null, null, 1_000));
    }

    private AuditEntry lastOf(Entry entry) {
        return log.read(new AuditQuery(source.name(), id(entry), null, null, null, null, null, null, 1))
                .getFirst();
    }

    private static String id(Entry entry) {
        return entry.id().toString();
    }

    private static void refuses(int status, ScimProblem.Type type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ScimProblem.class, problem -> {
            assertThat(problem.status()).as(problem.detail()).isEqualTo(status);
            assertThat(problem.type()).isEqualTo(type);
        });
    }
}
