package dev.rolewright.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/// Holds every answer under `/api` that a flow test sees to the published document, whatever the test asks
/// it for. Public for Quarkus only, which finds it by its name in META-INF/services.
public final class AnswersAsPublished implements QuarkusTestBeforeEachCallback, Filter {

    private final PublishedAnswers published = PublishedAnswers.ofThisApplication();

    @Override
    public void beforeEach(QuarkusTestMethodContext test) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        String path = request.getURI().replaceFirst("^\\w+://[^/]*", "").replaceFirst("[?#].*", "");
        if (!path.startsWith("/api/")) {
            return answer;
        }
        byte[] body = answer.asByteArray();
        Response kept = new ResponseBuilder().clone(answer).setBody(body).build();
        assertThat(published.complaints(
                        request.getMethod(), path, answer.statusCode(), answer.contentType(), kept.asString()))
                .as("%s %s: %s %s", request.getMethod(), path, answer.statusCode(), kept.asString())
                .isEmpty();
        return kept;
    }
}
