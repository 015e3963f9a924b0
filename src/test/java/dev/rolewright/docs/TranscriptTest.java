package dev.rolewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.docs.Transcript.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {

    @TempDir
    private Path folder;

    @Test
    void readsCommandsAndWhatTheyPromise() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                # Page
                ```console
                $ one
                first
                second
                $ two
                ```
                $ not a command
                ```json
                $ nor this
                ```
                """);

        assertThat(Transcript.of(page).exchanges())
                .isEqualTo(List.of(new Exchange(3, "one", "first\nsecond"), new Exchange(6, "two", "")));
    }

    @Test
    void anEllipsisStandsForAnythingAndTheRestForItself() {
        Exchange exchange = new Exchange(1, "", "{\"id\":\"…\",\"name\":\"a.b\"}");

        assertThat(exchange.isKept("{\"id\":\"17\",\"name\":\"a.b\"}\n")).isTrue();
        assertThat(exchange.isKept("{\"id\":\"17\",\"name\":\"axb\"}")).isFalse();
        assertThat(new Exchange(1, "", "").isKept("something")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sleep 2; curl -s $API/holds, true",
        "curl -s $API/holds, false",
        "sleep 2; curl -s -X POST $API/holds, false",
        "sleep 1; feed $LEAVERS, false"
    })
    void whoWaitsAndChangesNothingMayDoItAgain(String command, boolean again) {
        assertThat(new Exchange(1, command, "").looksLater()).isEqualTo(again);
    }

    @Test
    void aShellRemembersWhatWasSetBefore() throws IOException {
        try (Shell shell = new Shell(Map.of("GIVEN", "1"))) {
            shell.run("SET=2");

            assertThat(shell.run("printf %s \"$GIVEN$SET\"").strip()).isEqualTo("12");
        }
    }
}
