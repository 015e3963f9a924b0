package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.deploy.KnownKeys;
import dev.rolewright.model.Danger;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.file.FileSystemConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a configuration makes dangerous, and what does not.
class SetupDangersTest {

    private static final Map<String, String> SAFE = Map.of(
            "quarkus.http.host", "0.0.0.0",
            "rolewright.scim.base-url", "https://scim.example.org/scim/v2",
            "quarkus.datasource.jdbc.url", "jdbc:postgresql://store.example.org/rolewright?sslmode=verify-full",
            "rolewright.hr.sender.workday.token-file", "/run/secrets/workday.token",
            "rolewright.target.orders.password-file", "/run/secrets/orders.password");

    /// Here those are in the open that name no mode of TLS.
    private static final Predicate<String> IN_THE_OPEN = url -> !url.matches(".*[?&]sslmode=.+");

    private static List<String> dangers(ConfigSource... sources) {
        return new SetupDangers(new SmallRyeConfigBuilder().withSources(sources).build(), IN_THE_OPEN)
                .dangers().stream().map(Danger::warning).toList();
    }

    /// @param value nothing takes the key away
    private static List<String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(SAFE);
        settings.put(key, value);
        settings.values().removeIf(String::isEmpty);
        return dangers(new PropertiesConfigSource(settings, "the test", 100));
    }

    @Test
    void knowsNoneOfASafeSetup() {
        assertThat(dangers(new PropertiesConfigSource(SAFE, "the test", 100))).isEmpty();
    }

    @Test
    void everyKeyThatIsASecretIsBetterAFile() throws IOException {
        List<String> secrets = KnownKeys.read().keys().stream()
                .filter(key -> key.matches(".*[.-](token|key|password|headers)"))
                .map(key -> key.replace("<name>", "some"))
                .toList();

        assertThat(secrets)
                .hasSizeGreaterThan(5)
                .allSatisfy(key -> assertThat(with(key, "0123456789abcdef"))
                        .anySatisfy(danger -> assertThat(danger).contains("Secrets are in the environment", key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://scim.example.org/scim/v2"})
    void plainHttpIsOne(String baseUrl) {
        assertThat(with("rolewright.scim.base-url", baseUrl))
                .singleElement()
                .asString()
                .startsWith("Not safe: The doors listen on 0.0.0.0 for plain HTTP")
                .contains("rolewright.scim.base-url", "quarkus.http.host=127.0.0.1", "src/docs/how-to/install.md");
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.http.host, localhost, 0",
        "quarkus.http.host, 127.0.0.1, 0",
        "quarkus.http.host, ::1, 0",
        "quarkus.http.host, 127.0.0.1.example.org, 1",
        "quarkus.http.host, localhost.example.org, 1",
        "quarkus.http.host, ::, 1",
        "quarkus.http.insecure-requests, disabled, 0",
        "quarkus.http.insecure-requests, redirect, 0",
        "quarkus.http.insecure-requests, enabled, 1",
    })
    void plainHttpIsNoneWhereNobodyElseIs(String key, String value, int dangers) {
        Map<String, String> settings = new HashMap<>(SAFE);
        settings.remove("rolewright.scim.base-url");
        settings.put(key, value);

        assertThat(dangers(new PropertiesConfigSource(settings, "the test", 100)))
                .hasSize(dangers);
    }

    @Test
    void theEmbeddedStoreAndTheDemoAre() {
        assertThat(with("rolewright.embedded-store", "/home/ada/.rolewright/store"))
                .singleElement()
                .asString()
                .contains("/home/ada/.rolewright/store", "nobody backs it up", "QUARKUS_DATASOURCE_JDBC_URL");
        assertThat(with("rolewright.demo-database", "jdbc:postgresql://127.0.0.1/orders"))
                .singleElement()
                .asString()
                .contains("without a password", "ROLEWRIGHT_DEMO=false");
    }

    @Test
    void aStoreInTheOpenIs() {
        String url = "jdbc:postgresql://store.example.org/rolewright?user=hush";

        assertThat(with("quarkus.datasource.jdbc.url", url))
                .singleElement()
                .asString()
                .contains("The store is on another host", "sslmode=verify-full")
                .doesNotContain("hush");
        assertThat(with("quarkus.datasource.jdbc.url", url + "&sslmode=require"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.datasource.password",
                "rolewright.admin.token",
                "rolewright.scim.token",
                "rolewright.target.orders.password",
                "rolewright.hr.sender.workday.token",
                "rolewright.hr.sender.workday.key",
                "quarkus.otel.exporter.otlp.headers",
            })
    void aSecretAmongOtherConfigurationIs(String key, @TempDir Path folder) throws IOException {
        String sentence = "Not safe: Secrets are in the environment or among other configuration";

        assertThat(with(key, "hush"))
                .singleElement()
                .asString()
                .startsWith(sentence)
                .contains(": " + key + ".", "smallrye.config.source.file.locations")
                .doesNotContain("hush");
        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_");
        assertThat(dangers(
                        new PropertiesConfigSource(SAFE, "the test", 100),
                        new EnvConfigSource(Map.of(variable, "hush"), 300)))
                .as("in the environment")
                .allMatch(danger -> danger.startsWith(sentence) && !danger.contains("hush"))
                .hasSize(1);
        Files.writeString(folder.resolve(key), "hush");
        assertThat(dangers(
                        new PropertiesConfigSource(SAFE, "the test", 100),
                        new FileSystemConfigSource(folder.toFile(), 300)))
                .as("in a file of its own")
                .isEmpty();
    }

    @Test
    void severalSecretsAreOneSentence() {
        assertThat(dangers(
                        new PropertiesConfigSource(SAFE, "the test", 100),
                        new PropertiesConfigSource(
                                Map.of("rolewright.scim.token", "hush", "rolewright.admin.token", "hush"),
                                "more",
                                200)))
                .singleElement()
                .asString()
                .contains(": rolewright.admin.token, rolewright.scim.token.");
    }
}
