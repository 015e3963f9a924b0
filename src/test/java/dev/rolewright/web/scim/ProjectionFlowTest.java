package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ENTERPRISE;
import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.ok;
import static dev.rolewright.web.scim.ScimClient.patch;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `attributes` and `excludedAttributes` (RFC 7644 §3.9) in every position they may stand.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ProjectionFlowTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attributes=userName                                     | schemas id userName
            attributes=USERNAME                                     | schemas id userName
            attributes=name.familyName,emails.value                 | schemas id name emails
            attributes=$E:department                                | schemas id $E
            attributes=urn:ietf:params:scim:schemas:core:2.0:User:userName | schemas id userName
            attributes=id                                           | schemas id
            excludedAttributes=userName,id,schemas,meta,emails      | schemas id active name $E
            excludedAttributes=$E,meta,name,emails,active           | schemas id userName
            """)
    void cutsWhatIsRead(String query, String shown) {
        JsonNode person = person();

        JsonNode cut = get(USERS + "/" + id(person) + "?" + query.replace("$E", ENTERPRISE));

        assertThat(names(cut))
                .containsExactlyInAnyOrder(shown.replace("$E", ENTERPRISE).split(" "));
    }

    @Test
    void cutsSubAttributes() {
        JsonNode cut = get(USERS + "/" + id(person()) + "?attributes=name.familyName,emails.type");

        assertThat(names(cut.path("name"))).containsExactly("familyName");
        assertThat(names(cut.at("/emails/0"))).containsExactly("type");
    }

    @Test
    void cutsAnswersToWrites() {
        String userName = unique("ada");
        String body = "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"displayName\":\"Ada\"}".formatted(USER, userName);

        JsonNode created = ok(scim(body).post(USERS + "?attributes=userName"), 201);
        String path = USERS + "/" + id(created);
        JsonNode replaced = ok(scim(body).put(path + "?excludedAttributes=userName,meta"), 200);
        JsonNode patched = ok(
                scim(patch("{\"op\":\"add\",\"path\":\"title\",\"value\":\"Dr\"}"))
                        .patch(path + "?attributes=title"),
                200);

        assertThat(names(created)).containsExactlyInAnyOrder("schemas", "id", "userName");
        assertThat(names(replaced)).containsExactlyInAnyOrder("schemas", "id", "displayName", "active");
        assertThat(names(patched)).containsExactlyInAnyOrder("schemas", "id", "title");
    }

    @Test
    void cutsMembersWithTheirGroup() {
        JsonNode group = group(unique("readers"), id(user(unique("ada"))));
        String path = GROUPS + "/" + id(group);

        assertThat(names(get(path + "?excludedAttributes=members"))).doesNotContain("members");
        assertThat(names(get(path + "?attributes=displayName")))
                .containsExactlyInAnyOrder("schemas", "id", "displayName");
        assertThat(names(get(path + "?attributes=members.value").at("/members/0")))
                .containsExactly("value");
    }

    private static JsonNode person() {
        return user(
                unique("ada"),
                "\"name\":{\"familyName\":\"L\",\"givenName\":\"A\"}",
                "\"emails\":[{\"value\":\"a@b.test\",\"type\":\"work\"}]",
                "\"%s\":{\"department\":\"Data\"}".formatted(ENTERPRISE));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
