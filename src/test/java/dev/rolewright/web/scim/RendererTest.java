package dev.rolewright.web.scim;

import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.MemberRef;
import dev.rolewright.directory.View;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RendererTest {

    private static final Links LINKS =
            new Links("https://iam.test/scim/v2", Map.of("User", "/Users", "Group", "/Groups"));
    private static final UUID ID = UUID.fromString("0193a1c0-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0193a1c0-0000-7000-8000-000000000002");

    @Test
    void showsAPersonWithLinksAndDerivedAttributes() {
        Entry entry = user(
                """
                {"userName":"ada","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"%s"}}}""".formatted(OTHER),
                List.of(new Entry.GroupRef(OTHER, "db-readers", true), new Entry.GroupRef(ID, null, false)),
                new Entry.PersonRef(OTHER, "Grace"));

        ObjectNode shown = renderer(USER, null, null).resource(entry);

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
                 "meta":{"resourceType":"User","created":"2026-11-21T00:00:00Z",
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

        assertThat(renderer(USER, null, null)
                        .resource(entry)
                        .path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                        .path("manager"))
                .isEqualTo(json("{\"value\":\"m-1\"}"));
    }

    @Test
    void showsOnlyWhatWasAskedFor() {
        Entry entry = user("{\"userName\":\"ada\",\"active\":true,\"displayName\":\"Ada\"}", List.of(), null);

        assertThat(renderer(USER, "displayName,meta.version", null).resource(entry))
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

    @Test
    void showsAMemberCutAsTheGroupIs() {
        MemberRef member = new MemberRef(ID, OTHER, "User", "Grace");

        assertThat(renderer(GROUP, null, null).member(member)).isEqualTo(json("""
                {"value":"0193a1c0-0000-7000-8000-000000000002",
                 "$ref":"https://iam.test/scim/v2/Users/0193a1c0-0000-7000-8000-000000000002",
                 "type":"User","display":"Grace"}"""));
        assertThat(renderer(GROUP, "members.value", null).member(member))
                .isEqualTo(json("{\"value\":\"0193a1c0-0000-7000-8000-000000000002\"}"));
    }

    private static Renderer renderer(ResourceType type, @Nullable String attributes, @Nullable String excluded) {
        return new Renderer(type, LINKS, Projection.of(type, attributes, excluded));
    }

    private static Entry user(String document, List<Entry.GroupRef> groups, Entry.@Nullable PersonRef manager) {
        Instant created = Instant.parse("2026-11-21T00:00:00Z");
        return new Entry(ID, USER, 7, created, created.plusNanos(1000), json(document), groups, manager);
    }
}
