package dev.rolewright.web.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.Patience;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(SlowClientsFlowTest.Impatient.class)
class SlowClientsFlowTest {

    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(20);

    @TestHTTPResource
    URL server;

    private Instant began = Instant.EPOCH;

    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rolewright.http.idle", "2s",
                    "rolewright.http.body", "2s",
                    "rolewright.http.request", "3s");
        }
    }

    @Test
    void endsAConnectionThatSaysNothing() throws Exception {
        try (Socket client = connect()) {
            assertThat(timeUntilClosed(client, "", "")).isBetween(Duration.ofMillis(1_900), FAR_TOO_LONG);
        }
    }

    @Test
    void endsAHeaderThatTrickles() throws Exception {
        try (Socket client = connect()) {
            Duration taken = timeUntilClosed(client, "GET /q/health HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a");

            assertThat(taken).isBetween(Duration.ofMillis(1_900), FAR_TOO_LONG);
        }
    }

    @Test
    void endsABodyThatTrickles() throws Exception {
        try (Socket client = connect()) {
            Duration taken = timeUntilClosed(client, """
                    POST /api/sources HTTP/1.1\r
                    Host: x\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: 10000\r
                    \r
                    {"name":\"""".formatted(TestTokens.ADMIN), "a");

            assertThat(taken).isBetween(Duration.ofMillis(1_900), FAR_TOO_LONG);
        }
    }

    @Test
    void endsAKeptAliveConnectionThatAsksNoMore() throws Exception {
        try (Socket client = connect()) {
            String request = "GET /q/health HTTP/1.1\r\nHost: x\r\n\r\n";
            Duration taken = timeUntilClosed(client, request, "");

            assertThat(taken).isBetween(Duration.ofMillis(1_900), FAR_TOO_LONG);
        }
    }

    @Test
    void endsAnAnswerThatIsNotTakenOffUs() throws Exception {
        try (Socket client = connect()) {
            client.setReceiveBufferSize(1024);
            String page = "GET /q/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n";
            client.getOutputStream().write(page.repeat(20).getBytes(US_ASCII));

            Duration taken = timeUntilReset(client);

            assertThat(taken).isBetween(Duration.ofMillis(1_900), FAR_TOO_LONG);
        }
    }

    @Test
    void leavesAClientAloneThatGetsOn() throws Exception {
        try (Socket client = connect()) {
            client.setSoTimeout((int) Patience.LONG.toMillis());
            for (int i = 0; i < 9; i++) {
                client.getOutputStream().write("GET /q/health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
                assertThat(client.getInputStream().read()).isEqualTo('H');
                Thread.sleep(400);
                client.getInputStream().skip(client.getInputStream().available());
            }
        }
    }

    private Socket connect() throws IOException {
        began = Instant.now();
        Socket client = new Socket(server.getHost(), server.getPort());
        client.setSoTimeout(100);
        return client;
    }

    /// Sends the start, then one more piece every 100 ms, reading whatever comes, until the other side hangs up.
    private Duration timeUntilClosed(Socket client, String start, String piece) throws IOException {
        client.getOutputStream().write(start.getBytes(US_ASCII));
        InputStream in = client.getInputStream();
        while (Duration.between(began, Instant.now()).compareTo(FAR_TOO_LONG) < 0) {
            try {
                client.getOutputStream().write(piece.getBytes(US_ASCII));
                while (in.read() >= 0) {
                    // the answer to a kept-alive request
                }
                break;
            } catch (java.net.SocketTimeoutException e) {
                continue;
            } catch (IOException closed) {
                break;
            }
        }
        return Duration.between(began, Instant.now());
    }

    /// Reads nothing, and sends a byte now and then to learn whether the other side is still there.
    private Duration timeUntilReset(Socket client) throws InterruptedException {
        while (Duration.between(began, Instant.now()).compareTo(FAR_TOO_LONG) < 0) {
            Thread.sleep(200);
            try {
                client.getOutputStream().write('\r');
            } catch (IOException closed) {
                break;
            }
        }
        return Duration.between(began, Instant.now());
    }
}
