package dev.rolewright.web.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(RateLimitFlowTest.Narrow.class)
class RateLimitFlowTest {

    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rolewright.rate-limit.requests-per-second", "4",
                    "rolewright.rate-limit.burst", "4",
                    "rolewright.rate-limit.longest-wait", "1s");
        }
    }

    private static Response ask() {
        return given().header("Authorization", "Bearer " + TestTokens.SCIM).get("/scim/v2/ServiceProviderConfig");
    }

    @Test
    void queuesAsLongAsItIsReasonableAndThenSaysWhenToComeBack() throws Exception {
        long before = System.nanoTime();
        List<Response> answers;
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            List<Future<Response>> asked = IntStream.range(0, 16)
                    .mapToObj(i -> clients.submit(RateLimitFlowTest::ask))
                    .toList();
            answers = asked.stream().map(RateLimitFlowTest::get).toList();
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - before);

        // four at once, and four in each second, be it the one that they may wait or those that it takes them to come
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 200)
                .hasSizeBetween(8, 5 + (int) (4 * taken.toMillis() / 1_000));
        assertThat(taken).isGreaterThan(Duration.ofMillis(700));
        answers.stream().filter(answer -> answer.statusCode() != 200).forEach(answer -> {
            answer.then()
                    .statusCode(429)
                    .contentType("application/scim+json")
                    .header("Retry-After", is("2"))
                    .body("status", is("429"));
        });
    }

    private static Response get(Future<Response> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
