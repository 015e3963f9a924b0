package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.USER_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `$U`, `$E` and `$A` stand for the URNs of User, EnterpriseUser and an extension with attributes of
/// every kind of `returned`.
class ProjectionTest {

    private static final String ACME_URN = "urn:example:acme";
    private static final ResourceType USER = user();

    private static final ObjectNode ADA = body("""
            {"schemas": ["$U"], "id": "7", "meta": {"version": "1", "location": "/7"}, "externalId": "x",
             "userName": "ada", "name": {"givenName": "Ada", "familyName": "L"}, "password": "hunter2",
             "emails": [{"value": "a", "type": "work"}, {"type": "home"}],
             "$E": {"department": "Ops", "manager": {"value": "1", "displayName": "G"}},
             "$A": {"badge": 1, "pin": 2, "notes": 3, "tags": "t",
                    "desk": {"code": 4, "pin": 5, "floor": 6, "history": 7}},
             "urn:example:gone": {"a": 1}, "gone": 1}""");

    @Test
    void showsEverythingButWhatIsHiddenOrOnlyForTheAsking() {
        assertThat(shown(null, null)).isEqualTo(body("""
                {"schemas": ["$U"], "id": "7", "meta": {"version": "1", "location": "/7"}, "externalId": "x",
                 "userName": "ada", "name": {"givenName": "Ada", "familyName": "L"},
                 "emails": [{"value": "a", "type": "work"}, {"type": "home"}],
                 "$E": {"department": "Ops", "manager": {"value": "1", "displayName": "G"}},
                 "$A": {"badge": 1, "tags": "t", "desk": {"code": 4, "floor": 6}}}"""));
    }

    @Test
    void leavesTheResourceAsItIs() {
        ObjectNode copy = ADA.deepCopy();

        shown("emails.value", "emails.type");

        assertThat(ADA).isEqualTo(copy);
    }

    /// Besides what is named come `schemas` and `id`, and `badge` of Acme's extension, which are returned always.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            userName               | {"userName": "ada"}
            USERNAME , meta        | {"userName": "ada", "meta": {"version": "1", "location": "/7"}}
            $U:userName            | {"userName": "ada"}
            name.familyname        | {"name": {"familyName": "L"}}
            name,name.familyName   | {"name": {"givenName": "Ada", "familyName": "L"}}
            name.middleName        | {}
            emails.value           | {"emails": [{"value": "a"}]}
            $U:emails.value        | {"emails": [{"value": "a"}]}
            $E                     | {"$E": {"department": "Ops", "manager": {"value": "1", "displayName": "G"}}}
            $E:department          | {"$E": {"department": "Ops"}}
            $E:manager.value       | {"$E": {"manager": {"value": "1"}}}
            department             | {}
            password               | {}
            nonsense, nick.name    | {}
            $U:nonsense            | {}
            urn:example:gone       | {}
            urn:example:gone:a     | {}
            id                     | {}
            $A                     | {"$A": {"badge": 1, "tags": "t", "desk": {"code": 4, "floor": 6}}}
            $A:notes               | {"$A": {"badge": 1, "notes": 3}}
            $A:pin                 | {}
            $A:desk                | {"$A": {"badge": 1, "desk": {"code": 4, "floor": 6}}}
            $A:desk.floor          | {"$A": {"badge": 1, "desk": {"code": 4, "floor": 6}}}
            $A:desk.history        | {"$A": {"badge": 1, "desk": {"code": 4, "history": 7}}}
            $A:desk.pin            | {"$A": {"badge": 1, "desk": {"code": 4}}}
            $U                     | {"meta": {"version": "1", "location": "/7"}, "externalId": "x", "userName": "ada", "name": {"givenName": "Ada", "familyName": "L"}, "emails": [{"value": "a", "type": "work"}, {"type": "home"}]}
            """)
    void showsWhatIsAskedFor(String attributes, String expected) {
        ObjectNode always = body("{\"schemas\": [\"$U\"], \"id\": \"7\", \"$A\": {\"badge\": 1}}");

        assertThat(shown(attributes, null)).isEqualTo(always.setAll(body(expected)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id,schemas,$A:badge     | /none
            userName                | /userName
            NAME.givenname          | /name/givenName
            name.givenName,name.familyName | /name
            emails.type             | /emails/0/type,/emails/1
            $E                      | /$E
            $E:manager              | /$E/manager
            $E:manager.displayName  | /$E/manager/displayName
            $A:desk.code            | /none
            $A:desk                 | /$A/desk
            nonsense                | /none
            """)
    void leavesOutWhatIsNotWanted(String excluded, String gone) {
        ObjectNode expected = shown(null, null);
        for (String path : urns(gone).split(",")) {
            remove(expected, path);
        }

        assertThat(shown(null, excluded)).isEqualTo(expected);
    }

    @Test
    void showsTheFirstWithoutTheSecondWhenBothAreGiven() {
        assertThat(shown("name,userName", "name.givenName")).isEqualTo(body("""
                        {"schemas": ["$U"], "id": "7", "userName": "ada", "name": {"familyName": "L"},
                         "$A": {"badge": 1}}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , "})
    void nothingNamedIsNothingRestricted(String blank) {
        if (blank.isBlank()) {
            assertThat(shown(blank, blank)).isEqualTo(shown(null, null));
        }
        assertThat(shown(null, blank)).isEqualTo(shown(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user name", "emails[type eq \"work\"]", "a/b", "ä", "userName;x", "\"userName\""})
    void refusesWhatCannotBeAName(String name) {
        assertThatThrownBy(() -> Projection.of(USER, "id," + name, null))
                .asInstanceOf(InstanceOfAssertFactories.type(ScimProblem.class))
                .returns(ScimProblem.Type.invalidValue, ScimProblem::type)
                .returns("attributes: " + name + " cannot name an attribute", ScimProblem::detail);
        assertThatThrownBy(() -> Projection.of(USER, null, name)).hasMessageStartingWith("excludedAttributes: ");
    }

    @Test
    void knowsWhatNeedNotBeFetched() {
        Projection all = Projection.of(USER, null, null);
        assertThat(all.wants("groups")).isTrue();
        assertThat(all.wants("password")).isFalse();
        assertThat(all.wants(ACME_URN + ":notes")).isFalse();
        assertThat(all.wants("nonsense")).isFalse();
        assertThat(all.wants(ENTERPRISE_URN)).isTrue();

        Projection few = Projection.of(USER, "userName,groups.value," + ENTERPRISE_URN + ":department", null);
        assertThat(few.wants("groups")).isTrue();
        assertThat(few.wants("groups.value")).isTrue();
        assertThat(few.wants("groups.display")).isFalse();
        assertThat(few.wants("meta")).isFalse();
        assertThat(few.wants("id")).isTrue();
        assertThat(few.wants(ENTERPRISE_URN)).isTrue();
        assertThat(few.wants(ENTERPRISE_URN + ":manager.displayName")).isFalse();
        assertThat(few.wants(ENTERPRISE_URN + ":department")).isTrue();
        assertThat(few.wants(USER_URN + ":userName")).isTrue();

        Projection without = Projection.of(USER, null, "groups," + ENTERPRISE_URN);
        assertThat(without.wants("groups")).isFalse();
        assertThat(without.wants("groups.value")).isFalse();
        assertThat(without.wants("userName")).isTrue();
        assertThat(without.wants(ENTERPRISE_URN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$A': {'Notes': 3, 'desk': {'HISTORY': 7}}}",
                "{'$A:notes': 3, '$A:desk': {'history': 7}}",
                "{'Operations': [{'op': 'add', 'path': '$A:notes'}, {'op': 'add', 'PATH': '$A:desk.history'}]}",
                "{'Operations': [{'op': 'add', 'value': {'$A:notes': 3, '$A': {'desk': {'history': 7}}}}]}"
            })
    void showsWhatIsOnlyForTheAskingToWhoWritesIt(String written) {
        ObjectNode body = body(written.replace('\'', '"'));

        ObjectNode shown = Projection.of(USER, null, null).showing(body).apply(ADA);

        assertThat(shown.get(ACME_URN)).isEqualTo(json("""
                {"badge": 1, "notes": 3, "tags": "t", "desk": {"code": 4, "floor": 6, "history": 7}}"""));
        assertThat(Projection.of(USER, "userName", null).showing(body).apply(ADA))
                .isEqualTo(shown("userName", null));
    }

    @Test
    void showsNothingMoreToWhoWritesSomethingElse() {
        ObjectNode body = body("{\"userName\": \"notes history\", \"$A\": {\"badge\": 1, \"desk\": {\"floor\": 7}}}");

        assertThat(Projection.of(USER, null, null).showing(body).apply(ADA)).isEqualTo(shown(null, null));
    }

    private static ObjectNode shown(@Nullable String attributes, @Nullable String excluded) {
        return Projection.of(
                        USER, attributes == null ? null : urns(attributes), excluded == null ? null : urns(excluded))
                .apply(ADA);
    }

    private static void remove(ObjectNode resource, String path) {
        int last = path.lastIndexOf('/');
        JsonNode holder = resource.at(path.substring(0, last));
        if (holder instanceof ObjectNode object) {
            object.remove(path.substring(last + 1));
        } else if (holder instanceof ArrayNode array) {
            array.remove(Integer.parseInt(path.substring(last + 1)));
        }
    }

    private static ResourceType user() {
        Map<String, JsonNode> files = StandardCatalog.files();
        files.put("acme.json", json("""
                {"id": "urn:example:acme", "name": "Acme", "description": "Acme.", "extends": "User", "attributes": [
                  {"name": "badge", "type": "integer", "description": "A.", "returned": "always"},
                  {"name": "pin", "type": "integer", "description": "B.", "returned": "never"},
                  {"name": "notes", "type": "integer", "description": "C.", "returned": "request"},
                  {"name": "tags", "description": "D."},
                  {"name": "desk", "type": "complex", "description": "E.", "subAttributes": [
                    {"name": "code", "type": "integer", "description": "F.", "returned": "always"},
                    {"name": "pin", "type": "integer", "description": "G.", "returned": "never"},
                    {"name": "floor", "type": "integer", "description": "H."},
                    {"name": "history", "type": "integer", "description": "I.", "returned": "request"}]}]}"""));
        return Catalog.read(files).type("User").orElseThrow();
    }

    private static ObjectNode body(String text) {
        return json(urns(text));
    }

    private static String urns(String text) {
        return text.replace("$U", USER_URN).replace("$E", ENTERPRISE_URN).replace("$A", ACME_URN);
    }
}
