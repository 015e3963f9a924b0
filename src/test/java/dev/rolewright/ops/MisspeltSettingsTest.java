package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Danger;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What looks like a setting of ours and is none.
class MisspeltSettingsTest {

    private static final Set<String> KNOWN = Set.of(
            "rolewright.scim.token",
            "rolewright.scim.base-url",
            "rolewright.hr.sender.*.mapping.leaver.is",
            "rolewright.hr.sender.*.mapping.leaver.is[*]",
            "rolewright.installation",
            "rolewright.target.*.url",
            "rolewright.target.*.password-file");

    private static List<String> dangers(ConfigSource source) {
        return new MisspeltSettings(
                        new SmallRyeConfigBuilder().withSources(source).build(), KNOWN)
                .dangers().stream().map(Danger::warning).toList();
    }

    private static List<String> inTheEnvironment(String variable) {
        return dangers(new EnvConfigSource(Map.of(variable, "hush", "HOME", "/root"), 300));
    }

    private static List<String> inAFile(String key) {
        return dangers(new PropertiesConfigSource(Map.of(key, "hush", "quarkus.http.prt", "1"), "the test", 100));
    }

    private static String warning(String written, String meant) {
        return "Not safe: Nothing reads the setting " + written + ", so what it says does not hold. Did you mean "
                + meant + "?";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLEWRIGHT_INSTALLATION",
                "ROLEWRIGHT_SCIM_TOKEN",
                "ROLEWRIGHT_SCIM_BASE_URL",
                "ROLEWRIGHT_TARGET_ORDERS_URL",
                "ROLEWRIGHT_HR_SENDER_WORKDAY_MAPPING_LEAVER_IS",
                "ROLEWRIGHT_HR_SENDER_WORKDAY_MAPPING_LEAVER_IS_0_",
            })
    void aKeyIsNone(String variable) {
        assertThat(inTheEnvironment(variable)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ROLEWRIGHT_SCIM_TOKN, ROLEWRIGHT_SCIM_TOKEN",
        "ROLEWRIGHT_SCIM_BASE_UR, ROLEWRIGHT_SCIM_BASE_URL",
        "ROLEWRIGHT_TARGET_ORDERS_PASWORD_FILE, ROLEWRIGHT_TARGET_ORDERS_PASSWORD_FILE",
        "ROLEWRIGHT_TARGETS_ORDERS_URL, ROLEWRIGHT_TARGET_ORDERS_URL",
        "ROLEWRIGHT_INSTALATION, ROLEWRIGHT_INSTALLATION",
    })
    void aVariableNextToOneIs(String variable, String meant) {
        assertThat(inTheEnvironment(variable)).containsExactly(warning(variable, meant));
    }

    @Test
    void whatIsLikeNoneLeadsToThePage() {
        assertThat(inTheEnvironment("ROLEWRIGHT_SUPERSECRET"))
                .singleElement()
                .asString()
                .contains("ROLEWRIGHT_SUPERSECRET,", "src/docs/reference/configuration.md");
    }

    @ParameterizedTest
    @CsvSource({
        "rolewright.scimm.token, rolewright.scim.token",
        "rolewright.targets.orders.url, rolewright.target.orders.url",
    })
    void aKeyThatThePlatformLetsPassIs(String key, String meant) {
        assertThat(inAFile(key)).containsExactly(warning(key, meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLEWRIGHT_SERVICE_HOST",
                "ROLEWRIGHT_SERVICE_PORT",
                "ROLEWRIGHT_SERVICE_PORT_HTTP",
                "ROLEWRIGHT_PORT",
                "ROLEWRIGHT_PORT_8080_TCP",
                "ROLEWRIGHT_PORT_8080_TCP_ADDR",
                "ROLEWRIGHT_STORE_PORT_5432_TCP_PROTO",
            })
    void whatAClusterTellsOfItsServicesIsNone(String variable) {
        assertThat(inTheEnvironment(variable)).isEmpty();
    }

    @Test
    void aNameThatTheEnvironmentCannotTellIs() {
        assertThat(inTheEnvironment("ROLEWRIGHT_TARGET_MY_DB_PASSWORD_FILE"))
                .singleElement()
                .asString()
                .contains("Nothing reads the setting ROLEWRIGHT_TARGET_MY_DB_PASSWORD_FILE,");
    }
}
