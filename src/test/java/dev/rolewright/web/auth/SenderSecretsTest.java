package dev.rolewright.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.Danger;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may be configured as an HR system, and what of it is dangerous.
class SenderSecretsTest {

    private static final String STRONG = "0123456789-abcdefghijklmnopqrstuvwxyz";

    private static SenderSecrets secrets(Map<String, String> settings) {
        return new SenderSecrets(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SendersConfig.class)
                .withSources(new PropertiesConfigSource(settings, "the test", 100))
                .build()
                .getConfigMapping(SendersConfig.class));
    }

    private static List<String> dangers(Map<String, String> settings) {
        return secrets(settings).dangers().stream().map(Danger::warning).toList();
    }

    @Test
    void whoDoesNotSignIsDangerousAndWhoDoesIsNot() {
        Map<String, String> settings = new HashMap<>(
                Map.of("rolewright.hr.sender.workday.token", STRONG, "rolewright.hr.sender.workday.key", " "));
        assertThat(dangers(settings))
                .singleElement()
                .asString()
                .startsWith("Not safe: HR system workday does not sign what it says")
                .contains("rolewright.hr.sender.workday.key-file", "src/docs/how-to/connect-an-hr-system.md")
                .doesNotContain(STRONG);

        settings.put("rolewright.hr.sender.workday.key", STRONG);

        assertThat(dangers(settings)).isEmpty();
    }

    @Test
    void whatMayBeGuessedIsDangerousInAFileToo(@TempDir Path folder) throws IOException {
        Path token = Files.write(folder.resolve("token"), List.of(STRONG, "hush-hush", "", "hush-hush-hush"));
        Map<String, String> settings = Map.of(
                "rolewright.hr.sender.workday.token-file",
                token.toString(),
                "rolewright.hr.sender.workday.key",
                "hush-hush");

        assertThat(dangers(settings))
                .hasSize(2)
                .anyMatch(danger ->
                        danger.startsWith("Not safe: rolewright.hr.sender.workday.token has fewer than 32 characters"))
                .anyMatch(danger ->
                        danger.startsWith("Not safe: rolewright.hr.sender.workday.key has fewer than 32 characters"))
                .noneMatch(danger -> danger.contains("hush"));
    }

    @Test
    void whatAnybodyCanTryStopsTheStart(@TempDir Path folder) throws IOException {
        Path token = Files.write(folder.resolve("token"), List.of(STRONG, "hush"));
        SenderSecrets secrets = secrets(Map.of("rolewright.hr.sender.workday.token-file", token.toString()));

        assertThatThrownBy(() -> secrets.check(new StartupEvent()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rolewright.hr.sender.workday.token has fewer than 8 characters")
                .hasMessageNotContaining("hush");
    }

    @Test
    void whoHasNoTokenStopsTheStart() {
        Map<String, String> key = Map.of("rolewright.hr.sender.workday.key", "a key that signs a lot");

        assertThatThrownBy(() -> secrets(key))
                .hasMessage("one of rolewright.hr.sender.workday.token and .token-file is needed");
    }
}
