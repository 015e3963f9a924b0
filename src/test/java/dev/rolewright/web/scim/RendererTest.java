package dev.rolewright.web.scim;

import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.View;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RendererTest {

    private static final Links LINKS =
            new Links("https://iam.test/scim/v2", Map.of("User", "/Users", "Group", "/Groups"));
    private static final UUID ID = UUID.fromString("0193a1c0-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0193a1c0-0000-7000-8000-000000000002");

    private static final List<Entry.GroupRef> GROUPS =
            List.of(new Entry.GroupRef(OTHER, "db-readers", true), new Entry.GroupRef(ID, null, false));
    private static final Entry.PersonRef BOSS = new Entry.PersonRef(OTHER, "Grace");

    @Test
    void showsAPersonWithLinksAndDerivedAttributes() {
        Entry entry = user("""
                {"userName":"ada","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"%s"}}}""".formatted(OTHER), GROUPS, BOSS);

        ObjectNode shown = shown(renderer(USER, null, null), entry);

        assertThat(shown).isEqualTo(json("""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "id":"0193a1c0-0000-7000-8000-000000000001",
                 "userName":"ada",
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{
                   "value":"0193a1c0-0000-7000-8000-000000000002",
                   "$ref":"https://iam.test/scim/v2/Users/0193a1c0-0000-7000-8000-000000000002",
                   "displayName":"Grace"}},
                 "groups":[
                   {"value":"0193a1c0-0000-7000-8000-000000000002",
                    "$ref":"https://iam.test/scim/v2/Groups/0193a1c0-0000-7000-8000-000000000002",
                    "display":"db-readers","type":"direct"},
                   {"value":"0193a1c0-0000-7000-8000-000000000001",
                    "$ref":"https://iam.test/scim/v2/Groups/0193a1c0-0000-7000-8000-000000000001",
                    "type":"indirect"}],
                 "meta":{"resourceType":"User","created":"2026-11-21T00:00:00.000000Z",
                   "lastModified":"2026-11-21T00:00:00.000001Z",
                   "location":"https://iam.test/scim/v2/Users/0193a1c0-0000-7000-8000-000000000001",
                   "version":"W/\\"7\\""}}"""));
    }

    @Test
    void leavesAManagerWhoIsNotKnownYetWithoutALink() {
        Entry entry = user(
                "{\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"manager\":{\"value\":\"m-1\"}}}",
                List.of(),
                null);

        assertThat(shown(renderer(USER, null, null), entry)
                        .path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                        .path("manager"))
                .isEqualTo(json("{\"value\":\"m-1\"}"));
    }

    @Test
    void showsOnlyWhatWasAskedFor() {
        Entry entry = user("{\"userName\":\"ada\",\"active\":true,\"displayName\":\"Ada\"}", List.of(), null);

        assertThat(shown(renderer(USER, "displayName,meta.version", null), entry))
                .isEqualTo(json("""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"0193a1c0-0000-7000-8000-000000000001",
                 "displayName":"Ada","meta":{"version":"W/\\"7\\""}}"""));
    }

    @Test
    void looksUpOnlyWhatIsShown() {
        assertThat(renderer(USER, null, null).view()).isEqualTo(new View(true, true));
        assertThat(renderer(USER, "userName", null).view()).isEqualTo(new View(false, false));
        assertThat(renderer(USER, null, "groups").view()).isEqualTo(new View(false, true));
        assertThat(renderer(GROUP, null, null).view()).isEqualTo(new View(false, false));
        assertThat(renderer(GROUP, null, null).showsMembers()).isTrue();
        assertThat(renderer(GROUP, null, "members").showsMembers()).isFalse();
        assertThat(renderer(GROUP, "displayName", null).showsMembers()).isFalse();
        assertThat(renderer(USER, null, null).showsMembers()).isFalse();
    }

    /// The short way and the long one must never differ; hidden attributes and data no schema knows take
    /// the long one.
    @Test
    void showsTheSameToTheWishlessWhetherOrNotItTakesTheShortWay() {
        Projection usual = Projection.of(USER, null, null);
        GeneratedPeople people = new GeneratedPeople(20261121, USER, Vocabulary.FULL);
        int plain = 0;
        for (int i = 0; i < 1000; i++) {
            ObjectNode document = people.body();
            Plainness plainness = Plainness.of(USER);
            plain += plainness.covers(document) ? 1 : 0;
            Renderer quick = new Renderer(USER, plainness, LINKS, usual, true);
            Renderer slow = new Renderer(USER, plainness, LINKS, usual, false);

            assertThat(shown(quick, user(document.toString(), GROUPS, BOSS)))
                    .isEqualTo(shown(slow, user(document.toString(), GROUPS, BOSS)));
        }
        assertThat(plain).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"userName":"a","name":{"familyName":"b"},"emails":[{"value":"c","primary":true}]}  | true
            {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d"}}   | true
            {"password":"secret"}                                                               | false
            {"shoeSize":44}                                                                     | false
            {"name":{"middleInitial":"x"}}                                                      | false
            {"emails":[{"value":"c"},{"unheard":"d"}]}                                          | false
            {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"salary":1}}         | false
            {"urn:gone":{"a":1}}                                                                | false
            """)
    void knowsAPlainDocument(String document, boolean plain) {
        assertThat(Plainness.of(USER).covers(json(document))).isEqualTo(plain);
        assertThat(shown(renderer(USER, null, null), user(document, List.of(), null))
                        .toString())
                .doesNotContain("secret")
                .doesNotContain("44")
                .doesNotContain("salary")
                .doesNotContain("gone");
    }

    private static Renderer renderer(ResourceType type, @Nullable String attributes, @Nullable String excluded) {
        return new Renderer(
                type,
                Plainness.of(type),
                LINKS,
                Projection.of(type, attributes, excluded),
                attributes == null && excluded == null);
    }

    private static ObjectNode shown(Renderer renderer, Entry entry) {
        return json(new String(Json.bytes(64, json -> renderer.write(json, entry, null)), UTF_8));
    }

    private static Entry user(String document, List<Entry.GroupRef> groups, Entry.@Nullable PersonRef manager) {
        Instant created = Instant.parse("2026-11-21T00:00:00Z");
        return new Entry(ID, USER, 7, created, created.plusNanos(1000), json(document), groups, manager);
    }
}
