package dev.rolewright.directory;

import static dev.rolewright.directory.Patches.manager;
import static dev.rolewright.directory.Patches.replace;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of people and groups that an identity provider creates, changes and deletes.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DirectoryFlowTest extends EntryFlow {

    @Inject
    MeterRegistry meters;

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
    void countsWhatItIsAskedToChange() {
        double before = meters.counter("directory_changes", "change", "created", "type", "User")
                .count();

        person("ada", "");

        assertThat(meters.counter("directory_changes", "change", "created", "type", "User")
                        .count())
                .isEqualTo(before + 1);
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

    private static ObjectNode body(ResourceType type, String name, String value) {
        ObjectNode body =
                json("{\"schemas\": [\"%s\"]}".formatted(type.core().id())).put(name, value);
        return type.name().equals("User") ? body.put("userName", "ada") : body;
    }
}
