package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.DirectoryConfig;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.SchemaDocs;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// Says what this server is: its schemas, its resource types and what is switched on (RFC 7644 §4, RFC 9865 §4).
///
/// These lists are given whole. A filter on them is refused with 403, as the RFC asks, so that no client takes an
/// unfiltered list for a filtered one; other query parameters are ignored.
@Singleton
class Discovery {

    private static final String CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

    private final Catalog catalog;
    private final ScimConfig.Limits limits;
    private final long cursorSeconds;

    Discovery(Catalog catalog, ScimConfig config, DirectoryConfig directory) {
        this.catalog = catalog;
        this.limits = config.limits();
        this.cursorSeconds = directory.cursorLifetime().toSeconds();
    }

    Response serviceProviderConfig(Exchange exchange) {
        requireNoFilter(exchange);
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putArray("schemas").add(CONFIG);
        supported(config, "patch", true);
        supported(config, "bulk", true)
                .put("maxOperations", limits.bulkOperations())
                .put("maxPayloadSize", limits.bodyBytes());
        supported(config, "filter", true).put("maxResults", limits.maxPageSize());
        supported(config, "changePassword", false);
        supported(config, "sort", true);
        supported(config, "etag", true);
        config.putObject("pagination")
                .put("cursor", true)
                .put("index", true)
                .put("defaultPaginationMethod", "index")
                .put("defaultPageSize", Math.min(limits.defaultPageSize(), limits.maxPageSize()))
                .put("maxPageSize", limits.maxPageSize())
                .put("cursorTimeout", cursorSeconds);
        config.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer token")
                .put(
                        "description",
                        "A token of this source, or a JWT of the issuer it trusts, in the Authorization header.")
                .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
                .put("primary", true);
        config.putObject("meta")
                .put("resourceType", "ServiceProviderConfig")
                .put("location", exchange.links().base() + "/ServiceProviderConfig");
        return Answers.json(200, config);
    }

    Response schemas(Exchange exchange) {
        requireNoFilter(exchange);
        String base = exchange.links().base();
        return list(catalog.schemas().stream()
                .map(schema -> SchemaDocs.schema(schema, base))
                .toList());
    }

    Response schema(Exchange exchange, String urn) {
        requireNoFilter(exchange);
        return catalog.schema(urn)
                .map(schema -> Answers.json(
                        200, SchemaDocs.schema(schema, exchange.links().base())))
                .orElseThrow(() -> ScimProblem.of(404, "There is no schema of that URN."));
    }

    Response resourceTypes(Exchange exchange) {
        requireNoFilter(exchange);
        String base = exchange.links().base();
        return list(catalog.types().stream()
                .map(type -> SchemaDocs.type(type, base))
                .toList());
    }

    Response resourceType(Exchange exchange, String name) {
        requireNoFilter(exchange);
        return catalog.type(name)
                .map(type ->
                        Answers.json(200, SchemaDocs.type(type, exchange.links().base())))
                .orElseThrow(() -> ScimProblem.of(404, "There is no resource type of that name."));
    }

    private static Response list(List<ObjectNode> resources) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("schemas").add(Answers.LIST);
        list.put("totalResults", resources.size());
        list.put("itemsPerPage", resources.size());
        list.put("startIndex", 1);
        ArrayNode all = list.putArray("Resources");
        all.addAll(resources);
        return Answers.json(200, list);
    }

    private static void requireNoFilter(Exchange exchange) {
        if (exchange.query().value("filter").isPresent()) {
            throw ScimProblem.of(403, "These lists cannot be filtered.");
        }
    }

    private static ObjectNode supported(ObjectNode config, String feature, boolean supported) {
        return config.putObject(feature).put("supported", supported);
    }
}
