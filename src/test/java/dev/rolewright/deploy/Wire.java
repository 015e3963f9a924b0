package dev.rolewright.deploy;

import dev.rolewright.ops.PackagedApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Speaks to a running application as somebody.
///
/// @param token what is shown at the door
/// @param request the id of every request
record Wire(PackagedApp app, String token, String request) {

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /// @return the answer's body
    String send(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body).body();
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .header("Authorization", "Bearer " + token)
                            .header("X-Request-Id", request)
                            .header(
                                    "Content-Type",
                                    path.startsWith("/scim") ? "application/scim+json" : "application/json")
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /// Pushes somebody, and a group of the example contract in which they are.
    ///
    /// @param more further attributes of the person, each with a comma behind
    /// @return the ids of the two
    Hired hire(String more) throws IOException, InterruptedException {
        String person = id(send("/scim/v2/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada", %s "active": true}""".formatted(more)));
        String group = id(send("/scim/v2/Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "db-analysts",
                 "members": [{"value": "%s"}]}""".formatted(person)));
        return new Hired(person, group);
    }

    record Hired(String person, String group) {}

    private static String id(String answer) {
        return answer.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
    }
}
