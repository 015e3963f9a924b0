package dev.rolewright.amendment;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.engine.Engines;
import dev.rolewright.scim.schema.Catalog;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Two directories of contract files, replicas that read them, and a store that knows no contract yet.
abstract class ContractFilesFlow {

    static final String ONE = contract("one");
    static final String TWO = contract("two");

    @Inject
    ContractStore versions;

    @Inject
    AuditTrail trail;

    @Inject
    Catalog catalog;

    @Inject
    Engines engines;

    @Inject
    DataSource store;

    Path here = Path.of("");
    Path there = Path.of("");

    static String contract(String target) {
        return """
                contract: 1
                environments: {test: {}}
                targets:
                  %s: {engine: postgresql, environment: test, databases: [shop]}
                """.formatted(target);
    }

    // Not @TempDir, which Quarkus does not carry over to the instance that it runs.
    @BeforeEach
    void makeRoom() throws Exception {
        forgetContracts();
        here = Files.createTempDirectory("here").toRealPath();
        there = Files.createTempDirectory("there").toRealPath();
    }

    @AfterEach
    void tidyUp() throws Exception {
        forgetContracts();
        for (Path folder : List.of(here, there)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Replica replica(@Nullable Path directory) {
        return new Replica(versions, trail, catalog, engines, directory);
    }

    static void write(Path directory, String text) throws IOException {
        Files.writeString(directory.resolve("contract.yaml"), text);
    }

    private void forgetContracts() throws SQLException {
        sql("TRUNCATE contract_reader, contract_activation, contract_file, contract_version");
    }
}
