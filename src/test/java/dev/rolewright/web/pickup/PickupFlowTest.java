package dev.rolewright.web.pickup;

import static dev.rolewright.Patience.await;
import static dev.rolewright.web.pickup.Workplace.link;
import static dev.rolewright.web.pickup.Workplace.password;
import static dev.rolewright.web.pickup.Workplace.take;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.rolewright.web.WrittenDown;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A password on its way from nowhere to its owner.
@QuarkusTest
@TestProfile(PasswordsAreGiven.class)
class PickupFlowTest {

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    DataSource store;

    @BeforeEach
    void waitForTheTarget() {
        Workplace.awaitTarget();
    }

    private String person() {
        return Workplace.employ(name);
    }

    private static String waiting() throws SQLException {
        return Workplace.administer(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'pg_authid'::regclass");
    }

    private Connection logIn(String password) throws SQLException {
        return Workplace.connect("orders", name, password);
    }

    private void write(String sql, Object value) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    @Test
    void theOwnerTakesThePasswordOnceAndNobodyWhoOnlyLooksDoes() throws SQLException {
        String person = person();
        String link = link(person);

        for (int look = 0; look < 3; look++) {
            given().get("/pickup")
                    .then()
                    .statusCode(200)
                    .contentType("text/html")
                    .header("Cache-Control", is("no-store"))
                    .header("Referrer-Policy", is("no-referrer"))
                    .header("X-Content-Type-Options", is("nosniff"))
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                    .header("Content-Security-Policy", not(containsString("unsafe")))
                    .body(not(containsString("rw_")));
        }
        Response page = take(link);
        String password = password(page);

        page.then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .header("Referrer-Policy", is("no-referrer"));
        logIn(password).close();
        take(link).then().statusCode(410).body(not(containsString(password)));
        Workplace.admin()
                .get("/api/audit?subject=" + person)
                .then()
                .body("items.action", hasItems("pickup.made", "password.asked", "password.given"));
    }

    @Test
    void ofManyAtOnceOneGetsIt() throws Exception {
        String link = link(person());
        List<Response> pages = new ArrayList<>();

        try (ExecutorService crowd = Executors.newFixedThreadPool(8)) {
            Callable<Response> one = () -> take(link);
            for (Future<Response> page : crowd.invokeAll(Collections.nCopies(8, one))) {
                pages.add(page.get());
            }
        }

        assertThat(pages).extracting(Response::statusCode).containsOnlyOnce(200).containsOnly(200, 410);
        Response winner = pages.stream()
                .filter(page -> page.statusCode() == 200)
                .findFirst()
                .orElseThrow();
        logIn(password(winner)).close();
    }

    @Test
    void aTargetThatDoesNotTakeItSpendsNothing() throws SQLException {
        String link = link(person());
        Workplace.administer("ALTER ROLE rolewright_grantor NOCREATEROLE");
        try {
            take(link).then().statusCode(503).body(containsString("still good")).body(not(containsString("SCRAM")));
        } finally {
            Workplace.administer("ALTER ROLE rolewright_grantor CREATEROLE");
        }

        logIn(password(take(link))).close();
        take(link).then().statusCode(410);
    }

    @Test
    void whoeverLosesTheLinkWhileTheTargetIsSpokenToShowsNothing() throws Exception {
        String person = person();
        String link = link(person);
        try (Connection other = Workplace.administrator();
                Statement blocking = other.createStatement();
                ExecutorService one = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            blocking.execute("ALTER ROLE " + name + " CONNECTION LIMIT 9");
            Future<Response> page = one.submit(() -> take(link));
            await().until(() -> Workplace.administer("SELECT count(*) FROM pg_locks WHERE NOT granted"), is("1"));
            take(link).then().statusCode(410);

            Workplace.admin()
                    .delete("/api/people/" + person + "/pickups")
                    .then()
                    .statusCode(204);
            other.rollback();

            assertThat(page.get().statusCode()).isEqualTo(410);
            assertThat(Workplace.PASSWORD.matcher(page.get().asString()).find()).isFalse();
        }
    }

    @Test
    void manyPeopleAtOnceTakeFewConnectionsAndAllGetTheirs() throws Exception {
        List<String> links = new ArrayList<>();
        for (int person = 0; person < 12; person++) {
            links.add(link(Workplace.employ(name + "x" + person)));
        }
        try (Connection look = Workplace.administrator();
                Statement statement = look.createStatement();
                ExecutorService crowd = Executors.newFixedThreadPool(12)) {
            statement.execute("BEGIN; LOCK TABLE pg_authid IN SHARE MODE"); // so that nobody is through before the next
            List<Future<Response>> pages =
                    links.stream().map(link -> crowd.submit(() -> take(link))).toList();
            await().during(Duration.ofSeconds(1)).until(PickupFlowTest::waiting, is("4"));
            statement.execute("ROLLBACK");
            for (Future<Response> page : pages) {
                password(page.get());
            }
        }
    }

    @Test
    void aLinkThatSomebodyNeverCameBackFromIsGoodAgainAfterAWhile() throws SQLException {
        String person = person();
        String link = link(person);
        write(
                "UPDATE pickup SET claim = gen_random_uuid(), claimed = now() WHERE closed IS NULL AND person = ?",
                UUID.fromString(person));
        take(link).then().statusCode(410);

        write(
                "UPDATE pickup SET claimed = now() - interval '11 minutes' WHERE closed IS NULL AND person = ?",
                UUID.fromString(person));

        logIn(password(take(link))).close();
    }

    @Test
    void aLinkThatIsNoneLeadsNowhere() throws SQLException {
        String person = person();
        String first = link(person);
        String second = link(person);
        take(first).then().statusCode(410);
        Workplace.admin().delete("/api/people/" + person + "/pickups").then().statusCode(204);
        take(second).then().statusCode(410);
        Workplace.admin().delete("/api/people/" + person + "/pickups").then().statusCode(404);
        String third = link(person);
        write("UPDATE pickup SET expires = now() WHERE closed IS NULL AND person = ?", UUID.fromString(person));
        take(third).then().statusCode(410);

        for (String other : List.of("", "#", "rw_", third + "x", third.substring(0, third.length() - 1), "'; --")) {
            take(other).then().statusCode(410);
        }
        given().contentType("application/json")
                .body("{}")
                .post("/pickup")
                .then()
                .statusCode(415);
        given().header("Sec-Fetch-Site", "cross-site")
                .formParam("link", third)
                .post("/pickup")
                .then()
                .statusCode(403);
        Workplace.admin()
                .body("{\"lifetime\": \"P8D\"}")
                .post("/api/people/" + person + "/pickups")
                .then()
                .statusCode(400);
    }

    @Test
    void thePasswordIsWrittenDownNowhere() throws Exception {
        String person = person();
        for (String setting : List.of("log_statement = 'all'", "log_min_error_statement = 'debug5'")) {
            Workplace.administer("ALTER ROLE connector SET " + setting);
        }
        WrittenDown log = new WrittenDown();
        List<String> secrets = log.during(() -> {
            String link = link(person);
            Workplace.administer("ALTER ROLE rolewright_grantor NOCREATEROLE");
            take(link).then().statusCode(503);
            Workplace.administer("ALTER ROLE rolewright_grantor CREATEROLE");
            String password = password(take(link));
            take(link).then().statusCode(410);
            logIn(password).close();
            return List.of(password, link.substring(link.indexOf('#') + 1));
        });
        Path serverLog = Path.of(Workplace.administer("SHOW data_directory")).resolveSibling("postgres.log");
        String served = new String(Files.readAllBytes(serverLog), StandardCharsets.UTF_8);
        String stored = WrittenDown.everythingIn(store);

        assertThat(stored).contains("password.given");
        assertThat(secrets).hasSize(2).allSatisfy(secret -> {
            assertThat(log.lines()).doesNotContain(secret);
            assertThat(stored).doesNotContain(secret);
            assertThat(served).doesNotContain(secret);
        });
        assertThat(stored).doesNotContain("SCRAM-SHA-256$");
        assertThat(log.usual()).doesNotContain("SCRAM-SHA-256$");
    }
}
