package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.docs.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server reads what pages tell administrators to write into `pg_hba.conf` and `pg_ident.conf`, and to run.
class PagesOfAServerTest {

    private static final String NO_SUCH_LANGUAGE = "42601";

    /// What these servers were built or started without says nothing about a line.
    private static final String NOT_HERE =
            ".*(not supported by this build|cannot match because SSL is disabled|oauth_validator_libraries.*)";

    @ParameterizedTest
    @EnumSource
    void whoMayComeInIsUnderstood(TestServers server) throws Exception {
        List<Block> blocks = Block.in("hba")
                .filter(block -> server.major() >= 18 || !block.text().contains(" oauth "))
                .toList();

        assertThat(blocks)
                .hasSizeGreaterThan(3)
                .allSatisfy(block -> assertThat(complaints(server, "hba_file", "pg_hba_file_rules", block.text()))
                        .as("%s", block)
                        .allMatch(complaint -> complaint.matches(NOT_HERE)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V14") // knows no such view
    void whoIsMeantIsUnderstood(TestServers server) throws Exception {
        List<Block> blocks = Block.in("ident").toList();

        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(
                        block -> assertThat(complaints(server, "ident_file", "pg_ident_file_mappings", block.text()))
                                .as("%s", block)
                                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToBeRunIsUnderstood(TestServers server) throws Exception {
        List<Block> blocks = Block.in("sql").toList();

        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(block -> assertThat(failures(server, block.text()))
                        .as("%s", block)
                        .doesNotContain(NO_SUCH_LANGUAGE));
        assertThat(failures(server, "CREATE ROLL x;")).containsExactly(NO_SUCH_LANGUAGE);
    }

    /// What the statements are about is not there; whether they are statements shows first.
    private static List<String> failures(TestServers server, String block) throws SQLException {
        List<String> failures = new ArrayList<>();
        try (Connection connection = server.administrator("postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String each : block.split(";\n?", -1)) {
                try {
                    statement.execute(each);
                } catch (SQLException e) {
                    failures.add(e.getSQLState());
                }
                connection.rollback();
            }
        }
        return failures;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongIsSaid(TestServers server) throws Exception {
        assertThat(complaints(
                        server,
                        "hba_file",
                        "pg_hba_file_rules",
                        "hostssl all +rolewright_marker 0.0.0.0/0 cert maps=p\n"))
                .singleElement()
                .asString()
                .doesNotMatch(NOT_HERE);
    }

    /// The server shows what it makes of the file without following it, which only a reload would do.
    private static List<String> complaints(TestServers server, String setting, String view, String lines)
            throws SQLException, IOException {
        try (Connection connection = server.administrator("postgres");
                Statement statement = connection.createStatement()) {
            Path file = Path.of(ask(statement, "SHOW " + setting).getFirst());
            String before = Files.readString(file);
            try {
                Files.writeString(file, lines);
                return ask(statement, "SELECT error FROM " + view + " WHERE error IS NOT NULL");
            } finally {
                Files.writeString(file, before);
            }
        }
    }

    private static List<String> ask(Statement statement, String query) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        }
        return answers;
    }
}
