package dev.rolewright.web.pickup;

import static dev.rolewright.Patience.await;
import static dev.rolewright.web.pickup.Workplace.admin;
import static dev.rolewright.web.pickup.Workplace.link;
import static dev.rolewright.web.pickup.Workplace.take;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.WrittenDown;
import dev.rolewright.web.auth.TrustsPersons;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On no version is a password or a link to one written down by anybody, however much they all write, whatever goes
/// wrong on its way.
@QuarkusTest
@TestProfile(EveryVersion.class)
class WrittenNowhereFlowTest {

    /// Also those that were made and never shown. Hardly any is without a digit.
    private static final Pattern LIKE_A_PASSWORD =
            Pattern.compile("(?<![0-9A-Za-z])(?=[a-z]*[0-9])[2-9a-hjkmnp-z]{26}(?![0-9A-Za-z])");

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<TestServers, TalkativeServer> servers = new EnumMap<>(TestServers.class);
    private final List<String> secrets = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private String person = "";

    @Inject
    DataSource store;

    /// What happens on a server while it is spoken to.
    private interface Meanwhile {

        void on(TestServers server, Connection other) throws SQLException;
    }

    @BeforeEach
    void employ() throws SQLException, IOException {
        person = Workplace.employ(name);
        await().untilAsserted(() -> admin().get("/api/people/" + person + "/access")
                .then()
                .body("targets.login.state", everyItem(is("ACTIVE")))
                .body("targets", hasSize(TestServers.values().length)));
        for (TestServers server : TestServers.values()) {
            servers.put(server, new TalkativeServer(server.administrator("postgres")));
        }
    }

    @AfterEach
    void silence() throws SQLException {
        for (TalkativeServer server : servers.values()) {
            server.close();
        }
    }

    @Test
    void whateverGoesWrongOnItsWay() throws Exception {
        WrittenDown log = new WrittenDown();
        String ofTheStore;
        try (TalkativeServer writing = new TalkativeServer(
                DriverManager.getConnection(TestPostgres.jdbcUrl(), TestPostgres.user(), TestPostgres.password()))) {
            log.during(this::giveAndFail);
            ofTheStore = writing.written();
        }

        Map<String, String> places = new LinkedHashMap<>();
        places.put("the log", log.lines());
        places.put("the store", WrittenDown.everythingIn(store));
        places.put("the store's log", ofTheStore);
        places.put("answers", String.join("\n", answers));
        for (var server : servers.entrySet()) {
            String written = server.getValue().written();
            assertThat(written)
                    .contains("ALTER ROLE \"" + name + "\" PASSWORD 'SCRAM-SHA-256$", "ERROR:", "FATAL:", "DEBUG:");
            places.put("the log of " + server.getKey(), written);
        }
        assertThat(log.lines()).contains("org.postgresql", "io.vertx", "org.hibernate");
        assertThat(places.get("the store")).contains("password.given", "password.not-given");
        assertThat(places.get("the store's log")).contains("INSERT INTO audit_event");
        assertThat(places.get("answers")).contains("password.given", name);

        assertThat(secrets).hasSize(1 + 2 * TestServers.values().length).doesNotHaveDuplicates();
        places.forEach((place, text) -> {
            assertThat(LIKE_A_PASSWORD.matcher(text).results().map(MatchResult::group))
                    .as(place)
                    .isEmpty();
            for (String secret : secrets) {
                for (String spelling : Spellings.of(secret)) {
                    assertThat(text.contains(spelling))
                            .as(spelling + " in " + place)
                            .isFalse();
                }
            }
        });
    }

    private List<String> giveAndFail() throws Exception {
        String link = link(person);
        secrets.add(link.substring(link.indexOf('#') + 1));
        for (Callable<Response> door : List.<Callable<Response>>of(() -> take(link), this::come)) {
            failing(refused(door));
            failing(meanwhile(door, "NOLOGIN", (_, other) -> other.commit()));
            for (TalkativeServer server : servers.values()) {
                server.run("ALTER ROLE " + name + " LOGIN");
            }
            failing(meanwhile(door, "CONNECTION LIMIT 9", (server, other) -> {
                servers.get(server).run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted");
                other.rollback();
            }));
        }

        Response page = take(link);
        List<String> shown = Workplace.PASSWORD
                .matcher(page.asString())
                .results()
                .map(password -> password.group(1))
                .toList();
        logInWith(shown);
        List<String> told = come().then().statusCode(200).extract().path("passwords.password");
        logInWith(told);

        answers.add(take(link).asString());
        answers.add(take("https://example.org/pickup#" + told.getFirst()).asString());
        answers.add(admin().get("/api/audit?limit=200&subject=" + person).asString());
        answers.add(admin().get("/api/passwords").asString());
        answers.add(admin().get("/api/people/" + person + "/access").asString());
        return secrets;
    }

    /// They are in the order of the targets.
    private void logInWith(List<String> passwords) throws SQLException {
        secrets.addAll(passwords);
        assertThat(passwords).hasSize(servers.size());
        for (TestServers server : TestServers.values()) {
            DriverManager.getConnection(server.jdbcUrl("orders"), name, passwords.get(server.ordinal()))
                    .close();
        }
    }

    private Response come() {
        return given().header("Authorization", "Bearer " + TrustsPersons.token(name + "@example.org"))
                .post("/api/me/credential");
    }

    private void failing(Response answer) {
        answer.then().statusCode(503);
        answers.add(answer.asString());
    }

    private Response refused(Callable<Response> door) throws Exception {
        Map<TestServers, String> mayNot = new EnumMap<>(TestServers.class);
        for (var server : servers.entrySet()) {
            String ours = server.getValue()
                    .ask("SELECT string_agg(format('ALTER ROLE %I CREATEROLE', rolname), ';')"
                            + " FROM pg_roles WHERE rolcreaterole AND rolname LIKE 'rolewright\\_%'");
            mayNot.put(server.getKey(), ours);
            server.getValue().run(ours.replace(" CREATEROLE", " NOCREATEROLE"));
        }
        try {
            return door.call();
        } finally {
            for (var server : mayNot.entrySet()) {
                servers.get(server.getKey()).run(server.getValue());
            }
        }
    }

    /// Each server has the password in hand and waits for somebody else, who does the rest.
    private Response meanwhile(Callable<Response> door, String change, Meanwhile rest) throws Exception {
        Map<TestServers, Connection> others = new EnumMap<>(TestServers.class);
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            for (TestServers server : TestServers.values()) {
                Connection other = server.administrator("postgres");
                others.put(server, other);
                other.setAutoCommit(false);
                other.createStatement().execute("ALTER ROLE " + name + " " + change);
            }
            Future<Response> answer = one.submit(door);
            for (var other : others.entrySet()) {
                TalkativeServer server = servers.get(other.getKey());
                await().pollInterval(Duration.ofMillis(20))
                        .until(() -> server.ask("SELECT count(*) FROM pg_locks WHERE NOT granted"), is("1"));
                rest.on(other.getKey(), other.getValue());
            }
            return answer.get();
        } finally {
            for (Connection other : others.values()) {
                other.close();
            }
        }
    }
}
