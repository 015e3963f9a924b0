package dev.rolewright.web.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DoorFlowTest {

    private static final byte[] NOTHING = {};

    @ParameterizedTest
    @ValueSource(strings = {"/scim/v2/Users", "/scim/default/v2/Users", "/scim/nobody/v2/Users", "/scim/v2/Nothing"})
    void saysTheSameToStrangersWhateverTheyAskFor(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.send("GET", path, Map.of("Authorization", "Bearer stranger"), NOTHING);

        assertThat(Envelopes.assertRefusal(answer, 401).path("detail").textValue())
                .contains("token");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void hasNothingForAnUnknownSourceEvenWithATokenOfAnother() throws IOException {
        RawHttp.Answer answer = RawHttp.send("GET", "/scim/nobody/v2/Users", Map.of(), NOTHING);

        Envelopes.assertRefusal(answer, 401);
    }

    @Test
    void servesTheDefaultSourceUnderItsName() throws IOException {
        RawHttp.Answer answer = RawHttp.send("GET", "/scim/default/v2/ServiceProviderConfig", Map.of(), NOTHING);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Envelopes.json(answer.body()).at("/meta/location").textValue())
                .endsWith("/scim/default/v2/ServiceProviderConfig");
    }

    @Test
    void keepsASoundRequestIdAndReplacesAnyOther() throws IOException {
        assertThat(send(Map.of("X-Request-Id", "okta-7.3")).header("X-Request-Id"))
                .isEqualTo("okta-7.3");
        assertThat(send(Map.of("X-Request-Id", "<b>")).header("X-Request-Id")).hasSize(36);
        assertThat(send(Map.of("X-Request-Id", "x".repeat(65))).header("X-Request-Id"))
                .hasSize(36);
        assertThat(send(Map.of()).header("X-Request-Id")).hasSize(36);
    }

    @Test
    void refusesAClientThatWouldNotTakeTheAnswer() throws IOException {
        Envelopes.assertRefusal(send(Map.of("Accept", "text/html")), 406);
        assertThat(send(Map.of("Accept", "text/html, */*;q=0.1")).status()).isEqualTo(200);
    }

    @Test
    void refusesAnOverlongAddress() throws IOException {
        RawHttp.Answer answer = RawHttp.send("GET", "/scim/v2/Users?filter=" + "x".repeat(40_000), Map.of(), NOTHING);

        Envelopes.assertRefusal(answer, 414);
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLargeBeforeItIsSent() throws IOException {
        byte[] head = ("POST /scim/v2/Users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n"
                        + "Authorization: Bearer " + ScimClient.TOKEN + "\r\n\r\n")
                .getBytes(UTF_8);

        RawHttp.Answer answer = RawHttp.exchange(head, NOTHING);

        assertThat(Envelopes.assertRefusal(answer, 413).path("detail").textValue())
                .contains("10485760");
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void refusesAChunkedBodyThatTurnsOutTooLarge() throws IOException {
        byte[] head = ("POST /scim/v2/Users HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "Authorization: Bearer " + ScimClient.TOKEN + "\r\n\r\n")
                .getBytes(UTF_8);
        byte[] chunks =
                ("100000\r\n" + " ".repeat(0x100000) + "\r\n").repeat(12).getBytes(UTF_8);

        RawHttp.Answer answer = RawHttp.exchange(head, chunks);

        Envelopes.assertRefusal(answer, 413);
    }

    @Test
    void refusesABodyOfAnotherKind() throws IOException {
        byte[] body = "<user/>".getBytes(UTF_8);

        RawHttp.Answer answer = RawHttp.send("POST", "/scim/v2/Users", Map.of("Content-Type", "application/xml"), body);

        Envelopes.assertRefusal(answer, 415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type     | application/scim+json; charset=iso-8859-1",
                "Content-Encoding | gzip",
                "Content-Encoding | br"
            })
    void refusesABodyThatIsWrittenOrPackedOtherwise(String name, String value) throws IOException {
        byte[] body = "{}".getBytes(UTF_8);

        RawHttp.Answer answer = RawHttp.send("POST", "/scim/v2/Users", Map.of(name, value), body);

        Envelopes.assertRefusal(answer, 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sources;a=b", "/api;a=b/sources", "/scim;a=b/v2/Users", "/q;x/health"})
    void knowsNoAddressWithASemicolon(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.send("GET", path, Map.of(), NOTHING);

        assertThat(answer.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /scim/v2/Users HTTP/1.1\r\n\r\n",
                "GET scim/v2 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /scim/v2/Users HTTP/9.9\r\nHost: x\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /scim/v2/Users HTTP/1.1\r\nHost: a b\r\n\r\n"
            })
    void neverAnswersNonsenseWithAPageOrAFailure(String nonsense) throws IOException {
        RawHttp.Answer answer = RawHttp.exchange(
                nonsense.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(UTF_8), NOTHING);

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContainIgnoringCase("<html");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET     | /scim                                | 404 |
            GET     | /scim/                               | 404 |
            GET     | /scim/v1/Users                       | 404 |
            GET     | /scim/a/b/v2/Users                   | 404 |
            GET     | /%73cim/v2/Users/1/2                 | 404 |
            GET     | /api/../scim/v2/Users/1/2            | 404 |
            GET     | /scim/../api/sources                 | 404 |
            PUT     | /scim/v2/%55sers                     | 405 | GET, HEAD, POST
            GET     | /scim/v2/Nothing                     | 404 |
            GET     | /scim/v2/users                       | 404 |
            POST    | /scim/v2/Nothing                     | 404 |
            PUT     | /scim/v2/Nothing/1                   | 404 |
            GET     | /scim/v2/Users/1/2                   | 404 |
            GET     | /scim/v2/Schemas/a/b                 | 404 |
            GET     | /scim/v2/Me/x                        | 404 |
            GET     | /scim/v2/Users;a=b                   | 404 |
            GET     | /scim/v2/Users;a=b/x                 | 404 |
            PUT     | /scim/v2/Users                       | 405 | GET, HEAD, POST
            PATCH   | /scim/v2/Users                       | 405 | GET, HEAD, POST
            DELETE  | /scim/default/v2/Users/              | 405 | GET, HEAD, POST
            POST    | /scim/v2/Users/1                     | 405 | GET, HEAD, PUT, PATCH, DELETE
            GET     | /scim/v2/Users/.search               | 405 | POST
            DELETE  | /scim/v2/Users/.search               | 405 | POST
            GET     | /scim/v2/.search                     | 405 | POST
            GET     | /scim/v2/Bulk                        | 405 | POST
            POST    | /scim/v2/Schemas                     | 405 | GET, HEAD
            DELETE  | /scim/v2/Schemas/x                   | 405 | GET, HEAD
            POST    | /scim/v2/ResourceTypes               | 405 | GET, HEAD
            PATCH   | /scim/v2/ServiceProviderConfig       | 405 | GET, HEAD
            POST    | /scim/v2/Me                          | 405 | GET, HEAD
            PUT     | /scim/v2                             | 405 | GET, HEAD
            TRACE   | /scim/v2/Users                       | 405 | GET, HEAD, POST
            FROB    | /scim/v2/Users/1                     | 405 | GET, HEAD, PUT, PATCH, DELETE
            GET     | /scim/v2/Users/%zz                   | 400 |
            GET     | /scim/v2/Users/%                     | 400 |
            GET     | /scim/v2/Users/a%2Fb                 | 400 |
            GET     | /scim/v2/Users/%00                   | 400 |
            GET     | /scim/v2/Users?filter=%zz            | 400 |
            GET     | /scim/v2/Users?count=1&count=2       | 400 |
            """)
    void refusesInTheEnvelopeWhatNobodyServes(String method, String path, int status, String allow) throws IOException {
        RawHttp.Answer answer = RawHttp.send(method, path, Map.of(), NOTHING);

        Envelopes.assertRefusal(answer, status);
        assertThat(answer.header("Allow")).isEqualTo(allow == null ? "" : allow);
    }

    private static RawHttp.Answer send(Map<String, String> headers) throws IOException {
        return RawHttp.send("GET", "/scim/v2/ServiceProviderConfig", headers, NOTHING);
    }
}
