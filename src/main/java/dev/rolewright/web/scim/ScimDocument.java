package dev.rolewright.web.scim;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/// Says in the API documentation what the methods of {@link ScimResource} cannot: they take and answer JSON of whatever
/// schema `/Schemas` describes, and read their parameters from the exchange.
///
/// The addresses of further sources are left out: they are the same ones again.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ScimDocument implements OASFilter {

    private static final String DEFAULT_ROOT = "/scim/v2";
    private static final String NAMED_ROOT = "/scim/{source}/v2";
    private static final String SECOND_TAG = "SCIM of a further source";
    private static final Set<String> COLLECTIONS = Set.of("", "/{endpoint}");

    private static final Map<String, String> SEARCH = new TreeMap<>(Map.of(
            "filter", "RFC 7644 §3.4.2.2, such as userName eq \"ada@example.org\"",
            "sortBy", "An attribute, such as name.familyName",
            "sortOrder", "ascending or descending",
            "startIndex", "Where an index page begins, from 1",
            "count", "How many resources a page has at most",
            "cursor", "Empty for the first page, then the nextCursor of the page before (RFC 9865)"));

    private static final Map<String, String> SHOWN = new TreeMap<>(Map.of(
            "attributes", "Only these attributes, separated by commas",
            "excludedAttributes", "All usual attributes but these, separated by commas"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        for (String path : List.copyOf(document.getPaths().getPathItems().keySet())) {
            if (path.startsWith(NAMED_ROOT)) {
                document.getPaths().removePathItem(path);
            } else if (path.startsWith(DEFAULT_ROOT)) {
                String below = path.substring(DEFAULT_ROOT.length());
                describe(below, document.getPaths().getPathItem(path));
            }
        }
        if (document.getTags() != null) {
            document.setTags(document.getTags().stream()
                    .filter(tag -> !SECOND_TAG.equals(tag.getName()))
                    .toList());
        }
    }

    private static void describe(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> {
            if (operation.getRequestBody() != null) {
                operation.getRequestBody().setContent(json());
            }
            operation.setResponses(answers(path, method));
            boolean searches = method == HttpMethod.GET && COLLECTIONS.contains(path);
            if (searches) {
                SEARCH.forEach((name, about) -> operation.addParameter(query(name, about)));
            }
            if (searches || (path.startsWith("/{endpoint}") && !path.endsWith(".search"))) {
                SHOWN.forEach((name, about) -> operation.addParameter(query(name, about)));
            }
            if (path.endsWith("/{id}")) {
                conditions(operation);
            }
        });
    }

    private static APIResponses answers(String path, HttpMethod method) {
        boolean creates = method == HttpMethod.POST && path.equals("/{endpoint}");
        APIResponses answers = OASFactory.createAPIResponses();
        if (method == HttpMethod.DELETE || method == HttpMethod.PATCH) {
            answers.addAPIResponse("204", OASFactory.createAPIResponse().description("Done"));
        }
        if (method != HttpMethod.DELETE) {
            answers.addAPIResponse(
                    creates ? "201" : "200",
                    OASFactory.createAPIResponse().description("The answer").content(json()));
        }
        return answers.addAPIResponse(
                "default",
                OASFactory.createAPIResponse()
                        .description("A refusal (RFC 7644 §3.12)")
                        .content(json()));
    }

    private static void conditions(Operation operation) {
        for (String header : List.of("If-Match", "If-None-Match")) {
            operation.addParameter(OASFactory.createParameter()
                    .in(Parameter.In.HEADER)
                    .name(header)
                    .description("Versions as in meta.version, or *")
                    .schema(text()));
        }
    }

    private static Parameter query(String name, String about) {
        return OASFactory.createParameter()
                .in(Parameter.In.QUERY)
                .name(name)
                .description(about)
                .schema(text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Content json() {
        return OASFactory.createContent()
                .addMediaType(
                        MediaTypes.SCIM,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().addType(SchemaType.OBJECT)));
    }
}
