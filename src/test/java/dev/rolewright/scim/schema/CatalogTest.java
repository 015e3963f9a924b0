package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.StandardCatalog.CATALOG;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.GROUP;
import static dev.rolewright.scim.schema.StandardCatalog.JSON;
import static dev.rolewright.scim.schema.StandardCatalog.USER;
import static dev.rolewright.scim.schema.StandardCatalog.USER_URN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {

    @Test
    void knowsUsersAndGroups() {
        assertThat(CATALOG.types()).extracting(ResourceType::name).containsExactly("User", "Group");
        assertThat(CATALOG.type("User")).contains(USER);
        assertThat(CATALOG.type("Group")).contains(GROUP);
        assertThat(CATALOG.type("Device")).isEmpty();
        assertThat(USER.extension(ENTERPRISE_URN.toUpperCase(Locale.ROOT)))
                .hasValueSatisfying(
                        extension -> assertThat(extension.required()).isFalse());
        assertThat(GROUP.extensions()).isEmpty();
    }

    @Test
    void findsASchemaByItsUrnWithoutCase() {
        assertThat(CATALOG.schema(USER_URN.toUpperCase(Locale.ROOT)))
                .hasValueSatisfying(schema -> assertThat(schema.id()).isEqualTo(USER_URN));
        assertThat(CATALOG.schema("urn:example:unknown")).isEmpty();
    }

    @Test
    void holdsEverySchemaOfTheStandardAndOneOfItsOwn() {
        assertThat(CATALOG.schemas())
                .extracting(Schema::name)
                .containsExactlyInAnyOrder(
                        "User", "EnterpriseUser", "Group", "ServiceProviderConfig", "ResourceType", "Schema", "Logins");
    }

    @Test
    void holdsEveryUserAttributeOfTheStandard() {
        assertThat(CATALOG.schema(USER_URN).orElseThrow().attributes())
                .extracting(Attribute::name)
                .containsExactlyInAnyOrder(
                        "userName",
                        "name",
                        "displayName",
                        "nickName",
                        "profileUrl",
                        "title",
                        "userType",
                        "preferredLanguage",
                        "locale",
                        "timezone",
                        "active",
                        "password",
                        "emails",
                        "phoneNumbers",
                        "ims",
                        "photos",
                        "addresses",
                        "groups",
                        "entitlements",
                        "roles",
                        "x509Certificates");
    }

    @Test
    void givesEveryTypeTheCommonAttributesButNoSchema() {
        assertThat(USER.core().attributes())
                .extracting(Attribute::name)
                .contains("id", "externalId", "meta", "schemas", "userName");
        assertThat(CATALOG.schema(USER_URN).orElseThrow().attribute("id")).isEmpty();
        assertThat(attribute("id").caseExact()).isTrue();
        assertThat(attribute("id").returned()).isEqualTo(Returned.ALWAYS);
        assertThat(attribute("id").mutability()).isEqualTo(Mutability.READ_ONLY);
        assertThat(attribute("externalId").caseExact()).isTrue();
        assertThat(attribute("meta").subAttributes())
                .extracting(Attribute::name)
                .containsExactly("resourceType", "created", "lastModified", "location", "version");
    }

    @Test
    void knowsTheCharacteristicsThatTheRestDependsOn() {
        assertThat(attribute("userName").uniqueness()).isEqualTo(Uniqueness.SERVER);
        assertThat(attribute("userName").required()).isTrue();
        assertThat(attribute("userName").caseExact()).isFalse();
        assertThat(attribute("password").mutability()).isEqualTo(Mutability.WRITE_ONLY);
        assertThat(attribute("password").returned()).isEqualTo(Returned.NEVER);
        assertThat(attribute("groups").mutability()).isEqualTo(Mutability.READ_ONLY);
        assertThat(attribute("x509Certificates").sub("value").orElseThrow().type())
                .isEqualTo(Type.BINARY);
        assertThat(attribute("profileUrl").caseExact()).isTrue();
        Attribute manager = USER.extension(ENTERPRISE_URN)
                .orElseThrow()
                .schema()
                .attribute("manager")
                .orElseThrow();
        assertThat(manager.sub("displayName").orElseThrow().mutability()).isEqualTo(Mutability.READ_ONLY);
        Attribute members = GROUP.core().attribute("members").orElseThrow();
        assertThat(members.sub("value").orElseThrow().mutability()).isEqualTo(Mutability.IMMUTABLE);
        assertThat(members.sub("$ref").orElseThrow().mutability()).isEqualTo(Mutability.IMMUTABLE);
        assertThat(members.sub("type").orElseThrow().mutability()).isEqualTo(Mutability.READ_ONLY);
        assertThat(members.sub("display").orElseThrow().mutability()).isEqualTo(Mutability.READ_ONLY);
    }

    @Test
    void describesNothingTwiceInTheSameWords() {
        List<String> descriptions = new ArrayList<>();
        CATALOG.types().forEach(type -> descriptions.add(type.description()));
        CATALOG.schemas().forEach(schema -> {
            descriptions.add(schema.description());
            collect(schema.attributes(), descriptions);
        });

        assertThat(descriptions).hasSizeGreaterThan(150).doesNotHaveDuplicates();
        assertThat(descriptions).allSatisfy(text -> assertThat(text).endsWith("."));
    }

    @Test
    void attachesTheExtensionOfACompanyByItsFileAlone() {
        Catalog catalog = withFile("""
                {"id": "urn:example:acme:2.0:Staff", "name": "Staff", "description": "Acme's staff.",
                 "extends": ["User", "Group"], "required": true,
                 "attributes": [{"name": "badge", "description": "The badge."}]}""");

        assertThat(catalog.types()).allSatisfy(type -> {
            ResourceType.Extension extension =
                    type.extension("urn:example:acme:2.0:Staff").orElseThrow();
            assertThat(extension.required()).isTrue();
            Attribute badge = extension.schema().attribute("BADGE").orElseThrow();
            assertThat(badge)
                    .isEqualTo(new Attribute(
                            "badge",
                            Type.STRING,
                            false,
                            "The badge.",
                            false,
                            false,
                            Mutability.READ_WRITE,
                            Returned.DEFAULT,
                            Uniqueness.NONE,
                            List.of(),
                            List.of(),
                            List.of()));
        });
    }

    @Test
    void knowsWhichExtensionSaysWhomAPersonReportsTo() {
        Catalog catalog = withFile("""
                {"id": "urn:example:acme:2.0:Staff", "name": "Staff", "description": "Acme's staff.",
                 "extends": "User", "attributes": [{"name": "manager", "description": "A name in plain words."}]}""");

        assertThat(catalog.type("User").orElseThrow().managerExtension())
                .hasValueSatisfying(
                        extension -> assertThat(extension.schema().id()).isEqualTo(ENTERPRISE_URN));
        assertThat(GROUP.managerExtension()).isEmpty();
    }

    @Test
    void takesANewResourceTypeFromAFile() {
        Catalog catalog = withFile("""
                [{"name": "Device", "endpoint": "/Devices", "description": "Laptops.", "schema": "urn:example:Device"},
                 {"id": "urn:example:Device", "name": "Device", "description": "A laptop.",
                  "attributes": [{"name": "serial", "description": "Its number.", "required": true,
                                  "caseExact": true, "uniqueness": "server"}]}]""");

        ResourceType device = catalog.type("Device").orElseThrow();
        assertThat(device.core().attribute("serial")).isPresent();
        assertThat(device.core().attribute("id")).isPresent();
    }

    /// What an author can get wrong, and the words by which the refusal must lead to it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "no object" | acme.json: must be a JSON object
            {"name": "A"} | acme.json: needs a text id
            {"id": "acme"} | acme.json: id must be a URN
            {"id": "urn:example:a b"} | acme.json: id must be a URN
            {"id": "urn:ietf:params:scim:schemas:core:2.0:USER", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A."}]} | another file defines the schema
            {"id": "urn:ietf:params:scim:schemas:core:2.0:User:x", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A."}]} | continues the URN
            {"id": "urn:x:a", "name": "A", "description": "A."} | acme.json: needs an array attributes
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": []} | attributes must not be empty
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a"}]} | acme.json > a: needs a text description
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"description": "A."}]} | acme.json > an attribute without name
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a.b", "description": "A."}]} | acme.json > a.b: name must be
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "typ": "string"}]} | acme.json > a: knows no key typ
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "text"}]} | acme.json > a: type must be one of binary, boolean
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "required": "yes"}]} | acme.json > a: required must be true or false
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "canonicalValues": [1]}]} | acme.json > a: canonicalValues must be an array of texts
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A."}, {"name": "A", "description": "B."}]} | acme.json > A: there is another attribute
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "complex"}]} | acme.json > a: needs an array subAttributes
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "subAttributes": []}]} | acme.json > a: only a complex attribute
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "complex", "subAttributes": [{"name": "b", "description": "B.", "type": "bool"}]}]} | acme.json > a > b: type
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "reference"}]} | acme.json > a: referenceTypes belong
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "referenceTypes": ["User"]}]} | acme.json > a: referenceTypes belong
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "integer", "canonicalValues": ["1"]}]} | acme.json > a: canonicalValues belong
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "binary", "caseExact": false}]} | acme.json > a: an attribute of this type is always caseExact
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "type": "boolean", "caseExact": true}]} | acme.json > a: caseExact belongs
            {"id": "urn:x:a", "name": "A", "description": "A.", "attributes": [{"name": "a", "description": "A.", "mutability": "writeOnly"}]} | acme.json > a: a writeOnly attribute
            {"id": "urn:x:a", "name": "A", "description": "A.", "required": true, "attributes": [{"name": "a", "description": "A."}]} | acme.json: required needs extends
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "Robot", "attributes": [{"name": "a", "description": "A."}]} | acme.json: extends Robot, which is no resource type
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "User", "attributes": [{"name": "a", "description": "A.", "multiValued": true, "uniqueness": "server"}]} | acme.json: a: uniqueness belongs
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "User", "attributes": [{"name": "a", "description": "A.", "required": true, "mutability": "readOnly"}]} | acme.json: a: a client cannot be required
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "User", "attributes": [{"name": "a", "description": "A.", "type": "complex", "subAttributes": [{"name": "b", "description": "B.", "multiValued": true}]}]} | acme.json: a.b: a sub-attribute holds one simple value
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "User", "attributes": [{"name": "a", "description": "A.", "type": "complex", "subAttributes": [{"name": "b", "description": "B.", "uniqueness": "server"}]}]} | acme.json: a.b: uniqueness belongs
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "User", "attributes": [{"name": "a", "description": "A.", "type": "complex", "subAttributes": [{"name": "primary", "description": "B."}]}]} | acme.json: a.primary: must be a boolean
            {"id": "urn:x:a", "name": "A", "description": "A.", "extends": "User", "attributes": [{"name": "manager", "description": "A.", "type": "complex", "subAttributes": [{"name": "value", "description": "B."}, {"name": "$ref", "type": "reference", "description": "C.", "referenceTypes": ["User"]}]}]} | has a manager, and so has urn:x:a; there can be one
            {"name": "D", "endpoint": "/Devices", "description": "D.", "schema": "urn:x:none"} | acme.json: no file defines the schema urn:x:none
            {"name": "D", "endpoint": "Devices", "description": "D.", "schema": "urn:x:none"} | acme.json: endpoint must be
            {"name": "D", "endpoint": "/bulk", "description": "D.", "schema": "urn:x:none"} | acme.json: endpoint is taken
            {"name": "USER", "endpoint": "/Devices", "description": "D.", "schema": "urn:ietf:params:scim:schemas:core:2.0:User"} | has the name
            {"name": "D", "endpoint": "/users", "description": "D.", "schema": "urn:ietf:params:scim:schemas:core:2.0:User"} | has the endpoint
            {"name": "D", "endpoint": "/Devices", "description": "D.", "schema": "urn:ietf:params:scim:schemas:core:2.0:Schema"} | must not define id
            """)
    void namesFileAndAttributeOfAMistake(String content, String words) {
        assertThatThrownBy(() -> withFile(content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private static Catalog withFile(String content) {
        Map<String, JsonNode> files = StandardCatalog.files();
        try {
            files.put("acme.json", JSON.readTree(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Catalog.read(files);
    }

    private static void collect(List<Attribute> attributes, List<String> descriptions) {
        for (Attribute attribute : attributes) {
            descriptions.add(attribute.description());
            collect(attribute.subAttributes(), descriptions);
        }
    }

    private static Attribute attribute(String name) {
        return USER.core().attribute(name).orElseThrow();
    }
}
