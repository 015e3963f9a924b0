package dev.rolewright.scim.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Keeps the table of the reference page equal to the rules.
class QuirkReferenceTest {

    private static final Path PAGE = Path.of("src", "docs", "reference", "quirks.md");
    private static final String HEAD = "| rule | seen as | what is sent | how it is read |\n|---|---|---|---|\n";

    @Test
    void thePageListsEveryRuleAsItIs() throws IOException {
        String table = HEAD
                + List.of(Quirk.values()).stream().map(QuirkReferenceTest::row).collect(Collectors.joining());
        String page = Files.readString(PAGE);
        int from = page.indexOf(HEAD);
        int to = page.indexOf("\n\n", from);

        assertThat(page.substring(from, to + 1))
                .as("the table of %s; put this in its place:\n%s", PAGE, table)
                .isEqualTo(table);
    }

    private static String row(Quirk quirk) {
        return "| `%s` | %s | %s | %s |\n".formatted(quirk.code(), quirk.item(), quirk.sent(), quirk.read());
    }
}
