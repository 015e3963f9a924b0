package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ENTERPRISE;
import static dev.rolewright.web.scim.ScimClient.GROUP;
import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.json;
import static dev.rolewright.web.scim.ScimClient.ok;
import static dev.rolewright.web.scim.ScimClient.patch;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.search;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7644 §3.3 to §3.6, request by request.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ResourceFlowTest {

    @Test
    void createsAPersonAndSaysWhereAndWhich() {
        String userName = unique("ada");

        Response answer = scim("{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"name\":{\"familyName\":\"L\"}}"
                        .formatted(USER, userName))
                .post(USERS);

        JsonNode created = ok(answer, 201);
        assertThat(answer.contentType()).isEqualTo(MediaTypes.SCIM);
        assertThat(created.at("/schemas/0").textValue()).isEqualTo(USER);
        assertThat(created.path("userName").textValue()).isEqualTo(userName);
        assertThat(created.at("/name/familyName").textValue()).isEqualTo("L");
        assertThat(created.path("active").booleanValue()).isTrue();
        assertThat(created.at("/meta/resourceType").textValue()).isEqualTo("User");
        assertThat(created.at("/meta/created")).isEqualTo(created.at("/meta/lastModified"));
        assertThat(Instant.parse(created.at("/meta/created").textValue()))
                .isBefore(Instant.now().plusSeconds(5));
        assertThat(answer.header("Location"))
                .isEqualTo(created.at("/meta/location").textValue());
        assertThat(answer.header("Location")).startsWith("http://localhost:").endsWith(USERS + "/" + id(created));
        assertThat(answer.header("ETag")).isEqualTo(created.at("/meta/version").textValue());
        assertThat(get(USERS + "/" + id(created))).isEqualTo(created);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/scim+json;charset=utf-8", "APPLICATION/JSON; charset=UTF-8"})
    void takesEveryJsonType(String type) {
        Response answer = scim("{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, unique("t")))
                .contentType(type)
                .accept("application/json")
                .post(USERS);

        ok(answer, 201);
        assertThat(answer.contentType()).isEqualTo(MediaTypes.SCIM);
    }

    @Test
    void refusesASecondPersonOfTheSameNameWhateverItsCase() {
        String userName = unique("ada");
        user(userName);

        Response answer = scim("{\"schemas\":[\"%s\"],\"userName\":\"%s\"}"
                        .formatted(USER, userName.toUpperCase(Locale.ROOT)))
                .post(USERS);

        Envelopes.assertRefusal(answer, 409, "uniqueness");
    }

    @Test
    void neitherKeepsNorShowsAPassword() {
        JsonNode created = user(unique("p"), "\"password\":\"hunter2-hunter2\"");

        assertThat(created.has("password")).isFalse();
        assertThat(scim().get(USERS + "/" + id(created) + "?attributes=password")
                        .asString())
                .doesNotContain("hunter2");
        assertThat(search(
                                USERS,
                                "userName eq \"%s\""
                                        .formatted(created.path("userName").textValue()))
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void replacesAPersonAndForgetsWhatIsLeftOut() {
        JsonNode before = user(unique("ada"), "\"displayName\":\"Ada\",\"nickName\":\"A\",\"active\":false");

        Response answer =
                scim("{\"schemas\":[\"%s\"],\"id\":\"other\",\"userName\":\"%s\",\"displayName\":\"Ada L\",\"meta\":{},\"groups\":[]}"
                                .formatted(USER, before.path("userName").textValue()))
                        .put(USERS + "/" + id(before));

        JsonNode after = ok(answer, 200);
        assertThat(after.path("displayName").textValue()).isEqualTo("Ada L");
        assertThat(after.has("nickName")).isFalse();
        assertThat(after.path("active").booleanValue()).isFalse();
        assertThat(after.at("/meta/version")).isNotEqualTo(before.at("/meta/version"));
        assertThat(after.at("/meta/created")).isEqualTo(before.at("/meta/created"));
        assertThat(answer.header("ETag")).isEqualTo(after.at("/meta/version").textValue());
        assertThat(get(USERS + "/" + id(before))).isEqualTo(after);
    }

    @Test
    void patchesAPersonAndShowsIt() {
        JsonNode before = user(unique("ada"));

        JsonNode after = ok(
                scim(patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}"))
                        .patch(USERS + "/" + id(before)),
                200);

        assertThat(after.path("active").booleanValue()).isFalse();
        assertThat(get(USERS + "/" + id(before))).isEqualTo(after);
    }

    @Test
    void patchesAGroupWithoutShowingItUnlessAskedTo() {
        JsonNode person = user(unique("ada"));
        JsonNode before = group(unique("readers"));
        String add = patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id(person) + "\"}]}");

        Response silent = scim(add).patch(GROUPS + "/" + id(before));
        Response showing = scim(add).patch(GROUPS + "/" + id(before) + "?attributes=members");

        assertThat(silent.statusCode()).isEqualTo(204);
        assertThat(silent.asString()).isEmpty();
        assertThat(silent.header("ETag")).isNotBlank();
        assertThat(ok(showing, 200).at("/members/0/value").textValue()).isEqualTo(id(person));
        assertThat(json(showing).has("displayName")).isFalse();
    }

    @Test
    void showsMembersAndGroupsWithLinksFromBothSides() {
        JsonNode person = user(unique("ada"), "\"displayName\":\"Ada\"");
        JsonNode inner = group(unique("inner"), id(person));
        JsonNode outer = group(unique("outer"), id(inner));

        JsonNode group = get(GROUPS + "/" + id(inner));
        assertThat(group.path("members")).hasSize(1);
        assertThat(group.at("/members/0/value").textValue()).isEqualTo(id(person));
        assertThat(group.at("/members/0/$ref")).isEqualTo(person.at("/meta/location"));
        assertThat(group.at("/members/0/type").textValue()).isEqualTo("User");
        assertThat(group.at("/members/0/display").textValue()).isEqualTo("Ada");
        assertThat(get(GROUPS + "/" + id(outer)).at("/members/0/type").textValue())
                .isEqualTo("Group");

        JsonNode groups = get(USERS + "/" + id(person)).path("groups");
        assertThat(groups).hasSize(2);
        JsonNode direct = groups.get(0).path("type").asText().equals("direct") ? groups.get(0) : groups.get(1);
        JsonNode indirect = groups.get(0).path("type").asText().equals("direct") ? groups.get(1) : groups.get(0);
        assertThat(direct.path("value").textValue()).isEqualTo(id(inner));
        assertThat(direct.path("$ref")).isEqualTo(inner.at("/meta/location"));
        assertThat(direct.path("display")).isEqualTo(inner.path("displayName"));
        assertThat(indirect.path("value").textValue()).isEqualTo(id(outer));
        assertThat(indirect.path("type").textValue()).isEqualTo("indirect");
    }

    @Test
    void keepsShowingTheGroupsOfAPersonInAnswersToWrites() {
        JsonNode person = user(unique("ada"));
        JsonNode group = group(unique("readers"), id(person));

        JsonNode patched = ok(
                scim(patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Dr\"}"))
                        .patch(USERS + "/" + id(person)),
                200);
        JsonNode replaced = ok(
                scim("{\"schemas\":[\"%s\"],\"userName\":\"%s\"}"
                                .formatted(USER, person.path("userName").textValue()))
                        .put(USERS + "/" + id(person)),
                200);

        assertThat(patched.at("/groups/0/value").textValue()).isEqualTo(id(group));
        assertThat(replaced.at("/groups/0/value").textValue()).isEqualTo(id(group));
    }

    @Test
    void showsTheManagerOnceItIsKnown() {
        JsonNode boss = user(unique("boss"), "\"displayName\":\"Grace\"");
        JsonNode person =
                user(unique("ada"), "\"%s\":{\"manager\":{\"value\":\"%s\"}}".formatted(ENTERPRISE, id(boss)));

        JsonNode manager = get(USERS + "/" + id(person)).path(ENTERPRISE).path("manager");

        assertThat(manager.path("value").textValue()).isEqualTo(id(boss));
        assertThat(manager.path("$ref")).isEqualTo(boss.at("/meta/location"));
        assertThat(manager.path("displayName").textValue()).isEqualTo("Grace");
        assertThat(person.path("schemas")).extracting(JsonNode::textValue).containsExactly(USER, ENTERPRISE);
    }

    @Test
    void replacesTheMembersOfAGroup() {
        JsonNode one = user(unique("one"));
        JsonNode two = user(unique("two"));
        JsonNode group = group(unique("readers"), id(one));

        JsonNode after = ok(
                scim("{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[{\"value\":\"%s\"}]}"
                                .formatted(GROUP, group.path("displayName").textValue(), id(two)))
                        .put(GROUPS + "/" + id(group)),
                200);

        assertThat(after.path("members")).hasSize(1);
        assertThat(after.at("/members/0/value").textValue()).isEqualTo(id(two));
    }

    @Test
    void deletesOnceAndForAll() {
        JsonNode person = user(unique("ada"));
        String path = USERS + "/" + id(person);

        Response answer = scim().delete(path);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.asString()).isEmpty();
        Envelopes.assertRefusal(scim().get(path), 404);
        Envelopes.assertRefusal(scim().delete(path), 404);
        Envelopes.assertRefusal(
                scim(patch("{\"op\":\"remove\",\"path\":\"title\"}")).patch(path), 404);
        Envelopes.assertRefusal(
                scim("{\"schemas\":[\"%s\"],\"userName\":\"x\"}".formatted(USER))
                        .put(path),
                404);
        assertThat(search(USERS, "userName eq \"" + person.path("userName").textValue() + "\"")
                        .path("totalResults")
                        .intValue())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17",
                "x",
                "bulkId:q",
                "0193a1c0-0000-7000-8000-00000000000",
                "%C3%A9",
                "a%20b",
                "0193a1c0-0000-7000-8000-000000000001"
            })
    void findsNothingUnderAnIdNobodyHas(String id) {
        Envelopes.assertRefusal(scim().get(USERS + "/" + id), 404);
        Envelopes.assertRefusal(scim().delete(GROUPS + "/" + id), 404);
    }

    @Test
    void findsAPersonOnlyAmongPeople() {
        JsonNode person = user(unique("ada"));

        Envelopes.assertRefusal(scim().get(GROUPS + "/" + id(person)), 404);
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        JsonNode person = user(unique("ada"));
        JsonNode group = group(unique("readers"), id(person));

        Response ofPerson = scim().head(USERS + "/" + id(person));
        Response ofGroup = scim().head(GROUPS + "/" + id(group));

        assertThat(ofPerson.statusCode()).isEqualTo(200);
        assertThat(ofPerson.header("ETag")).isEqualTo(person.at("/meta/version").textValue());
        assertThat(ofPerson.asString()).isEmpty();
        assertThat(ofGroup.statusCode()).isEqualTo(200);
        assertThat(ofGroup.asString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"schemas":["$U"]}                                            | 400 | invalidValue
            {"schemas":["$U"],"userName":""}                              | 400 | invalidValue
            {"schemas":["$U"],"userName":7}                               | 400 | invalidValue
            {"schemas":["urn:other"],"userName":"x"}                      | 400 | invalidSyntax
            {"schemas":["$U"],"userName":"x","emails":"x@y"}              | 400 | invalidValue
            {"schemas":["$U"],"userName":"x","active":"maybe"}            | 400 | invalidValue
            {"schemas":["$U"],"userName":"x","userName":"y"}              | 400 | invalidSyntax
            {"schemas":["$U"],"userName":"x","USERNAME":"y"}              | 400 | invalidSyntax
            []                                                            | 400 | invalidSyntax
            {                                                             | 400 | invalidSyntax
            """)
    void refusesAPersonThatIsNotSound(String body, int status, String type) {
        Response answer = scim(body.replace("$U", USER)).post(USERS);

        Envelopes.assertRefusal(answer, status, type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"frob","path":"title","value":"x"}            | 400 | invalidSyntax
            {"op":"replace","path":"nothing","value":"x"}       | 400 | invalidPath
            {"op":"replace","path":"emails[","value":"x"}       | 400 | invalidFilter
            {"op":"remove"}                                     | 400 | noTarget
            {"op":"remove","path":"userName"}                   | 400 | mutability
            {"op":"replace","path":"id","value":"x"}            | 400 | mutability
            {"op":"replace","path":"active","value":"maybe"}    | 400 | invalidValue
            {"op":"replace","path":"emails[type co \\"x\\"].value","value":"x"} | 400 | noTarget
            """)
    void refusesAPatchThatIsNotSoundAndChangesNothing(String operation, int status, String type) {
        JsonNode person = user(unique("ada"));

        Response answer = scim(patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Dr\"}", operation))
                .patch(USERS + "/" + id(person));

        Envelopes.assertRefusal(answer, status, type);
        assertThat(get(USERS + "/" + id(person))).isEqualTo(person);
    }
}
