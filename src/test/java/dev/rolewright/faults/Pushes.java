package dev.rolewright.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An identity provider that pushes until it is answered, and remembers who must have access.
final class Pushes implements AutoCloseable {

    /// What the names of its groups end in.
    static final String TAG = "fleet";

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// @param status 0 when nobody answered
    record Answer(int status, String body, Optional<String> retryAfter) {}

    final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    final AtomicInteger refused = new AtomicInteger();
    private final Supplier<List<Integer>> ports;
    private final Random random;
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> active = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private String group = "";
    private int hired;

    /// @param ports where replicas listen
    Pushes(Supplier<List<Integer>> ports, long seed) {
        this.ports = ports;
        this.random = new Random(seed);
    }

    void found() throws InterruptedException {
        group = create("/scim/v2/Groups", "displayName", "analysts-" + TAG, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "analysts-%s"}""".formatted(TAG));
    }

    String hire() throws InterruptedException {
        String name = "p" + hired++;
        create(name);
        active.add(name);
        join(name);
        return name;
    }

    private void create(String name) throws InterruptedException {
        ids.put(name, create("/scim/v2/Users", "userName", name + "@fleet.example", Asking.newPerson(name)));
    }

    void dismiss(String name) throws InterruptedException {
        patch("/scim/v2/Users/" + ids.get(name), "replace", "active", "false");
        active.remove(name);
    }

    void takeBack(String name) throws InterruptedException {
        patch("/scim/v2/Users/" + ids.get(name), "replace", "active", "true");
        active.add(name);
    }

    void join(String name) throws InterruptedException {
        patch("/scim/v2/Groups/" + group, "add", "members", "[{\"value\": \"" + ids.get(name) + "\"}]");
        members.add(name);
    }

    void rename(String name, String other) throws InterruptedException {
        patch("/scim/v2/Users/" + ids.get(name), "replace", "userName", "\"" + other + "@fleet.example\"");
        ids.put(other, ids.remove(name));
        for (Set<String> names : List.of(active, members)) {
            if (names.remove(name)) {
                names.add(other);
            }
        }
    }

    void leave(String name) throws InterruptedException {
        patch("/scim/v2/Groups/" + group, "remove", "members[value eq \\\"" + ids.get(name) + "\\\"]", null);
        members.remove(name);
    }

    /// One change that somebody makes.
    void something() throws InterruptedException {
        if (ids.size() < 5 || random.nextInt(6) == 0) {
            hire();
            return;
        }
        String name = "p" + random.nextInt(hired);
        switch (random.nextInt(4)) {
            case 0 -> dismiss(name);
            case 1 -> takeBack(name);
            case 2 -> join(name);
            default -> leave(name);
        }
    }

    /// Who must have access.
    Set<String> wanted() {
        Set<String> wanted = new TreeSet<>(active);
        wanted.retainAll(members);
        return wanted;
    }

    /// Everybody and everything again, as after the directory was brought back from a copy: whom it has
    /// forgotten is somebody new to it.
    void pushAgain() throws InterruptedException {
        for (String name : List.copyOf(ids.keySet())) {
            if (insist("GET", "/scim/v2/Users/" + ids.get(name), "").status() == 404) {
                create(name);
            }
            String user = "/scim/v2/Users/" + ids.get(name);
            patch(user, "replace", "userName", "\"" + name + "@fleet.example\"");
            patch(user, "replace", "active", "" + active.contains(name));
            if (members.contains(name)) {
                join(name);
            } else {
                leave(name);
            }
        }
    }

    /// One request to one replica, once.
    Answer send(int port, String method, String path, String body) throws InterruptedException {
        return send(port, Fleet.SCIM, method, path, body);
    }

    Answer send(int port, String token, String method, String path, String body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE.plusSeconds(40))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", path.startsWith("/scim") ? "application/scim+json" : "application/json");
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(), answer.body(), answer.headers().firstValue("Retry-After"));
        } catch (IOException _) {
            return new Answer(0, "", Optional.empty());
        }
    }

    private String create(String path, String key, String value, String body) throws InterruptedException {
        Answer answer = insist("POST", path, body);
        if (answer.status() == 409) { // it was done, and only the answer was lost
            String filter = URLEncoder.encode(key + " eq \"" + value + "\"", StandardCharsets.UTF_8);
            answer = insist("GET", path + "?filter=" + filter, "");
        }
        Matcher id = ID.matcher(answer.body());
        if (!id.find()) {
            throw new AssertionError(answer);
        }
        return id.group(1);
    }

    private void patch(String path, String op, String attribute, String value) throws InterruptedException {
        Answer answer =
                insist("PATCH", path, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "%s", "path": "%s"%s}]}""".formatted(op, attribute, value == null ? "" : ", \"value\": " + value));
        if (answer.status() >= 300) {
            throw new AssertionError(answer);
        }
    }

    /// Asks one replica after the other until one answers.
    private Answer insist(String method, String path, String body) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < end) {
            List<Integer> open = ports.get();
            if (!open.isEmpty()) {
                Answer answer = send(open.get(random.nextInt(open.size())), method, path, body);
                if (answer.status() > 0 && answer.status() < 500) {
                    return answer;
                }
                if (answer.status() == 500) {
                    throw new AssertionError(answer);
                }
                refused.incrementAndGet();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nobody answers");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
