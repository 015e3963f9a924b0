package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ENTERPRISE;
import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.scim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The extension that the how-to tells a company to write, put into a directory as the how-to says: it is validated,
/// stored, filterable and advertised, without a line of code.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnAttributesFlowTest.WithStaff.class)
class OwnAttributesFlowTest {

    private static final String STAFF = "urn:example:acme:scim:2.0:Staff";

    @Test
    void isAdvertised() {
        scim().get(ROOT + "/Schemas/" + STAFF)
                .then()
                .statusCode(200)
                .body("name", equalTo("Staff"))
                .body("attributes.name", contains("badge", "clearance", "hired", "sites"))
                .body("attributes[0].caseExact", equalTo(true))
                .body("$", not(hasKey("extends")));
        scim().get(ROOT + "/Schemas").then().statusCode(200).body("Resources.id", hasItem(STAFF));
        scim().get(ROOT + "/ResourceTypes/User")
                .then()
                .statusCode(200)
                .body("schemaExtensions.schema", containsInAnyOrder(STAFF, ENTERPRISE, LoginFeedback.URN))
                .body("schemaExtensions.required", everyItem(is(false)));
    }

    @Test
    void isStoredFoundSortedAndPatched() {
        String ada = created("ada", "{\"badge\": \"A-1\", \"clearance\": 3, \"hired\": \"2026-01-02T03:04:05+01:00\"}");
        String ben = created("ben", "{\"badge\": \"a-1\", \"clearance\": 5, \"sites\": [\"Bern\", \"Basel\"]}");
        created("cid", "{\"badge\": \"C-1\"}");

        assertFound(STAFF + ":badge eq \"A-1\"", ada);
        assertFound(STAFF + ":clearance gt 3", ben);
        assertFound(STAFF + ":clearance pr", ada, ben);
        assertFound(STAFF + ":sites eq \"BERN\"", ben);
        assertFound(STAFF + ":hired eq \"2026-01-02T02:04:05Z\"", ada);
        assertFound(STAFF + ":hired lt \"2026-01-02T02:04:06Z\" and userName sw \"own-\"", ada);
        scim().get(ROOT + "/Users?filter=" + encoded(STAFF + ":clearance pr") + "&sortBy=" + STAFF
                        + ":clearance&sortOrder=descending&attributes=" + STAFF + ":clearance")
                .then()
                .statusCode(200)
                .body("Resources.id", contains(ben, ada))
                .body("Resources[0].'" + STAFF + "'.clearance", equalTo(5))
                .body("Resources[0].'" + STAFF + "'", not(hasKey("badge")))
                .body("Resources[0]", not(hasKey("userName")));

        scim("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": ["
                        + "{\"op\": \"replace\", \"path\": \"" + STAFF + ":clearance\", \"value\": 9},"
                        + "{\"op\": \"add\", \"path\": \"" + STAFF + ":sites\", \"value\": [\"Chur\"]}]}")
                .patch(ROOT + "/Users/" + ada)
                .then()
                .statusCode(200)
                .body("schemas", containsInAnyOrder(USER, STAFF))
                .body("'" + STAFF + "'.clearance", equalTo(9))
                .body("'" + STAFF + "'.sites", contains("Chur"))
                .body("'" + STAFF + "'.hired", equalTo("2026-01-02T03:04:05+01:00"));
    }

    @Test
    void isValidated() {
        created("dan", "{\"badge\": \"D-1\"}");

        assertRefused(
                created("eva", "{\"clearance\": \"high\"}", 400), "invalidValue", ":clearance: must be a whole number");
        assertRefused(created("eva", "{\"hired\": \"tomorrow\"}", 400), "invalidValue", ":hired: must be a dateTime");
        created("eva", "{\"badge\": \"D-1\"}", 409).body("scimType", equalTo("uniqueness"));
        scim("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": ["
                        + "{\"op\": \"add\", \"path\": \"" + STAFF + ":nonsense\", \"value\": 9}]}")
                .patch(ROOT + "/Users/" + created("fay", "{}"))
                .then()
                .statusCode(400)
                .body("scimType", equalTo("invalidPath"));
    }

    private static String created(String name, String staff) {
        return created(name, staff, 201).extract().path("id");
    }

    private static ValidatableResponse created(String name, String staff, int status) {
        return scim("{\"schemas\": [\"" + USER + "\", \"" + STAFF + "\"], \"userName\": \"own-" + name + "\", \""
                        + STAFF + "\": " + staff + "}")
                .post(ROOT + "/Users")
                .then()
                .statusCode(status);
    }

    private static void assertFound(String filter, String... ids) {
        assertThat(scim().get(ROOT + "/Users?filter=" + encoded(filter))
                        .then()
                        .statusCode(200)
                        .extract()
                        .<List<String>>path("Resources.id"))
                .as(filter)
                .containsExactlyInAnyOrder(ids);
    }

    private static void assertRefused(ValidatableResponse response, String scimType, String rule) {
        response.body("scimType", equalTo(scimType)).body("detail", startsWith(STAFF + rule));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Puts the first JSON of the how-to into a directory of its own.
    public static class WithStaff implements QuarkusTestProfile {

        private static final Path HOW_TO = Path.of("src", "docs", "how-to", "add-your-own-attributes.md");
        private static final Pattern JSON = Pattern.compile(" *```json\n(.*?)```", Pattern.DOTALL);

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Matcher example = JSON.matcher(Files.readString(HOW_TO));
                if (!example.find()) {
                    throw new IllegalStateException(HOW_TO + " shows no schema");
                }
                Path directory = Files.createTempDirectory(Path.of("target"), "schemas");
                Files.writeString(directory.resolve("acme.schema.json"), example.group(1));
                return Map.of("rolewright.scim.schemas.directory", directory.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
