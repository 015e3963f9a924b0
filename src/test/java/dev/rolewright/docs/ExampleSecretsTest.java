package dev.rolewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that we give to read can be copied and used as a secret, so nobody's secret is known to all readers.
class ExampleSecretsTest {

    /// Letters and digits, as many as a secret has that nobody warns of.
    private static final Pattern SECRET = Pattern.compile("\\b(?=\\w*[0-9])(?=\\w*[A-Za-z])\\w{32,}\\b");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/docs", "deploy"})
    void noPageAndNoFileToInstallShowsASecret(String path) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(Path.of(path)).filter(Files::isRegularFile)) {
            for (Path page : pages.toList()) {
                Matcher secret = SECRET.matcher(Files.readString(page));
                while (secret.find()) {
                    found.add(page + ": " + secret.group());
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void seesASecret() {
        assertThat(SECRET.matcher("TOKEN=rw_0123456789abcdefghijklmnopqrstuv").find())
                .isTrue();
    }
}
