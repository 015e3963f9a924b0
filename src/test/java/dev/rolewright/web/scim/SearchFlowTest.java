package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ENTERPRISE;
import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.encoded;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.ok;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.search;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 7644 §3.4.2 and §3.4.3, RFC 9865. Each test makes people of a family nobody else in the store has.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SearchFlowTest {

    @Test
    void answersNobodyWithAnEmptyList() {
        JsonNode list = search(USERS, "userName eq \"AzureAD_Test-" + unique("x") + "\"");

        assertThat(list.at("/schemas/0").textValue()).isEqualTo(Answers.LIST);
        assertThat(list.path("totalResults").isInt()).isTrue();
        assertThat(list.path("totalResults").intValue()).isZero();
        assertThat(list.path("startIndex").intValue()).isEqualTo(1);
        assertThat(list.path("itemsPerPage").intValue()).isZero();
        assertThat(list.path("Resources").isArray()).isTrue();
        assertThat(list.path("Resources")).isEmpty();
    }

    @Test
    void findsAPersonAsItIsShownById() {
        JsonNode person = user(unique("Ada"));

        JsonNode found = search(
                USERS, "userName eq \"" + person.path("userName").textValue().toLowerCase(Locale.ROOT) + "\"");

        assertThat(found.path("totalResults").intValue()).isEqualTo(1);
        assertThat(found.at("/Resources/0")).isEqualTo(person);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title eq "Dr"                                                    | 1
            title eq "dr" and active eq true                                 | 1
            title pr                                                         | 1 2
            not (title pr)                                                   | 0
            title ne "Dr"                                                    | 0 2
            title co "R" or name.givenName sw "z"                            | 0 1 2
            emails[type eq "work" and value ew "@work.test"]                 | 1
            emails[type eq "work"].value eq "b@work.test"                    | 1
            emails.value co "@"                                              | 1 2
            urn:ietf:params:scim:schemas:core:2.0:User:title eq "Mr"         | 2
            $E:department eq "Data"                                          | 0 2
            $E:employeeNumber gt "10" and $E:department eq "data"            | 0 2
            active eq false                                                  | 2
            meta.created gt "2020-01-01T00:00:00Z"                           | 0 1 2
            meta.lastModified lt "2020-01-01T00:00:00Z"                      |
            (title eq "Dr" or title eq "Mr") and not (active eq true)        | 2
            schemas eq "$E"                                                  | 0 1 2
            """)
    void filters(String filter, String expected) {
        String family = unique("fam");
        List<String> ids = List.of(
                id(user(family + "0", name(family, "Zoe"), enterprise("7", "Data"))),
                id(user(
                        family + "1",
                        name(family, "Ada"),
                        "\"title\":\"Dr\"",
                        email("b@work.test", "work"),
                        enterprise("8", "Ops"))),
                id(user(
                        family + "2",
                        name(family, "Bo"),
                        "\"title\":\"Mr\"",
                        "\"active\":false",
                        email("c@home.test", "home"),
                        enterprise("90", "Data"))));

        JsonNode found =
                search(USERS, "name.familyName eq \"" + family + "\" and (" + filter.replace("$E", ENTERPRISE) + ")");

        List<String> wanted = expected == null
                ? List.of()
                : List.of(expected.split(" ")).stream()
                        .map(i -> ids.get(Integer.parseInt(i)))
                        .toList();
        assertThat(found.path("Resources")).extracting(ScimClient::id).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(found.path("totalResults").intValue()).isEqualTo(wanted.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            filter=                                   | 400 | invalidFilter
            filter=userName                           | 400 | invalidFilter
            filter=userName%20eq                      | 400 | invalidFilter
            filter=userName%20is%20%22x%22            | 400 | invalidFilter
            filter=nothing%20eq%20%22x%22             | 400 | invalidFilter
            filter=active%20gt%20true                 | 400 | invalidFilter
            filter=(userName%20pr                     | 400 | invalidFilter
            filter=userName%20eq%20%22a%5Cu0000b%22   | 400 | invalidFilter
            sortBy=nothing                            | 400 | invalidPath
            sortBy=a[                                 | 400 | invalidPath
            sortOrder=up                              | 400 | invalidValue
            count=x                                   | 400 | invalidValue
            startIndex=x                              | 400 | invalidValue
            cursor=forged                             | 400 | invalidCursor
            cursor=&startIndex=1                      | 400 | invalidCursor
            cursor=&count=x                           | 400 | invalidCount
            """)
    void refusesASearchItCannotRead(String query, int status, String type) {
        Envelopes.assertRefusal(scim().get(USERS + "?" + query), status, type);
    }

    @Test
    void sortsBothWaysWithAbsentValuesAtTheEndAndAtTheFront() {
        String family = unique("fam");
        user(family + "0", name(family, "Z"), "\"title\":\"b\"");
        user(family + "1", name(family, "Z"));
        user(family + "2", name(family, "Z"), "\"title\":\"A\"");

        assertThat(userNames(search(USERS, inFamily(family), "sortBy=title")))
                .containsExactly(family + "2", family + "0", family + "1");
        assertThat(userNames(search(USERS, inFamily(family), "sortBy=title", "sortOrder=descending")))
                .containsExactly(family + "1", family + "0", family + "2");
    }

    @Test
    void pagesByIndex() {
        String family = family(5);

        JsonNode first = search(USERS, inFamily(family), "startIndex=1", "count=2");
        JsonNode last = search(USERS, inFamily(family), "startIndex=5", "count=2");
        JsonNode beyond = search(USERS, inFamily(family), "startIndex=6", "count=2");
        JsonNode none = search(USERS, inFamily(family), "count=0");

        assertPage(first, 5, 1, family + "0", family + "1");
        assertPage(last, 5, 5, family + "4");
        assertPage(beyond, 5, 6);
        assertPage(none, 5, 1);
        assertThat(first.has("nextCursor")).isFalse();
    }

    @Test
    void pagesByCursorToTheEndAndNoFurther() {
        String family = family(5);
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = search(USERS, inFamily(family), "cursor=" + cursor, "count=2", "sortBy=userName");
            assertThat(page.path("totalResults").intValue()).isEqualTo(5);
            assertThat(page.has("startIndex")).isFalse();
            seen.addAll(userNames(page));
            sizes.add(page.path("itemsPerPage").intValue());
            cursor = page.path("nextCursor").asText("");
            assertThat(cursor).matches("[A-Za-z0-9._~-]*");
        } while (!cursor.isEmpty() && seen.size() < 20);

        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 5).mapToObj(i -> family + i).toList());
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void refusesACursorOfAnotherSearch() {
        String family = family(3);
        String cursor = search(USERS, inFamily(family), "cursor", "count=1")
                .path("nextCursor")
                .textValue();

        Response answer = scim().get(USERS + "?filter=" + encoded("title pr") + "&cursor=" + cursor);

        Envelopes.assertRefusal(answer, 400, "invalidCursor");
    }

    @Test
    void searchesByBodyAsByUrl() {
        String family = family(3);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("schemas").add(SearchRequest.SCHEMA);
        body.put("filter", inFamily(family))
                .put("startIndex", 2)
                .put("count", 1)
                .put("sortBy", "userName");
        body.putArray("attributes").add("userName");

        JsonNode byBody = ok(scim(body.toString()).post(USERS + "/.search"), 200);
        JsonNode byUrl =
                search(USERS, inFamily(family), "startIndex=2", "count=1", "sortBy=userName", "attributes=userName");

        assertThat(byBody).isEqualTo(byUrl);
        assertPage(byBody, 3, 2, family + "1");
        assertThat(byBody.at("/Resources/0").has("meta")).isFalse();
    }

    @Test
    void searchesAllTypesAtTheRoot() {
        String name = unique("both");
        String person = id(user(name + "u", "\"displayName\":\"" + name + "\""));
        String group = id(group(name));

        JsonNode both = search(ROOT, "displayName eq \"" + name + "\"");
        JsonNode people = search(ROOT, "displayName eq \"" + name + "\" and meta.resourceType eq \"User\"");
        JsonNode withUserName = search(ROOT, "displayName eq \"" + name + "\" and userName pr");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("schemas").add(SearchRequest.SCHEMA);
        body.put("filter", "displayName eq \"" + name + "\"");

        assertThat(both.path("Resources")).extracting(ScimClient::id).containsExactlyInAnyOrder(person, group);
        assertThat(people.path("Resources")).extracting(ScimClient::id).containsExactly(person);
        assertThat(withUserName.path("Resources")).extracting(ScimClient::id).containsExactly(person);
        assertThat(ok(scim(body.toString()).post(ROOT + "/.search"), 200)).isEqualTo(both);
    }

    @Test
    void listsGroupsWithTheirOwnMembers() {
        String stem = unique("teams");
        String one = id(user(unique("one")));
        String two = id(user(unique("two")));
        group(stem + "0", one, two);
        group(stem + "1");
        group(stem + "2", two);

        JsonNode groups = search(GROUPS, "displayName sw \"" + stem + "\"", "sortBy=displayName")
                .path("Resources");

        assertThat(groups).hasSize(3);
        assertThat(groups.get(0).path("members"))
                .extracting(m -> m.path("value").asText())
                .containsExactlyInAnyOrder(one, two);
        assertThat(groups.get(1).has("members")).isFalse();
        assertThat(groups.get(2).path("members"))
                .extracting(m -> m.path("value").asText())
                .containsExactly(two);
        assertThat(search(GROUPS, "displayName sw \"" + stem + "\"", "excludedAttributes=members")
                        .toString())
                .doesNotContain("members");
        assertThat(search(GROUPS, "members.value eq \"" + one + "\"")
                        .path("totalResults")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void putsUpWithBracketsAndQuotesThatNobodyEncoded() throws Exception {
        String mail = unique("m") + "@raw.test";
        String person = id(user(unique("ada"), email(mail, "work")));

        RawHttp.Answer answer = RawHttp.send(
                "GET",
                USERS + "?filter=emails[type%20eq%20\"work\"].value%20eq%20\"" + mail + "\"",
                Map.of(),
                new byte[0]);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Envelopes.json(answer.body()).at("/Resources/0/id").textValue())
                .isEqualTo(person);
    }

    private static String family(int size) {
        String family = unique("fam");
        for (int i = 0; i < size; i++) {
            user(family + i, name(family, "G" + i));
        }
        return family;
    }

    private static String inFamily(String family) {
        return "name.familyName eq \"" + family + "\"";
    }

    private static String name(String family, String given) {
        return "\"name\":{\"familyName\":\"%s\",\"givenName\":\"%s\"}".formatted(family, given);
    }

    private static String email(String value, String type) {
        return "\"emails\":[{\"value\":\"%s\",\"type\":\"%s\",\"primary\":true}]".formatted(value, type);
    }

    private static String enterprise(String number, String department) {
        return "\"%s\":{\"employeeNumber\":\"%s\",\"department\":\"%s\"}".formatted(ENTERPRISE, number, department);
    }

    private static List<String> userNames(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("Resources").forEach(r -> names.add(r.path("userName").textValue()));
        return names;
    }

    private static void assertPage(JsonNode list, int total, int startIndex, String... userNames) {
        assertThat(list.path("totalResults").intValue()).isEqualTo(total);
        assertThat(list.path("startIndex").intValue()).isEqualTo(startIndex);
        assertThat(list.path("itemsPerPage").intValue()).isEqualTo(userNames.length);
        assertThat(userNames(list)).containsExactly(userNames);
    }
}
