package dev.rolewright.web.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Feeds from somebody else, without an end, twice at once, and in no form at all.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(HrSystems.class)
@Timeout(600)
class FeedAttacksFlowTest extends FeedRig {

    @Test
    void theSameFeedTwiceAtOnceIsTakenOnce() throws Exception {
        hire(5);
        String body = leavers(0, 2_500);
        List<Callable<Response>> calls = Collections.nCopies(2, () -> plain(CSV, body));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(calls)) {
                answer.get().then().statusCode(200).body("state", is("APPLIED"));
            }
        }

        assertThat(facts()).isEqualTo(2_500);
        assertThat(fenced()).isEqualTo(5);
        assertThat(count("SELECT count(*) FROM audit_event WHERE action = 'hr.applied' AND subject_id IN"
                        + " (SELECT id::text FROM resource WHERE search ->> 'userName' LIKE ?)"))
                .isEqualTo(5);
    }

    /// @param what that is signed
    private static RequestSpecification signed(long time, byte[] what) {
        return as(HrSystems.WORKDAY, CSV)
                .header("Rolewright-Timestamp", time)
                .header("Rolewright-Signature", Signature.of(HrSystems.WORKDAY_KEY, time, what));
    }

    @Test
    void believesAMillionRowsOnlyWhenTheyAreSigned() {
        hire(1);
        byte[] body = (leavers(0, 1) + "leaver,x,2026\n".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        long time = Instant.now().getEpochSecond();
        byte[] other = body.clone();
        other[other.length - 2] = '7';

        signed(time, other)
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(401)
                .body("detail", containsString("is not the signature"));

        assertThat(facts()).isZero();
        signed(time, body)
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(413)
                .body("detail", is("The feed has more than 250000 rows."));
        assertThat(facts()).isZero();
        assertThat(count("SELECT count(*) FROM hr_feed WHERE ? <> '' AND state = 'arriving'"))
                .isZero();
        byte[] few = leavers(0, 1).getBytes(StandardCharsets.UTF_8);
        RequestSpecification again = signed(time, few).body(few);
        again.post(FEEDS).then().statusCode(200);
        again.post(FEEDS).then().statusCode(401).body("detail", containsString("was used before"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-400, 400})
    void hearsNothingOfWhatIsSignedAtAnotherTime(int off) {
        byte[] body = leavers(0, 1).getBytes(StandardCharsets.UTF_8);
        long time = Instant.now().getEpochSecond() + off;

        signed(time, body)
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(401)
                .body("detail", containsString("away from the time here"));
    }

    @Test
    void ofAConnectionThatIsCutNothingIsKept() throws Exception {
        hire(1);
        byte[] rows = leavers(0, 1).getBytes(StandardCharsets.UTF_8);
        long before = count("SELECT count(*) FROM hr_feed WHERE ? <> ''");
        try (Socket line = new Socket("127.0.0.1", RestAssured.port)) {
            line.getOutputStream()
                    .write(("POST " + FEEDS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + HrSystems.PLAIN
                                    + "\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            line.getOutputStream().write(rows);
            line.getOutputStream().flush();
        }

        // The place it took is free again, or these could not all be read.
        for (int i = 0; i < 4; i++) {
            plain(CSV, leavers(1, 2)).then().statusCode(200);
        }
        assertThat(fenced()).isZero();
        assertThat(count("SELECT count(*) FROM hr_feed WHERE ? <> ''")).isEqualTo(before + 4);
    }

    @Test
    void noFileIsLeftBehind() throws IOException {
        plain(CSV, leavers(0, 1)).then().statusCode(200);

        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .noneMatch(it -> it.startsWith("rolewright-feed"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/csv                      | ``                                    | 400 | The first row must name the columns
            text/csv                      | kind,email,email                      | 400 | Two columns have the same name
            text/csv                      | kind,salary                           | 400 | There may be these columns only: id, kind,
            text/csv                      | "kind                                 | 400 | A quote that is opened is not closed.
            text/csv;charset=iso-8859-1   | kind,email,lastDay                    | 415 | UTF-8
            application/json              | []                                    | 415 | mapping.rows
            text/plain                    | kind                                  | 415 | Content-Type
            """)
    void saysWhyAFeedCannotBeRead(String type, String body, int status, String why) {
        plain(type, body)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }
}
