package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Clients that ask for a large group and then do not take it keep nobody else from the store.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(SlowReaderFlowTest.FewConnections.class)
class SlowReaderFlowTest {

    public static class FewConnections implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.jdbc.max-size", "3", "quarkus.datasource.jdbc.acquisition-timeout", "3S");
        }
    }

    private static final int READERS = 6;

    /// Far more than the buffers of two sockets hold.
    private static final int MEMBERS = 60_000;

    @Inject
    DataSource store;

    @Test
    void keepNobodyElseFromTheStore() throws Exception {
        JsonNode group = group(unique("everybody"));
        JsonNode small = group(unique("few"), id(user(unique("ada"))));
        fill(UUID.fromString(id(group)));
        List<Socket> readers = new ArrayList<>();
        try {
            readers.add(startReading(GROUPS + "/" + id(group)));
            assertThat(readers.getFirst().getInputStream().readNBytes(1024)).hasSize(1024);
            while (readers.size() < READERS) {
                readers.add(startReading(GROUPS + "/" + id(group)));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(scim().get(GROUPS + "/" + id(group) + "?attributes=displayName")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(get(GROUPS + "/" + id(small)).path("members")).hasSize(1);
            }

            assertThat(restOf(readers.getFirst())).endsWith("0\r\n\r\n");
            for (Socket waiting : readers.subList(1, READERS)) {
                assertThat(restOf(waiting))
                        .matches(answer -> answer.endsWith("0\r\n\r\n")
                                || (answer.contains(" 503 ") && answer.contains("Retry-After: ")));
            }
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    @AfterAll
    static void forgetEverybody() throws SQLException {
        TestPostgres.forgetEverybody();
    }

    private static Socket startReading(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + ScimClient.TOKEN + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    private static String restOf(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /// Puts people and memberships straight into the store, and into its count: by requests it would take minutes.
    private void fill(UUID group) throws SQLException {
        String sql = """
                WITH person AS (
                    INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                    SELECT gen_random_uuid(), source_id, 'User', 1, now(), now(), person, person
                    FROM resource, generate_series(1, ?) n,
                         LATERAL (SELECT jsonb_build_object('userName', ? || n) AS person)
                    WHERE id = ? RETURNING id, source_id),
                counted AS (
                    INSERT INTO resource_count (source_id, type, slot, n)
                    SELECT source_id, 'User', -1, count(*) FROM person GROUP BY source_id
                    ON CONFLICT (source_id, type, slot) DO UPDATE SET n = resource_count.n + excluded.n)
                INSERT INTO membership (group_id, member_id) SELECT ?, id FROM person
                """;
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, MEMBERS);
            statement.setString(2, unique("m"));
            statement.setObject(3, group);
            statement.setObject(4, group);
            statement.executeUpdate();
        }
    }
}
