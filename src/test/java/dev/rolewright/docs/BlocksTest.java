package dev.rolewright.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rolewright.contract.ContractReader;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.deploy.KnownKeys;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No page shows anything to copy that nobody has read with the eyes of whom it is for.
///
/// What a console block promises is replayed, filters and pg_hba lines are held by tests of their own.
class BlocksTest {

    private static final Set<String> LANGUAGES = Set.of(
            "console", "sh", "sql", "yaml", "json", "properties", "filter", "refused", "hba", "ident", "plan", "text");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Its blocks are one contract together, as its own test says.
    private static final Path IN_PARTS = Path.of("src/docs/reference/contract.md");

    @Test
    void everyBlockSaysWhatItIs() {
        assertThat(Block.everywhere())
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        block -> assertThat(block.language()).as("%s", block).isIn(LANGUAGES));
    }

    @Test
    void whatIsTypedAndAnsweredIsReplayed() {
        assertThat(Block.in("console").map(Block::page))
                .isSubsetOf(PagesIT.pages().toList());
    }

    static Stream<Block> typed() {
        return Block.in("sh");
    }

    @ParameterizedTest
    @MethodSource("typed")
    void aShellUnderstandsWhatIsTyped(Block block) throws Exception {
        assertThat(complaints(block.text())).as("%s", block).isEmpty();
    }

    @Test
    void aShellThatDoesNotUnderstandSaysSo() throws IOException {
        assertThat(complaints("curl -d '{\n")).isNotEmpty();
    }

    private static String complaints(String typed) throws IOException {
        Process shell = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
        try (var in = shell.outputWriter(UTF_8)) {
            in.write(typed);
        }
        return new String(shell.getInputStream().readAllBytes(), UTF_8);
    }

    static Stream<Block> documents() {
        return Block.in("json");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void jsonIsJson(Block block) throws IOException {
        assertThat(JSON.readTree(block.text()).isContainerNode())
                .as("%s", block)
                .isTrue();
    }

    @Test
    void whatIsNoJsonIsFound() {
        assertThatThrownBy(() -> JSON.readTree("{\"a\": 1, \"a\": 2}")).isInstanceOf(JsonProcessingException.class);
    }

    static Stream<Block> contracts() {
        return Block.in("yaml").filter(block -> !block.page().equals(IN_PARTS));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aContractHolds(Block block) {
        assertThat(ContractReader.read(
                                List.of(new SourceFile(block.toString(), block.text())),
                                AcmeCatalog.USER,
                                Set.of("postgresql"))
                        .findings())
                .noneMatch(Finding::isError);
    }

    static Stream<Block> settings() {
        return Block.in("properties");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingsAreKnown(Block block) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(block.text()));

        assertThat(settings.stringPropertyNames()).as("%s", block).isNotEmpty().allMatch(KnownKeys.read()::hasKey);
    }

    @Test
    void aBlockEndsWhereItsFenceIs(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "# A\n```sh\none\n\ntwo\n```\nthree\n- b\n  ```json\n  {\n    \n  }\n  ```\n");

        assertThat(Block.of(page))
                .isEqualTo(List.of(new Block(page, 2, "sh", "one\n\ntwo\n"), new Block(page, 9, "json", "{\n  \n}\n")));
    }
}
