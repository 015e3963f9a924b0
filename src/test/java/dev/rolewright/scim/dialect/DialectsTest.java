package dev.rolewright.scim.dialect;

import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.schema.ResourceType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectsTest {

    private static final String WORK = "emails[type eq \\\"work\\\"]";

    @Test
    void leavesWhatTheRfcAllowsAsItIs() {
        user("""
                {"op":"replace","path":"name.familyName","value":"L"},
                {"op":"add","path":"emails","value":[{"value":"a@b.test","type":"work"}]},
                {"op":"remove","path":"emails[type eq \\"home\\"]"},
                {"op":"replace","value":{"displayName":"Ada","name":{"givenName":"A"},"%s":{"department":"Ops"}}}""".formatted(ENTERPRISE_URN)).staysTheSame();
        group("""
                {"op":"remove","path":"members[value eq \\"u-17\\"]"},
                {"op":"add","path":"members","value":[{"value":"u-18","display":"ada"}]}""").staysTheSame();
    }

    @Test
    void readsOperationNamesInAnyCase() {
        user("{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"x\"}, {\"OP\":\"REMOVE\",\"Path\":\"title\"}")
                .becomes(
                        "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}, {\"OP\":\"remove\",\"Path\":\"title\"}",
                        Quirk.OP_CASE);
    }

    @Test
    void readsBooleansFromStringsOnlyWhereABooleanBelongs() {
        user("{\"op\":\"replace\",\"path\":\"active\",\"value\":\"False\"}")
                .becomes("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}", Quirk.STRING_BOOLEAN);
        user("{\"op\":\"replace\",\"value\":{\"active\":\"TRUE\",\"title\":\"True\"}}")
                .becomes("{\"op\":\"replace\",\"value\":{\"active\":true,\"title\":\"True\"}}", Quirk.STRING_BOOLEAN);
        user("{\"op\":\"add\",\"path\":\"" + WORK + ".primary\",\"value\":\"true\"}")
                .becomes("{\"op\":\"add\",\"path\":\"" + WORK + ".primary\",\"value\":true}", Quirk.STRING_BOOLEAN);
        user("{\"op\":\"replace\",\"path\":\"active\",\"value\":\"yes\"}").staysTheSame();
    }

    @Test
    void putsDottedAndQualifiedKeysWhereTheyBelong() {
        user("""
                {"op":"replace","value":{"name.familyName":"L","displayName":"A","name":{"givenName":"G"},
                  "%1$s:department":"Ops","%1$s":{"costCenter":"7"},"%1$s:manager.value":"u-1",
                  "urn:ietf:params:scim:schemas:core:2.0:User:title":"Dr"}}""".formatted(ENTERPRISE_URN)).becomes("""
                {"op":"replace","value":{"displayName":"A","name":{"givenName":"G","familyName":"L"},
                  "%s":{"costCenter":"7","department":"Ops","manager":{"value":"u-1"}},"title":"Dr"}}""".formatted(ENTERPRISE_URN), Quirk.DOTTED_KEY, Quirk.URN_KEY);
    }

    @Test
    void makesAnOperationOfAKeyThatIsAWholePath() {
        user("""
                {"op":"Replace","value":{"title":"T","%1$s.value":"a@b.test","displayName":"D","emails.type":"home"}}""".formatted(WORK)).becomes("""
                {"op":"replace","value":{"title":"T"}},
                {"op":"replace","value":"a@b.test","path":"%s.value"},
                {"op":"replace","value":{"displayName":"D"}},
                {"op":"replace","value":"home","path":"emails.type"}""".formatted(WORK), Quirk.OP_CASE, Quirk.SELECTOR_KEY);
    }

    @Test
    void countsOperationsAsTheClientDoesEvenWhenOneBecomesSeveral() {
        assertThatThrownBy(() -> patch(USER, """
                {"op":"add","value":{"title":"T","emails[type eq \\"work\\"].value":"a@b.test"}},
                {"op":"add","path":"title"}"""))
                .isInstanceOfSatisfying(
                        ScimProblem.class,
                        problem -> assertThat(problem.detail()).startsWith("Operations[1].value: "));
    }

    @Test
    void givesAUrnItsLastColonBack() {
        user("{\"op\":\"add\",\"path\":\"urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department\",\"value\":\"x\"}")
                .becomes(
                        "{\"op\":\"add\",\"path\":\"" + ENTERPRISE_URN + ":department\",\"value\":\"x\"}",
                        Quirk.MALFORMED_URN);
        user("{\"op\":\"add\",\"value\":{\"urn:ietf:params:scim:schemas:extension:enterprise:2.0User\":{\"division\":\"x\"}}}")
                .becomes(
                        "{\"op\":\"add\",\"value\":{\"" + ENTERPRISE_URN + "\":{\"division\":\"x\"}}}",
                        Quirk.MALFORMED_URN);
    }

    @Test
    void dropsTheResourcesOwnIdAndSchemasButNobodyElses() {
        group("{\"op\":\"replace\",\"value\":{\"id\":\"7a1c\",\"displayName\":\"x\"}}")
                .becomes("{\"op\":\"replace\",\"value\":{\"displayName\":\"x\"}}", Quirk.ID_IN_VALUE);
        group("{\"op\":\"replace\",\"value\":{\"id\":\"7A1C\",\"displayName\":\"x\"}}")
                .staysTheSame();
        group(
                        "{\"op\":\"replace\",\"value\":{\"schemas\":[\"URN:ietf:params:scim:schemas:core:2.0:group\"],\"displayName\":\"x\"}}")
                .becomes("{\"op\":\"replace\",\"value\":{\"displayName\":\"x\"}}", Quirk.SCHEMAS_IN_VALUE);
        group("{\"op\":\"replace\",\"value\":{\"schemas\":[\"urn:x:y\"],\"displayName\":\"x\"}}")
                .staysTheSame();
        group("{\"op\":\"replace\",\"value\":{\"id\":\"7a1c\"}}")
                .becomes("{\"op\":\"replace\",\"value\":{}}", Quirk.ID_IN_VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"u-1\"                      | {\"value\":\"u-1\"}                    | REFERENCE_AS_STRING",
                "[{\"$ref\":\"../Users/u-1\",\"value\":\"u-1\"}] | {\"$ref\":\"../Users/u-1\",\"value\":\"u-1\"} | ARRAY_FOR_SINGLE",
                "[\"u-1\"]                    | {\"value\":\"u-1\"}                    | REFERENCE_AS_STRING,ARRAY_FOR_SINGLE",
                "\"\"                         | null                                   | EMPTY_STRING_CLEARS",
                "{\"value\":\"\"}             | null                                   | EMPTY_STRING_CLEARS",
                "null                         | null                                   | NULL_CLEARS",
                "{\"value\":null}             | {\"value\":null}                       | NULL_CLEARS",
                "[null]                       | [null]                                 |",
                "[{\"value\":\"a\"},{\"value\":\"b\"}] | [{\"value\":\"a\"},{\"value\":\"b\"}] |",
                "7                            | 7                                      |"
            })
    void readsEveryShapeOfAManager(String sent, String read, String quirks) {
        String operation = "{\"op\":\"replace\",\"path\":\"" + ENTERPRISE_URN + ":manager\",\"value\":%s}";

        user(operation.formatted(sent)).becomes(operation.formatted(read), quirks(quirks));
    }

    @Test
    void doesNotLetAddClearAnything() {
        user("{\"op\":\"add\",\"path\":\"" + ENTERPRISE_URN + ":manager\",\"value\":\"\"}")
                .staysTheSame();
        user("{\"op\":\"add\",\"path\":\"" + ENTERPRISE_URN + ":manager\",\"value\":null}")
                .becomes(
                        "{\"op\":\"add\",\"path\":\"" + ENTERPRISE_URN + ":manager\",\"value\":null}",
                        Quirk.NULL_IGNORED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"$ref\":null,\"value\":\"u\"}] | [{\"$ref\":null,\"value\":\"u\"}] | NULL_IGNORED,REMOVE_WITH_VALUE",
                "{\"value\":\"u\"}                 | [{\"value\":\"u\"}]               | SINGLE_FOR_ARRAY,REMOVE_WITH_VALUE",
                "\"u\"                             | [{\"value\":\"u\"}] | REFERENCE_AS_STRING,SINGLE_FOR_ARRAY,REMOVE_WITH_VALUE",
                "[\"u\",\"v\"]                     | [{\"value\":\"u\"},{\"value\":\"v\"}] | REFERENCE_AS_STRING,REMOVE_WITH_VALUE",
                "[]                                | []                                |",
                "null                              | null                              |"
            })
    void readsRemovalOfListedMembersAndNeverAnEmptyListAsAll(String sent, String read, String quirks) {
        String operation = "{\"op\":\"remove\",\"path\":\"members\",\"value\":%s}";

        group(operation.formatted(sent)).becomes(operation.formatted(read), quirks(quirks));
    }

    @Test
    void wrapsASingleMemberToAddButNeverOneToReplaceAll() {
        group("{\"op\":\"add\",\"path\":\"members\",\"value\":{\"value\":\"u\"}}")
                .becomes("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"u\"}]}", Quirk.SINGLE_FOR_ARRAY);
        group("{\"op\":\"replace\",\"path\":\"members\",\"value\":{\"value\":\"u\"}}")
                .staysTheSame();
        group("{\"op\":\"replace\",\"value\":{\"members\":{\"value\":\"u\"}}}").staysTheSame();
    }

    @Test
    void readsSelectorsWithoutQuotesAndWithQuotedBooleans() {
        user("{\"op\":\"add\",\"path\":\"roles[primary eq \\\"True\\\"].value\",\"value\":\"r\"}")
                .becomes(
                        "{\"op\":\"add\",\"path\":\"roles[primary eq true].value\",\"value\":\"r\"}",
                        Quirk.STRING_BOOLEAN_IN_FILTER);
        user("{\"op\":\"remove\",\"path\":\"emails[type eq work and primary eq False]\"}")
                .becomes(
                        "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\" and primary eq false]\"}",
                        Quirk.UNQUOTED_FILTER_VALUE,
                        Quirk.FILTER_LITERAL_CASE);
        user("{\"op\":\"remove\",\"path\":\"roles[display eq \\\"True\\\"]\"}").staysTheSame();
    }

    @Test
    void readsARoleFromJsonInsideAString() {
        user("""
                {"op":"add","path":"roles","value":[{"value":"{\\"id\\":\\"r-1\\",\\"value\\":\\"reader\\",\\"displayName\\":\\"Reader\\"}"},
                  {"value":"{not json"},{"value":"plain","primary":"True"}]}""").becomes("""
                {"op":"add","path":"roles","value":[{"value":"reader","display":"Reader"},
                  {"value":"{not json"},{"value":"plain","primary":true}]}""", Quirk.STRING_BOOLEAN, Quirk.JSON_IN_STRING);
    }

    @Test
    void notesPasswordsAndLeavesThemToTheCore() {
        user("{\"op\":\"replace\",\"value\":{\"password\":\"s3cret\"}}")
                .becomes("{\"op\":\"replace\",\"value\":{\"password\":\"s3cret\"}}", Quirk.PASSWORD);
        user("{\"op\":\"replace\",\"path\":\"password\",\"value\":\"s3cret\"}")
                .becomes("{\"op\":\"replace\",\"path\":\"password\",\"value\":\"s3cret\"}", Quirk.PASSWORD);
    }

    @Test
    void refusesOneAttributeInTwoSpellings() {
        assertThatThrownBy(() -> patch(
                        USER, "{\"op\":\"add\",\"value\":{\"name\":{\"familyName\":\"A\"},\"name.familyName\":\"B\"}}"))
                .hasMessage("familyName: given twice, in different spellings");
        assertThatThrownBy(() -> patch(USER, "{\"op\":\"add\",\"value\":{\"title\":\"A\",\"Title\":\"B\"}}"))
                .hasMessage("title: given twice, in different spellings");
        assertThatThrownBy(
                        () -> patch(USER, "{\"op\":\"replace\",\"value\":{\"name\":null,\"name.familyName\":\"B\"}}"))
                .hasMessage("name: given twice, in different spellings");
    }

    @Test
    void addsMissingSchemas() {
        ObjectNode bare = json("{\"Operations\":[]}");

        Normalised<ObjectNode> read = Dialects.patch(USER, "7a1c", bare);

        assertThat(read.value()).isEqualTo(json("{\"Operations\":[],\"schemas\":[\"" + PatchParser.URN + "\"]}"));
        assertThat(read.quirks()).containsExactly(Quirk.MISSING_SCHEMAS);
        assertThat(bare).isEqualTo(json("{\"Operations\":[]}"));
    }

    @Test
    void leavesShapesItDoesNotKnowToTheCore() {
        for (String operations :
                new String[] {"[7,null,[],{}]", "{}", "null", "[{\"op\":7,\"path\":[],\"value\":{}}]"}) {
            ObjectNode body = json("{\"schemas\":[\"" + PatchParser.URN + "\"],\"Operations\":" + operations + "}");

            assertThat(Dialects.patch(USER, "7a1c", body)).isEqualTo(new Normalised<>(body, List.of()));
        }
    }

    static Quirk[] quirks(String names) {
        return names == null || names.isBlank()
                ? new Quirk[0]
                : Arrays.stream(names.split(",")).map(Quirk::valueOf).toArray(Quirk[]::new);
    }

    private static Reading user(String operations) {
        return patch(USER, operations);
    }

    private static Reading group(String operations) {
        return patch(GROUP, operations);
    }

    private static Reading patch(ResourceType type, String operations) {
        ObjectNode sent = body(operations);
        ObjectNode copy = sent.deepCopy();
        Normalised<ObjectNode> read = Dialects.patch(type, "7a1c", sent);
        assertThat(sent).as("what was sent").isEqualTo(copy);
        return new Reading(sent, read);
    }

    private static ObjectNode body(String operations) {
        return json("{\"schemas\":[\"" + PatchParser.URN + "\"],\"Operations\":[" + operations + "]}");
    }

    private record Reading(ObjectNode sent, Normalised<ObjectNode> read) {

        void becomes(String operations, Quirk... quirks) {
            assertThat(read.value()).isEqualTo(body(operations));
            assertThat(read.quirks()).containsExactlyElementsOf(set(quirks));
        }

        void staysTheSame() {
            assertThat(read.value()).isEqualTo(sent);
            assertThat(read.quirks()).isEmpty();
        }

        private static Set<Quirk> set(Quirk... quirks) {
            return quirks.length == 0 ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(Arrays.asList(quirks));
        }
    }
}
