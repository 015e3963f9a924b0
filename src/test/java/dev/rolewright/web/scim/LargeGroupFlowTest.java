package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.ok;
import static dev.rolewright.web.scim.ScimClient.patch;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.search;
import static dev.rolewright.web.scim.ScimClient.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A group with far more members than any buffer holds is shown whole, and changed like a small one.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LargeGroupFlowTest {

    private static final int BULKS = 3;
    private static final int PER_BULK = 1000;

    @Test
    void isShownWholeAndChangedByOne() {
        List<String> people = people();
        JsonNode created = group(unique("everybody"), people.toArray(String[]::new));
        String path = GROUPS + "/" + id(created);

        Response shown = scim().get(path);

        JsonNode whole = ok(shown, 200);
        assertThat(shown.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(members(whole)).containsExactlyInAnyOrderElementsOf(people);
        assertThat(members(created)).containsExactlyInAnyOrderElementsOf(people);
        assertThat(members(search(
                                GROUPS,
                                "displayName eq \"" + whole.path("displayName").textValue() + "\"")
                        .at("/Resources/0")))
                .containsExactlyInAnyOrderElementsOf(people);

        String one = people.get(17);
        Response removed = scim(patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + one + "\\\"]\"}"))
                .patch(path);

        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(members(get(path))).hasSize(people.size() - 1).doesNotContain(one);
    }

    private static List<String> members(JsonNode group) {
        List<String> members = new ArrayList<>();
        group.path("members").forEach(member -> members.add(member.path("value").textValue()));
        return members;
    }

    private static List<String> people() {
        List<String> ids = new ArrayList<>();
        for (int bulk = 0; bulk < BULKS; bulk++) {
            String stem = unique("m");
            String operations = IntStream.range(0, PER_BULK)
                    .mapToObj(i ->
                            "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"%d\",\"data\":{\"schemas\":[\"%s\"],\"userName\":\"%s%d\"}}"
                                    .formatted(i, USER, stem, i))
                    .collect(Collectors.joining(","));
            JsonNode results = ok(
                    scim("{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(BulkPlan.REQUEST, operations))
                            .post(ROOT + "/Bulk"),
                    200);
            for (JsonNode result : results.path("Operations")) {
                String location = result.path("location").textValue();
                ids.add(location.substring(location.lastIndexOf('/') + 1));
            }
        }
        return ids;
    }
}
