package dev.rolewright.contract;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.RoleKind;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds the reference of the language to the reader.
class ContractPageTest {

    private static final Path PAGE = Path.of("src/docs/reference/contract.md");
    private static final Path PASSWORDS = Path.of("src/docs/how-to/give-people-passwords.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    @Test
    void isOneContractThatHolds() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            String text = block.group(1);
            files.add(new SourceFile(
                    "block-" + files.size() + ".yaml", text.startsWith("contract: 1") ? text : "contract: 1\n" + text));
        }

        Reading reading = ContractReader.read(files, AcmeCatalog.USER, Contracts.ENGINES);

        assertThat(files).hasSizeGreaterThan(4);
        assertThat(reading.findings()).noneMatch(Finding::isError);
        assertThat(reading.contract()).hasValueSatisfying(contract -> {
            assertThat(contract.services()).isNotEmpty();
            assertThat(contract.separations()).isNotEmpty();
            assertThat(contract.elevations()).isNotEmpty();
        });
    }

    @Test
    void theWayToPasswordsIsAContractToo() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(PASSWORDS));
        assertThat(block.find()).isTrue();

        Reading reading = ContractReader.read(
                List.of(new SourceFile("page.yaml", block.group(1))), AcmeCatalog.USER, Contracts.ENGINES);

        assertThat(reading.findings()).isEmpty();
        assertThat(reading.contract())
                .hasValueSatisfying(contract ->
                        assertThat(contract.lifecycle().passwordLasts()).contains(Duration.ofDays(90)));
    }

    @ParameterizedTest
    @CsvSource({"external,", "password,P90D", "ephemeral,PT8H"})
    void aPasswordLastsAsLongAsThePageSays(String credentials, String usual) {
        assertThat(lasts(credentials, "")).isEqualTo(Optional.ofNullable(usual).map(Duration::parse));
        assertThat(lasts(credentials, ", rotateEvery: PT3H"))
                .isEqualTo(Optional.ofNullable(usual).map(_ -> Duration.ofHours(3)));
    }

    private static Optional<Duration> lasts(String credentials, String more) {
        return Contracts.read("contract: 1\nlifecycle: {credentials: " + credentials + more + "}")
                .contract()
                .orElseThrow()
                .lifecycle()
                .passwordLasts();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void namesEveryKeyAndNoOther(Shape shape) throws IOException {
        Map<String, String> needed = table("key of (a |an |)" + shape.caption());

        assertThat(needed.keySet()).containsExactlyInAnyOrderElementsOf(shape.keys());
        assertThat(needed.entrySet().stream()
                        .filter(row -> row.getValue().equals("yes"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(shape.required());
    }

    @Test
    void namesEveryPrivilegeAndKind() throws IOException {
        Map<String, Set<String>> privileges =
                table("on a").entrySet().stream().collect(toMap(Map.Entry::getKey, row -> words(row.getValue())));

        assertThat(privileges).isEqualTo(GrantReader.PRIVILEGES);
        assertThat(table("kind").keySet().stream().flatMap(kinds -> Stream.of(kinds.split(", ", -1))))
                .containsExactlyInAnyOrderElementsOf(Words.spellings(RoleKind.class));
    }

    private static Set<String> words(String cell) {
        return WORD.matcher(cell).results().map(word -> word.group(1)).collect(toSet());
    }

    /// The second column by the first of the table whose first heading matches.
    private static Map<String, String> table(String heading) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length < 3) {
                inside = false;
            } else if (inside && !cells[1].startsWith("---")) {
                rows.put(cells[1].strip().replace("`", ""), cells[2].strip());
            } else if (cells[1].strip().matches(heading)) {
                inside = true;
            }
        }
        return rows;
    }
}
