package dev.rolewright.web.pickup;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.rolewright.web.auth.TestTokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/// What [PasswordsAreGiven] leads to: people with logins on a server that asks for their passwords.
public final class Workplace {

    public static final Pattern PASSWORD = Pattern.compile("password <code>([a-z2-9]{26})</code>");

    private Workplace() {}

    public static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN).contentType("application/json");
    }

    public static RequestSpecification provider() {
        return given().auth().preemptive().oauth2(TestTokens.SCIM).contentType("application/scim+json; charset=UTF-8");
    }

    public static void awaitTarget() {
        await().until(() -> admin().get("/api/targets/orders").path("health"), is("READY"));
    }

    /// Pushes somebody and waits for their login, which has the same name.
    ///
    /// @return the SCIM id
    public static String employ(String name) {
        String person = provider()
                .body("{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"" + name
                        + "@example.org\", \"active\": true}")
                .post("/scim/v2/Users")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        provider()
                .body("{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:Group\"], \"displayName\": \""
                        + PasswordsAreGiven.GROUP + "\", \"members\": [{\"value\": \"" + person + "\"}]}")
                .post("/scim/v2/Groups")
                .then()
                .statusCode(201);
        await().until(() -> state(person), is("ACTIVE"));
        return person;
    }

    public static String state(String person) {
        return admin().get("/api/people/" + person + "/access").path("targets[0].login.state");
    }

    /// Makes a link.
    public static String link(String person) {
        return admin().body("{}")
                .post("/api/people/" + person + "/pickups")
                .then()
                .statusCode(201)
                .header("Cache-Control", is("no-store"))
                .extract()
                .path("link");
    }

    /// Clicks.
    public static Response take(String link) {
        return given().formParam("link", link).post("/pickup");
    }

    /// What the page shows.
    public static String password(Response page) {
        Matcher shown = PASSWORD.matcher(page.asString());
        assertThat(shown.find()).as(page.asString()).isTrue();
        return shown.group(1);
    }

    public static Connection connect(String database, String user, String password) throws SQLException {
        String url = value("rolewright.target.orders.url");
        return DriverManager.getConnection(url.substring(0, url.lastIndexOf('/') + 1) + database, user, password);
    }

    /// A connection of the target's superuser.
    public static Connection administrator() throws SQLException {
        return connect("postgres", "rolewright", value("test.administrator"));
    }

    /// Runs a statement as the target's superuser.
    ///
    /// @return the first value of its answer
    public static String administer(String sql) throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static String value(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
