package dev.rolewright.scim.dialect;

import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP_URN;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.USER_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceDialectTest {

    @Test
    void leavesASoundResourceAsItIs() {
        String body = """
                {"schemas":["%s","%s"],"userName":"ada","active":true,"name":{"givenName":"A"},
                 "emails":[{"value":"a@b.test","primary":true}],"%2$s":{"manager":{"value":"u-1"}}}""".formatted(USER_URN, ENTERPRISE_URN);

        user(body, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"active\":\"False\" | \"active\":false | STRING_BOOLEAN",
                "\"emails\":{\"value\":\"a\",\"primary\":\"TRUE\"} | \"emails\":[{\"value\":\"a\",\"primary\":true}] | STRING_BOOLEAN,SINGLE_FOR_ARRAY",
                "\"emails\":[{\"value\":\"a\",\"display\":null}] | \"emails\":[{\"value\":\"a\",\"display\":null}] | NULL_IGNORED",
                "\"title\":null | \"title\":null | NULL_IGNORED",
                "\"title\":[\"Dr\"] | \"title\":\"Dr\" | ARRAY_FOR_SINGLE",
                "\"ENT\":{\"manager\":\"u-1\"} | \"ENT\":{\"manager\":{\"value\":\"u-1\"}} | REFERENCE_AS_STRING",
                "\"ENT\":{\"manager\":\"\"} | \"ENT\":{\"manager\":null} | EMPTY_STRING_CLEARS",
                "\"ENT:department\":\"D\",\"name.givenName\":\"G\" | \"ENT\":{\"department\":\"D\"},\"name\":{\"givenName\":\"G\"} | DOTTED_KEY,URN_KEY",
                "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0User\":{\"division\":\"V\"} | \"ENT\":{\"division\":\"V\"} | MALFORMED_URN",
                "\"urn:other:1.0:User\":{\"x\":1},\"urn:other:y\":2 | | FOREIGN_EXTENSION",
                "\"shoeSize\":44,\"name\":{\"nick\":\"N\",\"givenName\":\"G\"} | \"name\":{\"givenName\":\"G\"} | UNKNOWN_ATTRIBUTE",
                "\"ENT\":{\"boss\":\"x\",\"division\":\"V\"} | \"ENT\":{\"division\":\"V\"} | UNKNOWN_ATTRIBUTE",
                "\"id\":\"x\",\"meta\":{\"resourceType\":\"User\"},\"groups\":[] | \"id\":\"x\",\"meta\":{\"resourceType\":\"User\"},\"groups\":[] | READ_ONLY_ECHO",
                "\"password\":\"s3cret\" | \"password\":\"s3cret\" | PASSWORD",
                "\"roles\":[{\"value\":\"{\\\"value\\\":\\\"r\\\"}\"}] | \"roles\":[{\"value\":\"r\"}] | JSON_IN_STRING",
                "\"UserName\":\"bob\" | \"userName\":\"bob\" | ",
            })
    void normalises(String sent, String read, String quirks) {
        String template = "{\"schemas\":[\"" + USER_URN + "\"]%s%s}";

        user(
                template.formatted(",", sent),
                template.formatted(read == null ? "" : ",", read == null ? "" : read),
                quirks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"CORE\",\"http://schemas.example/ADSCIM/2.0/Group\"] | [\"CORE\"] | FOREIGN_SCHEMA",
                "[\"http://schemas.example/ADSCIM/2.0/Group\"] | [\"http://schemas.example/ADSCIM/2.0/Group\"] | ",
                "[] | [] | ",
                "[\"CORE\",7] | [\"CORE\",7] | ",
                "\"CORE\" | \"CORE\" | ",
                "null | [\"CORE\"] | MISSING_SCHEMAS,NULL_IGNORED",
            })
    void keepsKnownSchemasAndInventsOneOnlyWhereNoneIsNamed(String sent, String read, String quirks) {
        String template = "{\"schemas\":%s,\"displayName\":\"g\"}";

        check(
                GROUP,
                template.formatted(sent).replace("CORE", GROUP_URN),
                template.formatted(read).replace("CORE", GROUP_URN),
                quirks);
    }

    @Test
    void whatItMakesOfAnEchoIsTakenIn() {
        ObjectNode echo = json("""
                {"id":"1","userName":"ada","groups":[{"value":"g"}],"meta":{"version":"W/\\"1\\""},"x":1,"password":"p",
                 "urn:okta:x":{"y":1},"emails":{"value":"a@b.test","verified":true},"active":"True"}""");

        ObjectNode document = Intake.create(USER, Dialects.resource(USER, echo).value());

        assertThat(document)
                .isEqualTo(json("{\"userName\":\"ada\",\"emails\":[{\"value\":\"a@b.test\"}],\"active\":true}"));
    }

    @Test
    void refusesOneAttributeInTwoSpellings() {
        assertThatThrownBy(() ->
                        Dialects.resource(USER, json("{\"name\":{\"givenName\":\"A\"},\"name.givenName\":\"B\"}")))
                .hasMessage("givenName: given twice, in different spellings");
        assertThatThrownBy(() -> Dialects.resource(USER, json("{\"title\":\"A\",\"TITLE\":\"B\"}")))
                .hasMessage("title: given twice, in different spellings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "userName eq \"Ada L\" and active eq true | userName eq \"Ada L\" and active eq true | ",
                "externalId eq jyoung | externalId eq \"jyoung\" | UNQUOTED_FILTER_VALUE",
                "externalId eq 9c4e-oid and userName sw ada@x.test | externalId eq \"9c4e-oid\" and userName sw \"ada@x.test\" | UNQUOTED_FILTER_VALUE",
                "externalId eq 4711 | externalId eq \"4711\" | UNQUOTED_FILTER_VALUE",
                "externalId eq 007 | externalId eq \"007\" | UNQUOTED_FILTER_VALUE",
                "(title eq x or not (nickName eq y)) | (title eq \"x\" or not (nickName eq \"y\")) | UNQUOTED_FILTER_VALUE",
                "active eq True and title ne NULL | active eq true and title ne null | FILTER_LITERAL_CASE",
                "active eq \"False\" | active eq false | STRING_BOOLEAN_IN_FILTER",
                "title eq \"False\" | title eq \"False\" | ",
                "emails[type eq \"work\"].value eq \"x\" | emails[type eq \"work\"].value eq \"x\" | SUB_AFTER_SELECTOR",
                "emails[primary eq \"true\"].value pr | emails[primary eq true and value pr] | STRING_BOOLEAN_IN_FILTER,SUB_AFTER_SELECTOR",
                "emails[type eq work and value pr] | emails[type eq \"work\" and value pr] | UNQUOTED_FILTER_VALUE",
                "manager eq \"u-1\" | ENT:manager eq \"u-1\" | BARE_EXTENSION_ATTRIBUTE",
                "department eq D and manager.value pr | ENT:department eq \"D\" and ENT:manager.value pr | UNQUOTED_FILTER_VALUE,BARE_EXTENSION_ATTRIBUTE",
                "shoeSize eq 44 | shoeSize eq 44 | ",
                "title eq \"unclosed and x eq y | title eq \"unclosed and x eq y | ",
                "title eq | title eq | ",
                "title eq a\"b | title eq a\"b | ",
                "title like x | title like x | ",
                "title eq \"back\\\\\" and nickName eq x | title eq \"back\\\\\" and nickName eq \"x\" | UNQUOTED_FILTER_VALUE",
                "title eq \"a\\\" and nickName eq b c\" | title eq \"a\\\" and nickName eq b c\" | ",
                "pr pr and eq eq eq | pr pr and eq eq \"eq\" | UNQUOTED_FILTER_VALUE",
                "`` | `` | ",
            })
    void repairsFilters(String sent, String read, String quirks) {
        Normalised<String> filter = Dialects.filter(List.of(USER), sent);

        assertThat(filter.value()).isEqualTo(read.replace("ENT", ENTERPRISE_URN));
        assertThat(filter.quirks()).containsExactly(DialectsTest.quirks(quirks));
    }

    @Test
    void qualifiesOnlyWhatOneExtensionAloneCanMean() {
        assertThat(Dialects.filter(List.of(GROUP), "manager eq \"u-1\"").quirks())
                .isEmpty();
        assertThat(Dialects.filter(List.of(USER, GROUP), "manager eq \"u-1\"").quirks())
                .containsExactly(Quirk.BARE_EXTENSION_ATTRIBUTE);
    }

    /// One member where all of them belong may be a slip; the strict core refuses it rather than empty the group.
    @Test
    void neverReadsOneMemberAsAllOfThem() {
        String body = """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"g","members":{"value":"u"}}""";

        ObjectNode read = Dialects.resource(GROUP, json(body)).value();

        assertThat(read).isEqualTo(json(body));
        assertThatThrownBy(() -> Intake.create(GROUP, read))
                .isInstanceOfSatisfying(
                        ScimProblem.class,
                        problem -> assertThat(problem.detail()).startsWith("members:"));
    }

    private static void user(String sent, String read) {
        check(USER, sent, read, "");
    }

    private static void user(String sent, String read, String quirks) {
        check(USER, sent.replace("ENT", ENTERPRISE_URN), read.replace("ENT", ENTERPRISE_URN), quirks);
    }

    private static void check(ResourceType type, String sent, String read, String quirks) {
        ObjectNode body = json(sent);
        ObjectNode untouched = body.deepCopy();

        Normalised<ObjectNode> resource = Dialects.resource(type, body);

        assertThat(resource.value()).isEqualTo(json(read));
        assertThat(resource.quirks()).containsExactly(DialectsTest.quirks(quirks));
        assertThat(body).isEqualTo(untouched);
    }
}
