package dev.rolewright.engine.postgres.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueriesTest {

    private static final Path FOLDER = Path.of("src/main/resources/engine/postgres");

    @Test
    void anIncludedFileStandsInThePlaceOfItsLine() throws IOException {
        String held = Queries.of("held", 18);

        for (String name : List.of("privileges", "shared-privileges")) {
            assertThat(Queries.of(name, 18)).isEqualTo(beginning(name) + held);
            assertThat(held).startsWith(", ours (grantor)").endsWith("held.grantee <> object.owner");
        }
    }

    @Test
    void anOlderFileIncludesWhatItSharesWithTheNewOne() throws IOException {
        assertThat(Queries.of("shared-privileges", 14))
                .isEqualTo(beginning("before-15/shared-privileges") + Queries.of("held", 14))
                .doesNotContain("pg_parameter_acl");
        assertThat(Queries.of("shared-privileges", 15)).contains("pg_parameter_acl");
    }

    @Test
    void everyQueryIsWholeOnEveryVersion() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".sql"))
                    .map(file -> file.replace(".sql", ""))
                    .distinct()
                    .toList();
        }

        assertThat(names).contains("privileges", "memberships");
        for (String name : names) {
            for (int version = 14; version <= 18; version++) {
                assertThat(Queries.of(name, version).lines())
                        .as("%s on %d", name, version)
                        .isNotEmpty()
                        .noneMatch(line -> line.startsWith("--") || line.startsWith("\\"));
            }
        }
    }

    @Test
    void thereIsNoQueryWithoutAFile() {
        assertThatThrownBy(() -> Queries.of("nothing", 18)).hasMessageContaining("nothing");
    }

    /// What a file says before the line that includes another, without its comments.
    private static String beginning(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name + ".sql")).replaceAll("(?m)^--.*\n", "");
        String include = "\\include held\n";
        assertThat(text).endsWith("\n" + include);
        return text.substring(0, text.length() - include.length());
    }
}
