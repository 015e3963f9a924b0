package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.StandardCatalog.CATALOG;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.USER_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Attribute.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaDocsTest {

    private static final String BASE = "https://example.org/scim/v2";
    private static final String LOGINS_URN = "urn:ietf:params:scim:schemas:extension:rolewright:2.0:User";
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

    @Test
    void spellsOutEveryCharacteristic() {
        ObjectNode user = SchemaDocs.schema(CATALOG.schema(USER_URN).orElseThrow(), BASE);

        assertThat(user.get("attributes").get(0)).isEqualTo(json("""
                {"name": "userName", "type": "string", "multiValued": false,
                 "description": "The name the person signs in with. No two users of one source share it, whatever its letter case.",
                 "required": true, "caseExact": false, "mutability": "readWrite", "returned": "default",
                 "uniqueness": "server"}"""));
        assertThat(user.get("id").textValue()).isEqualTo(USER_URN);
        assertThat(user.get("meta")).isEqualTo(json("""
                {"resourceType": "Schema", "location": "%s/Schemas/%s"}""".formatted(BASE, USER_URN)));
    }

    @Test
    void listsTheExtensionsOfAType() {
        assertThat(SchemaDocs.type(USER, BASE))
                .isEqualTo(json("""
                {"schemas": ["%sResourceType"], "id": "User", "name": "User", "endpoint": "/Users", "schema": "%s",
                 "description": "People and other holders of accounts.",
                 "schemaExtensions": [{"schema": "%s", "required": false}, {"schema": "%s", "required": false}],
                 "meta": {"resourceType": "ResourceType", "location": "%s/ResourceTypes/User"}}""".formatted(CORE, USER_URN, ENTERPRISE_URN, LOGINS_URN, BASE)));
        assertThat(SchemaDocs.type(GROUP, BASE).has("schemaExtensions")).isFalse();
    }

    /// The schema of schemas and the schema of types, held against what we really answer.
    @Test
    void followsItsOwnSchemas() {
        for (Schema schema : CATALOG.schemas()) {
            assertFollows(SchemaDocs.schema(schema, BASE), CORE + "Schema");
        }
        for (ResourceType type : CATALOG.types()) {
            assertFollows(SchemaDocs.type(type, BASE), CORE + "ResourceType");
        }
    }

    @Test
    void readsBackAsWhatItWas() {
        for (Schema schema : CATALOG.schemas()) {
            Catalog again = Catalog.read(Map.of("again.json", SchemaDocs.schema(schema, BASE)));

            assertThat(again.schemas()).containsExactly(schema);
        }
    }

    private static void assertFollows(ObjectNode resource, String urn) {
        ObjectNode own = resource.deepCopy();
        assertThat(own.remove("schemas"))
                .isEqualTo(json("{\"s\": [\"" + urn + "\"]}").get("s"));
        assertThat(own.remove("meta").get("location").textValue()).startsWith(BASE + "/");
        assertFollows(own, CATALOG.schema(urn).orElseThrow().attributes());
    }

    private static void assertFollows(JsonNode object, List<Attribute> attributes) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            // The schema of schemas is one level deeper than what it describes (RFC 7643 §8.7.2), and only it.
            if (field.getKey().equals("subAttributes") && attributes == deepest()) {
                field.getValue().forEach(sub -> assertFollows(sub, deepest()));
                continue;
            }
            Attribute attribute = attributes.stream()
                    .filter(each -> each.name().equals(field.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("undefined: " + field.getKey()));
            JsonNode value = field.getValue();
            assertThat(value.isArray()).as(field.getKey()).isEqualTo(attribute.multiValued());
            for (JsonNode element : value.isArray() ? value : List.of(value)) {
                assertThat(element.isTextual()).as(field.getKey()).isEqualTo(text(attribute.type()));
                assertThat(element.isBoolean()).as(field.getKey()).isEqualTo(attribute.type() == Type.BOOLEAN);
                if (!attribute.canonicalValues().isEmpty()) {
                    assertThat(attribute.canonicalValues()).contains(element.textValue());
                }
                if (attribute.complex()) {
                    assertFollows(element, attribute.subAttributes());
                }
            }
        }
        assertThat(attributes)
                .filteredOn(Attribute::required)
                .allSatisfy(required -> assertThat(object.has(required.name()))
                        .as(required.name())
                        .isTrue());
    }

    private static List<Attribute> deepest() {
        Attribute attributes = CATALOG.schema(CORE + "Schema")
                .orElseThrow()
                .attribute("attributes")
                .orElseThrow();
        return attributes.sub("subAttributes").orElseThrow().subAttributes();
    }

    private static boolean text(Type type) {
        return type == Type.STRING || type == Type.REFERENCE;
    }
}
