package dev.rolewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that we give to read can be copied and used as a secret without a warning, so nobody's secret is known to
/// every reader. What is shorter is warned of at every start.
class ExampleSecretsTest {

    /// As many letters, digits and signs of base64 as a secret has that nobody warns of.
    private static final Pattern SECRET =
            Pattern.compile("(?<![\\w+/=-])(?=[\\w+/=-]*[0-9])(?=[\\w+/=-]*[A-Za-z])[\\w+/=-]{32,}");

    /// Headings that are led to.
    private static final Set<String> HEADINGS = Set.of("5-decide-about-a-feed-that-is-held");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/docs", "deploy"})
    void noPageAndNoFileToInstallShowsASecret(String path) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(Path.of(path)).filter(Files::isRegularFile)) {
            for (Path page : pages.toList()) {
                SECRET.matcher(Files.readString(page))
                        .results()
                        .map(MatchResult::group)
                        .filter(word -> !HEADINGS.contains(word) && !isADecision(word))
                        .forEach(word -> found.add(page + ": " + word));
            }
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rw_0123456789abcdefghijklmnopqrstuv",
                "the-admin-token-of-the-installation-0123456789",
                "Zm9v+mFy/2Jhc2U2NC1pcy1ub3QtYS13b3Jk",
                "TmV2ZXIgY29weSB0aGlzIHNlY3JldA0=",
                "2819c223-7f76-453a-919d-413861904646"
            })
    void seesASecret(String secret) {
        assertThat(SECRET.matcher("'" + secret + "'").results().map(MatchResult::group))
                .containsExactly(secret);
        assertThat(SECRET.matcher("TOKEN=" + secret).find()).isTrue();
    }

    private static boolean isADecision(String word) {
        return Files.exists(Path.of("src/docs/decisions", word.substring(word.lastIndexOf('/') + 1) + ".md"));
    }
}
