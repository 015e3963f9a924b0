package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.patch;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conditional requests (RFC 7644 §3.14, RFC 9110 §13.1). In the tables `$` stands for the tag of the resource.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ConditionsFlowTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            If-None-Match | $                | 304
            If-None-Match | *                | 304
            If-None-Match | W/"99", $        | 304
            If-None-Match | W/"99"           | 200
            If-None-Match | garbage          | 200
            If-Match      | $                | 200
            If-Match      | *                | 200
            If-Match      | W/"99"           | 412
            If-Match      | garbage          | 412
            """)
    void readsOnCondition(String header, String value, int status) {
        JsonNode person = user(unique("ada"));
        String tag = person.at("/meta/version").textValue();

        Response answer = scim().header(header, value.replace("$", tag)).get(USERS + "/" + id(person));

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 304) {
            assertThat(answer.asString()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(tag);
        }
        if (status == 412) {
            Envelopes.assertRefusal(answer, 412);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            If-Match      | $                | true
            If-Match      | *                | true
            If-Match      | W/"99", $        | true
            If-Match      | W/"99"           | false
            If-Match      | garbage          | false
            If-None-Match | W/"99"           | true
            If-None-Match | $                | false
            If-None-Match | *                | false
            """)
    void writesOnCondition(String header, String value, boolean allowed) {
        for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
            JsonNode person = user(unique("ada"));
            String tag = person.at("/meta/version").textValue();
            String body = method.equals("PUT")
                    ? "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"Dr\"}"
                            .formatted(USER, person.path("userName").textValue())
                    : patch("{\"op\":\"add\",\"path\":\"title\",\"value\":\"Dr\"}");

            Response answer = (method.equals("DELETE") ? scim() : scim(body))
                    .header(header, value.replace("$", tag))
                    .request(method, USERS + "/" + id(person));

            if (allowed) {
                assertThat(answer.statusCode()).as(method).isBetween(200, 204);
            } else {
                Envelopes.assertRefusal(answer, 412);
                assertThat(get(USERS + "/" + id(person))).isEqualTo(person);
            }
        }
    }

    @Test
    void letsOnlyOneOfTwoWritersWhoReadTheSameVersionWin() {
        JsonNode person = user(unique("ada"));
        String tag = person.at("/meta/version").textValue();
        String body = patch("{\"op\":\"add\",\"path\":\"title\",\"value\":\"Dr\"}");

        Response first = scim(body).header("If-Match", tag).patch(USERS + "/" + id(person));
        Response second = scim(body).header("If-Match", tag).patch(USERS + "/" + id(person));

        assertThat(first.statusCode()).isEqualTo(200);
        Envelopes.assertRefusal(second, 412);
    }

    @Test
    void asksForTheResourceBeforeTheCondition() {
        Envelopes.assertRefusal(
                scim().header("If-Match", "*").delete(USERS + "/0193a1c0-0000-7000-8000-000000000001"), 404);
    }
}
