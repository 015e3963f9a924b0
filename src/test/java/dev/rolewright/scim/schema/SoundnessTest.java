package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.AcmeCatalog.ACME_URN;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.USER_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundnessTest {

    @Test
    void refusesWhatIsTooLongForTheStoreOrItsIndexes() {
        assertRefused(ada().put("userName", "x".repeat(2_001)), "userName: must not be longer");
        assertRefused(ada().put("userName", "ΐ".repeat(334)), "userName: must not be longer");
        assertRefused(ada().put("profileUrl", "x".repeat(65_537)), "profileUrl: must not be longer");
        ObjectNode emails = ada();
        emails.putArray("emails").addObject().put("value", "x".repeat(2_001));
        assertRefused(emails, "emails[0].value: must not be longer than 2000 bytes");
        ObjectNode number = ada();
        number.putObject(ENTERPRISE_URN).put("employeeNumber", "x".repeat(2_001));
        assertRefused(number, "employeeNumber: must not be longer than 2000 bytes");

        ObjectNode longest = ada().put("userName", "x".repeat(2_000));
        assertThat(Intake.create(USER, longest).get("userName").textValue()).hasSize(2_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type": "integer"                   | 7
            "type": "decimal"                   | 7.5
            "type": "boolean"                   | true
            "multiValued": true                 | ["7"]
            "type": "complex", "subAttributes": [{"name": "of", "description": "B."}] | {"of": "7"}
            """)
    void aCompanysOwnEmployeeNumberIsOfAnyType(String type, String value) {
        ObjectNode body = ada();
        body.set(ACME_URN, json("{\"employeeNumber\": " + value + "}"));

        assertThat(Intake.create(numbered(type), body).get(ACME_URN)).isEqualTo(body.get(ACME_URN));
    }

    @Test
    void aCompanysOwnEmployeeNumberIsInNoIndex() {
        ObjectNode body = ada();
        body.putObject(ACME_URN).put("employeeNumber", "x".repeat(2_001));

        assertThat(Intake.create(numbered("\"type\": \"string\""), body).get(ACME_URN))
                .isEqualTo(body.get(ACME_URN));
    }

    private static ResourceType numbered(String type) {
        var files = StandardCatalog.files();
        files.put("acme.json", json("""
                {"id": "%s", "name": "Acme", "description": "Acme.", "extends": "User", "attributes": [
                  {"name": "employeeNumber", "description": "A.", %s}]}""".formatted(ACME_URN, type)));
        return Catalog.read(files).type("User").orElseThrow();
    }

    private static void assertRefused(ObjectNode body, String words) {
        assertThatThrownBy(() -> Intake.create(USER, body))
                .isInstanceOf(ScimProblem.class)
                .hasMessageContaining(words);
    }

    private static ObjectNode ada() {
        return json("{\"schemas\": [\"" + USER_URN + "\"], \"userName\": \"ada\"}");
    }
}
