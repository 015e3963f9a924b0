package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.AcmeCatalog.ACME_URN;
import static dev.rolewright.scim.schema.AcmeCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP_URN;
import static dev.rolewright.scim.schema.StandardCatalog.USER_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `$U`, `$E`, `$A` and `$G` stand for the URNs of User, EnterpriseUser, Acme's extension and Group.
class IntakeTest {

    private static final String ADA = "\"schemas\": [\"$U\"], \"userName\": \"ada\"";

    @Test
    void keepsWhatTheSchemasDefineInTheirSpelling() {
        ObjectNode document = Intake.create(USER, body("""
                {"SCHEMAS": ["$U", "$E"], "USERNAME": "Ada", "externalid": "x1", "name": {"FAMILYNAME": "Lovelace"},
                 "$U:nickName": "Countess", "emails": [{"VALUE": "ada@example.org", "Primary": true}],
                 "$E": {"Department": "Ops"}, "active": false}"""));

        assertThat(document).isEqualTo(body("""
                {"userName": "Ada", "externalId": "x1", "name": {"familyName": "Lovelace"}, "nickName": "Countess",
                 "emails": [{"value": "ada@example.org", "primary": true}], "active": false,
                 "$E": {"department": "Ops"}}"""));
    }

    @Test
    void leavesTheBodyAsItIs() {
        ObjectNode body = body("{" + ADA + ", \"emails\": [{\"value\": \"a\", \"display\": null}]}");
        ObjectNode copy = body.deepCopy();

        Intake.create(USER, body);

        assertThat(body).isEqualTo(copy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # readOnly and writeOnly
            "id": "7", "meta": {"version": 7}, "groups": "none"            | {}
            "password": "hunter2"                                          | {}
            "$E": {"manager": {"value": "7", "displayName": "G", "$ref": 7}} | {"$E": {"manager": {"value": "7"}}}
            # null, empty array and empty object mean absent (RFC 7643 §2.5)
            "title": null, "emails": null, "roles": [], "name": {}         | {}
            "name": {"givenName": null}, "$E": {}, "$A": null              | {}
            "emails": [{}, {"value": null}]                                | {}
            "emails": [{"value": "a", "display": null}]                    | {"emails": [{"value": "a"}]}
            "title": ""                                                    | {"title": ""}
            # schemas of others
            "urn:example:other": {"a": 1}, "urn:example:other:b": [2]      | {}
            # an extension, inside its URN or behind it, named in `schemas` or not
            "$E": {"department": "Ops"}                                    | {"$E": {"department": "Ops"}}
            "$E:department": "Ops", "$E": {"division": "West"}             | {"$E": {"department": "Ops", "division": "West"}}
            # once is enough (RFC 7643 §2.4)
            "emails": [{"value": "a"}, {"value": "a"}, {"value": "b"}]     | {"emails": [{"value": "a"}, {"value": "b"}]}
            # canonicalValues are suggestions
            "emails": [{"value": "a", "type": "Ferry"}]                    | {"emails": [{"value": "a", "type": "Ferry"}]}
            # types
            "$A": {"level": 7, "score": 7.50}                             | {"$A": {"level": 7, "score": 7.5}}
            "$A": {"level": 9223372036854775807, "score": 7.0}            | {"$A": {"level": 9223372036854775807, "score": 7}}
            "$A": {"hired": "2026-11-21T01:20:27+01:00"}                   | {"$A": {"hired": "2026-11-21T01:20:27+01:00"}}
            "x509Certificates": [{"value": "TUk="}, {"value": "TUk"}]      | {"x509Certificates": [{"value": "TUk="}]}
            "profileUrl": "../people/ada?x=1#top"                          | {"profileUrl": "../people/ada?x=1#top"}
            "displayName": "Ada 👩‍💻"                                       | {"displayName": "Ada 👩‍💻"}
            """)
    void makesDocumentsCanonical(String fields, String document) {
        ObjectNode created = Intake.create(USER, body("{" + ADA + ", " + fields + "}"));

        ObjectNode expected = body(document);
        expected.put("userName", "ada").put("active", true);
        assertThat(created).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # schemas
            {"userName": "ada"}                              | invalidSyntax | schemas: must name $U
            {"schemas": null, "userName": "ada"}             | invalidSyntax | schemas: must be an array of URNs
            {"schemas": "$U", "userName": "ada"}             | invalidSyntax | schemas: must be an array of URNs
            {"schemas": ["$U", 7], "userName": "ada"}        | invalidSyntax | schemas: must be an array of URNs
            {"schemas": ["$G"], "userName": "ada"}           | invalidSyntax | schemas: must name $U
            {"schemas": ["$U"], "Schemas": ["$U"]}           | invalidSyntax | schemas: is there twice; names ignore case
            # required
            {"schemas": ["$U"]}                              | invalidValue  | userName: is required
            {"schemas": ["$U"], "userName": null}            | invalidValue  | userName: is required
            {"schemas": ["$U"], "userName": " "}             | invalidValue  | userName: must not be empty
            # names
            {ADA, "nick": "x"}                               | invalidSyntax | nick: no schema of User has such an attribute
            {ADA, "name.givenName": "x"}                     | invalidSyntax | name.givenName: no schema of User has such an attribute
            {ADA, "$U": {"title": "x"}}                      | invalidSyntax | $U: no schema of User has such an attribute
            {ADA, "$U:nick": "x"}                            | invalidSyntax | $U:nick: no schema of User has such an attribute
            {ADA, "$E:nick": "x"}                            | invalidSyntax | $E:nick: no schema of User has such an attribute
            {ADA, "$E": {"nick": "x"}}                       | invalidSyntax | $E:nick: no schema of User has such an attribute
            {ADA, "name": {"nick": "x"}}                     | invalidSyntax | name.nick: no such sub-attribute is defined
            {ADA, "title": "x", "TITLE": "x"}                | invalidSyntax | title: is there twice; names ignore case
            {ADA, "title": "x", "$U:title": "x"}             | invalidSyntax | title: is there twice; names ignore case
            {ADA, "id": "x", "ID": "x"}                      | invalidSyntax | id: is there twice; names ignore case
            {ADA, "$E": {"division": "x"}, "$E:DIVISION": 1} | invalidSyntax | $E:division: is there twice; names ignore case
            {ADA, "name": {"givenName": "x", "givenname": null}} | invalidSyntax | name.givenName: is there twice; names ignore case
            # shapes
            {ADA, "title": 7}                                | invalidValue  | title: must be a string
            {ADA, "title": ["x"]}                            | invalidValue  | title: must be a string
            {ADA, "active": "true"}                          | invalidValue  | active: must be true or false
            {ADA, "name": "Ada"}                             | invalidValue  | name: must be an object
            {ADA, "emails": {"value": "a"}}                  | invalidValue  | emails: must be an array
            {ADA, "emails": [{"value": "a"}, "b"]}           | invalidValue  | emails[1]: must be an object
            {ADA, "emails": [null]}                          | invalidValue  | emails[0]: must not be null
            {ADA, "emails": [{"value": 7}]}                  | invalidValue  | emails[0].value: must be a string
            {ADA, "$E": "x"}                                 | invalidValue  | $E: must be an object
            {ADA, "$E": {"manager": "7"}}                    | invalidValue  | $E:manager: must be an object
            {ADA, "$E": {"manager": {"value": 7}}}           | invalidValue  | $E:manager.value: must be a string
            {ADA, "password": 7}                             | invalidValue  | password: must be a string
            {ADA, "profileUrl": "a b"}                       | invalidValue  | profileUrl: must be a URI
            {ADA, "x509Certificates": [{"value": "a-_b"}]}   | invalidValue  | x509Certificates[0].value: must be base64
            {ADA, "$A": {"level": "7"}}                      | invalidValue  | $A:level: must be a whole number
            {ADA, "$A": {"level": 7.0}}                      | invalidValue  | $A:level: must be a whole number
            {ADA, "$A": {"level": 9223372036854775808}}      | invalidValue  | $A:level: must fit into 64 bits
            {ADA, "$A": {"score": "7"}}                     | invalidValue  | $A:score: must be a number
            {ADA, "$A": {"score": 1e400}}                   | invalidValue  | $A:score: must have at most 40 digits and the range of a double
            {ADA, "$A": {"score": 1e-999999999}}            | invalidValue  | $A:score: must have at most 40 digits and the range of a double
            {ADA, "$A": {"score": 0.12345678901234567890123456789012345678901}} | invalidValue | $A:score: must have at most 40 digits and the range of a double
            {ADA, "$A": {"hired": "2026-11-21T00:20:27"}}    | invalidValue  | $A:hired: must be a dateTime with a time zone, such as 2026-11-21T00:20:27Z
            {ADA, "$A": {"hired": 7}}                        | invalidValue  | $A:hired: must be a dateTime with a time zone, such as 2026-11-21T00:20:27Z
            # what the store could not keep
            {ADA, "title": "a\\u0000b"}                      | invalidValue  | title: must not contain U+0000 or half a surrogate pair
            {ADA, "title": "a\\ud800"}                       | invalidValue  | title: must not contain U+0000 or half a surrogate pair
            {ADA, "title": "\\ud800a"}                       | invalidValue  | title: must not contain U+0000 or half a surrogate pair
            {ADA, "title": "\\udc00\\ud800"}                 | invalidValue  | title: must not contain U+0000 or half a surrogate pair
            # primary
            {ADA, "emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]} | invalidValue | emails: only one value may be primary
            """)
    void refusesWithAttributeAndRule(String content, ScimProblem.Type scimType, String detail) {
        ObjectNode body = body(content.replace("{ADA", "{" + ADA));

        assertThatThrownBy(() -> Intake.create(USER, body))
                .asInstanceOf(InstanceOfAssertFactories.type(ScimProblem.class))
                .returns(scimType, ScimProblem::type)
                .returns(urns(detail), ScimProblem::detail);
    }

    @Test
    void neverRepeatsMoreThanTheBeginningOfANameItDoesNotKnow() {
        ObjectNode body = body("{" + ADA + "}").put("x".repeat(5_000), 1);

        assertThatThrownBy(() -> Intake.create(USER, body))
                .hasMessageContaining("x".repeat(100) + "…")
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void aNewUserIsActiveUnlessTheBodySaysOtherwise() {
        assertThat(Intake.create(USER, body("{" + ADA + "}")).get("active").booleanValue())
                .isTrue();
        assertThat(Intake.create(USER, body("{" + ADA + ", \"active\": null}"))
                        .get("active")
                        .booleanValue())
                .isTrue();
        assertThat(Intake.create(USER, body("{" + ADA + ", \"active\": false}"))
                        .get("active")
                        .booleanValue())
                .isFalse();
        assertThat(Intake.create(GROUP, body("{\"schemas\": [\"$G\"], \"displayName\": \"x\"}")))
                .isEqualTo(json("{\"displayName\": \"x\"}"));
    }

    @Test
    void aMemberIsWhatItsValueSays() {
        ObjectNode document = Intake.create(GROUP, body("""
                {"schemas": ["$G"], "displayName": "g", "members": [
                  {"value": "u-1", "$ref": null, "display": "Ada", "type": "Robot"}, {"value": "u-2"}]}"""));

        assertThat(document)
                .isEqualTo(json("{\"displayName\": \"g\", \"members\": [{\"value\": \"u-1\"}, {\"value\": \"u-2\"}]}"));
        ObjectNode nobody = body("{\"schemas\": [\"$G\"], \"displayName\": \"g\", \"members\": [{\"$ref\": \"/x\"}]}");
        assertThatThrownBy(() -> Intake.create(GROUP, nobody)).hasMessage("members[0].value: is required");
    }

    @Test
    void aRequiredExtensionMustBeThere() {
        ResourceType strict = new ResourceType(
                USER.name(),
                USER.endpoint(),
                USER.description(),
                USER.core(),
                USER.extensions().stream()
                        .map(extension -> new ResourceType.Extension(extension.schema(), true))
                        .toList());

        assertThatThrownBy(() -> Intake.create(strict, body("{" + ADA + "}"))).hasMessageEndingWith("is required");
        ObjectNode stored = json("{\"userName\": \"ada\"}");
        assertThat(Intake.check(strict, stored.deepCopy().put("active", false), stored))
                .isEqualTo(json("{\"userName\": \"ada\", \"active\": false}"));
    }

    @Test
    void aReplacementKeepsOnlyWhatItSays() {
        ObjectNode current = body("{\"userName\": \"ada\", \"title\": \"x\", \"$E\": {\"division\": \"West\"}}");

        ObjectNode document = Intake.replace(USER, body("{" + ADA + ", \"nickName\": \"y\"}"), current);

        assertThat(document).isEqualTo(json("{\"userName\": \"ada\", \"nickName\": \"y\"}"));
    }

    @Test
    void aReplacementWithoutActiveNeitherSuspendsNorReactivates() {
        ObjectNode current = json("{\"userName\": \"ada\", \"active\": false}");

        assertThat(Intake.replace(USER, body("{" + ADA + "}"), current)).isEqualTo(current);
        assertThat(Intake.replace(USER, body("{" + ADA + ", \"active\": null}"), current))
                .isEqualTo(current);
        assertThat(Intake.replace(USER, body("{" + ADA + ", \"active\": true}"), current)
                        .get("active")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void aReplacementCannotAlterWhatIsImmutable() {
        ObjectNode current = body("""
                {"userName": "ada", "$A": {"badge": 7, "desk": {"floor": 3, "seat": "B"}, "quota": 5}}""");

        assertThat(Intake.replace(STRICT, body("{" + ADA + "}"), current)).isEqualTo(body("""
                {"userName": "ada", "$A": {"badge": 7, "desk": {"floor": 3}, "quota": 5}}"""));
        assertThat(Intake.replace(STRICT, body("{" + ADA + ", \"$A\": {\"badge\": 7, \"quota\": 6}}"), current))
                .isEqualTo(body("""
                {"userName": "ada", "$A": {"badge": 7, "desk": {"floor": 3}, "quota": 5}}"""));
        assertThatThrownBy(() -> Intake.replace(STRICT, body("{" + ADA + ", \"$A\": {\"badge\": 8}}"), current))
                .asInstanceOf(InstanceOfAssertFactories.type(ScimProblem.class))
                .returns(ScimProblem.Type.mutability, ScimProblem::type)
                .returns(ACME_URN + ":badge: is immutable and has another value already", ScimProblem::detail);
        assertThatThrownBy(() ->
                        Intake.replace(STRICT, body("{" + ADA + ", \"$A\": {\"desk\": {\"floor\": 4}}}"), current))
                .hasMessage(ACME_URN + ":desk.floor: is immutable and has another value already");
        assertThat(Intake.replace(
                        STRICT, body("{" + ADA + ", \"$A\": {\"badge\": 8}}"), json("{\"userName\": \"ada\"}")))
                .isEqualTo(body("{\"userName\": \"ada\", \"$A\": {\"badge\": 8}}"));
    }

    @Test
    void anImmutableTextThatIgnoresCaseMayComeBackInAnotherCase() {
        ObjectNode current = body("{\"userName\": \"ada\", \"$A\": {\"team\": \"Blue\"}}");

        assertThat(Intake.replace(STRICT, body("{" + ADA + ", \"$A\": {\"team\": \"BLUE\"}}"), current))
                .isEqualTo(current);
    }

    @Test
    void aChangedDocumentIsCheckedWhereItChanged() {
        ObjectNode before = body("""
                {"userName": "ada", "badge": "from a schema of last year", "$E": {"division": "West"},
                 "title": 7, "urn:example:gone": {"a": 1}}""");
        ObjectNode after = before.deepCopy().put("active", false).put("password", "hunter2");
        after.withObjectProperty(ENTERPRISE_URN).putNull("division").put("department", "Ops");
        after.set("emails", json("{\"e\": []}").get("e"));

        ObjectNode checked = Intake.check(USER, after, before);

        assertThat(checked).isEqualTo(body("""
                {"userName": "ada", "badge": "from a schema of last year", "$E": {"department": "Ops"},
                 "title": 7, "urn:example:gone": {"a": 1}, "active": false}"""));
    }

    @Test
    void nobodyIsLetInAgainByTakingActiveAway() {
        ObjectNode before = json("{\"userName\": \"ada\", \"active\": false}");
        ObjectNode after = json("{\"userName\": \"ada\"}");

        assertThatThrownBy(() -> Intake.check(USER, after, before))
                .hasMessage("active: must be set to true or false, not removed");
        assertThat(Intake.check(USER, after, after)).isEqualTo(after);
    }

    @Test
    void aChangedDocumentIsRefusedForItsChanges() {
        ObjectNode before = json("{\"userName\": \"ada\", \"title\": 7}");

        assertThatThrownBy(() -> Intake.check(USER, before.deepCopy().put("title", 8), before))
                .hasMessage("title: must be a string");
        assertThatThrownBy(() -> Intake.check(USER, json("{\"title\": 7}"), before))
                .hasMessage("userName: is required");
        assertThatThrownBy(() -> Intake.check(USER, before.deepCopy().put("nick", 8), before))
                .hasMessage("nick: no schema of User has such an attribute");
        assertThatThrownBy(() -> Intake.check(USER, before.deepCopy().put(ENTERPRISE_URN, 8), before))
                .hasMessage(ENTERPRISE_URN + ": must be an object");
        ObjectNode manager = before.deepCopy();
        manager.putObject(ENTERPRISE_URN).put("manager", "u-1");
        assertThatThrownBy(() -> Intake.check(USER, manager, before))
                .hasMessage(ENTERPRISE_URN + ":manager: must be an object");
        ObjectNode schemas = before.deepCopy();
        schemas.putArray("schemas").add(USER_URN);
        assertThatThrownBy(() -> Intake.check(USER, schemas, before))
                .asInstanceOf(InstanceOfAssertFactories.type(ScimProblem.class))
                .returns(ScimProblem.Type.mutability, ScimProblem::type);
    }

    @Test
    void checksOneValueForAPatch() {
        Attribute emails = USER.core().attribute("emails").orElseThrow();
        ArrayNode two = (ArrayNode)
                json("{\"v\": [{\"VALUE\": \"a\"}, {\"value\": null}]}").get("v");

        assertThat(Intake.value(emails, two, "Operations[0].value"))
                .contains(json("{\"v\": [{\"value\": \"a\"}]}").get("v"));
        assertThat(Intake.element(emails, two.get(0), "x")).contains(json("{\"value\": \"a\"}"));
        assertThat(Intake.element(emails, two.get(1), "x")).isEmpty();
        assertThat(Intake.value(emails, json("{\"v\": null}").get("v"), "x")).isEmpty();
        assertThatThrownBy(() -> Intake.value(emails, TextNode.valueOf("a"), "Operations[0].value"))
                .hasMessage("Operations[0].value: must be an array");
        assertThatThrownBy(() -> Intake.element(emails, TextNode.valueOf("a"), "Operations[0].value"))
                .hasMessage("Operations[0].value: must be an object");
    }

    /// Acme's extension with some attributes that cannot be changed.
    private static final ResourceType STRICT = strict();

    private static ResourceType strict() {
        var files = StandardCatalog.files();
        files.put("acme.json", json("""
                {"id": "%s", "name": "Acme", "description": "Acme.", "extends": "User", "attributes": [
                  {"name": "badge", "type": "integer", "description": "A.", "mutability": "immutable"},
                  {"name": "team", "description": "B.", "mutability": "immutable"},
                  {"name": "quota", "type": "integer", "description": "C.", "mutability": "readOnly"},
                  {"name": "desk", "type": "complex", "description": "D.", "subAttributes": [
                    {"name": "floor", "type": "integer", "description": "E.", "mutability": "immutable"},
                    {"name": "seat", "description": "F."}]}]}""".formatted(ACME_URN)));
        return Catalog.read(files).type("User").orElseThrow();
    }

    private static ObjectNode body(String text) {
        return json(urns(text));
    }

    private static String urns(String text) {
        return text.replace("$U", USER_URN)
                .replace("$E", ENTERPRISE_URN)
                .replace("$A", ACME_URN)
                .replace("$G", GROUP_URN);
    }
}
