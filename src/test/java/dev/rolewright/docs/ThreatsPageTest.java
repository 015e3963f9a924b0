package dev.rolewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.deploy.KnownKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever adds a secret says what it is worth to whoever finds it.
class ThreatsPageTest {

    private static final Path PAGE = Path.of("src/docs/concepts/threats.md");
    private static final String SECRET = ".*[.-](token|key|password|headers|jwks-url)(-file)?|.*\\.jwks-file";

    @Test
    void namesEveryKeyThatIsASecret() throws IOException {
        List<String> secrets = KnownKeys.read().keys().stream()
                .filter(key -> key.matches(SECRET))
                .toList();

        String page = Files.readString(PAGE);
        assertThat(secrets).hasSizeGreaterThan(10).allMatch(key -> page.contains("`" + key + "`"));
    }
}
