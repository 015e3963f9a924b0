package dev.rolewright.web.pickup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.WrittenDown;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A link whose secret somebody, or a program that spells links anew, made a part of the address.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MisplacedLinkFlowTest {

    private final String secret = UUID.randomUUID().toString().replace("-", "");

    @TestHTTPResource
    URI door;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pickup/",
                "/pickup#",
                "/pickup%23",
                "/pickup/%23",
                "/pickup%",
                "/pickup?",
                "/pickup?link=",
                "//pickup/",
                "/Pickup/",
                "/scim/v2/pickup/",
                "/api/pickup/",
                "http://other.example.org/pickup/",
            })
    void isWrittenNowhere(String address) throws Exception {
        WrittenDown log = new WrittenDown();
        log.during(() -> {
            for (String method : List.of("GET", "POST", "HEAD", "PUT")) {
                assertThat(answer(method + " " + address + secret + " HTTP/1.1"))
                        .startsWith("HTTP/1.");
            }
            return true;
        });

        assertThat(log.lines().lines().filter(line -> line.contains(secret))).isEmpty();
    }

    private String answer(String request) throws IOException {
        try (Socket line = new Socket(door.getHost(), door.getPort())) {
            line.getOutputStream()
                    .write((request + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(line.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
