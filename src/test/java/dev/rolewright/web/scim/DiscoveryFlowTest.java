package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ENTERPRISE;
import static dev.rolewright.web.scim.ScimClient.GROUP;
import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.scim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7644 §4, RFC 7643 §5 to §7, RFC 9865 §4.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DiscoveryFlowTest {

    @Test
    void saysWhatItCanDo() {
        JsonNode config = get(ROOT + "/ServiceProviderConfig");

        assertThat(config.at("/schemas/0").textValue())
                .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
        assertThat(config.at("/patch/supported").booleanValue()).isTrue();
        assertThat(config.at("/bulk/supported").booleanValue()).isTrue();
        assertThat(config.at("/bulk/maxOperations").intValue()).isEqualTo(1000);
        assertThat(config.at("/bulk/maxPayloadSize").intValue()).isEqualTo(10_485_760);
        assertThat(config.at("/filter/supported").booleanValue()).isTrue();
        assertThat(config.at("/filter/maxResults").intValue()).isEqualTo(1000);
        assertThat(config.at("/changePassword/supported").booleanValue()).isFalse();
        assertThat(config.at("/sort/supported").booleanValue()).isTrue();
        assertThat(config.at("/etag/supported").booleanValue()).isTrue();
        assertThat(config.at("/pagination/cursor").booleanValue()).isTrue();
        assertThat(config.at("/pagination/index").booleanValue()).isTrue();
        assertThat(config.at("/pagination/defaultPaginationMethod").textValue()).isEqualTo("index");
        assertThat(config.at("/pagination/defaultPageSize").intValue()).isEqualTo(100);
        assertThat(config.at("/pagination/maxPageSize").intValue()).isEqualTo(1000);
        assertThat(config.at("/pagination/cursorTimeout").intValue()).isEqualTo(3600);
        assertThat(config.at("/authenticationSchemes/0/type").textValue()).isEqualTo("oauthbearertoken");
        assertThat(config.at("/meta/location").textValue()).endsWith(ROOT + "/ServiceProviderConfig");
    }

    @Test
    void advertisesNothingItsOwnSchemaDoesNotHave() {
        JsonNode config = get(ROOT + "/ServiceProviderConfig");
        JsonNode schema = get(ROOT + "/Schemas/" + config.at("/schemas/0").textValue());

        config.properties().forEach(member -> {
            if (!member.getKey().equals("schemas") && !member.getKey().equals("meta")) {
                JsonNode attribute = named(schema.path("attributes"), member.getKey());
                JsonNode value = member.getValue().isArray() ? member.getValue().get(0) : member.getValue();
                value.fieldNames()
                        .forEachRemaining(sub -> assertThat(named(attribute.path("subAttributes"), sub)
                                        .isObject())
                                .as(member.getKey() + "." + sub)
                                .isTrue());
            }
        });
    }

    @Test
    void listsSchemasAndShowsEachUnderItsUrn() {
        JsonNode list = get(ROOT + "/Schemas");

        assertThat(list.at("/schemas/0").textValue()).isEqualTo(Answers.LIST);
        assertThat(list.path("totalResults").intValue())
                .isEqualTo(list.path("Resources").size());
        assertThat(list.path("Resources")).extracting(ScimClient::id).contains(USER, GROUP, ENTERPRISE);
        for (JsonNode schema : list.path("Resources")) {
            assertThat(get(ROOT + "/Schemas/" + ScimClient.id(schema))).isEqualTo(schema);
            assertThat(schema.at("/meta/location").textValue()).endsWith(ROOT + "/Schemas/" + ScimClient.id(schema));
        }
        assertThat(list.toString()).doesNotContain("null");
    }

    @Test
    void listsResourceTypesAndShowsEachByName() {
        JsonNode list = get(ROOT + "/ResourceTypes");

        assertThat(list.path("Resources")).extracting(ScimClient::id).containsExactlyInAnyOrder("User", "Group");
        for (JsonNode type : list.path("Resources")) {
            assertThat(get(ROOT + "/ResourceTypes/" + ScimClient.id(type))).isEqualTo(type);
            assertThat(scim().get(ROOT + type.path("endpoint").textValue() + "?count=0")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Schemas", "/ResourceTypes", "/ServiceProviderConfig", "/Schemas/" + USER})
    void refusesAFilterOnWhatIsGivenWhole(String path) {
        Envelopes.assertRefusal(scim().get(ROOT + path + "?filter=id%20pr"), 403);
        assertThat(scim().get(ROOT + path + "?sortBy=id&count=1&unknown=x").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Schemas/urn:nothing", "/ResourceTypes/Nothing", "/ResourceTypes/user"})
    void hasNothingUnderOtherNames(String path) {
        Envelopes.assertRefusal(scim().get(ROOT + path), 404);
    }

    private static JsonNode named(JsonNode attributes, String name) {
        for (JsonNode attribute : attributes) {
            if (attribute.path("name").asText().equals(name)) {
                return attribute;
            }
        }
        throw new AssertionError("the schema has no " + name);
    }
}
