package dev.rolewright.web.api;

import dev.rolewright.web.ProblemDocument;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/// Declares in the API document how operations under `/api` refuse: with a problem document ([Problems]),
/// whatever it is.
final class DocumentProblems {

    private static final String PROBLEM = "Problem";

    private DocumentProblems() {}

    static void declare(OpenAPI document) {
        document.getComponents().addSchema(PROBLEM, problem());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/api/")) {
                item.getOperations().values().forEach(operation -> declare(path, operation));
            }
        });
    }

    private static void declare(String path, Operation operation) {
        APIResponses answers = operation.getResponses();
        add(answers, "400", "A parameter or the body is not as it should be, or not known here.");
        add(answers, "401", "The token is missing or not right.");
        add(answers, "403", "Whoever has that token may not do this.");
        if (path.contains("{")) {
            add(answers, "404", "There is nothing of that name.");
        }
        add(answers, "429", "There are too many requests; Retry-After says when to try again.");
        add(answers, APIResponses.DEFAULT, "Whatever else stands in the way.");
        answers.getAPIResponses().forEach((status, answer) -> {
            if (!status.startsWith("2")) {
                Content content = answer.getContent() == null ? OASFactory.createContent() : answer.getContent();
                answer.setContent(content.addMediaType(
                        ProblemDocument.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(PROBLEM))));
            }
        });
    }

    /// An operation that says itself when it refuses so knows more.
    private static void add(APIResponses answers, String status, String when) {
        if (!answers.hasAPIResponse(status)) {
            answers.addAPIResponse(status, OASFactory.createAPIResponse().description(when));
        }
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("A refusal (RFC 9457).")
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("title", OASFactory.createSchema().addType(SchemaType.STRING))
                .addProperty(
                        "detail",
                        OASFactory.createSchema()
                                .addType(SchemaType.STRING)
                                .description("A sentence that says what to do."))
                .addRequired("status")
                .addRequired("title")
                .addRequired("detail");
    }
}
