package dev.rolewright.contract;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.ObjectRef;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The contract that we show is one that we would sign.
class ExampleContractTest {

    @Test
    void isSound() throws IOException {
        List<SourceFile> files;
        try (Stream<Path> paths = Files.list(Path.of("deploy", "contract"))) {
            files = paths.map(ExampleContractTest::file).toList();
        }

        Reading reading = ContractReader.read(files, AcmeCatalog.USER, Contracts.ENGINES);

        assertThat(reading.findings()).allMatch(it -> it.level() == Finding.Level.NOTE);
        assertThat(reading.contract())
                .hasValueSatisfying(it -> assertThat(it.mappings()).hasSize(2));
    }

    /// Somebody who configured nothing gets both, and the one is about the other.
    @Test
    void speaksOfWhatTheDemoHas() throws IOException {
        String demo = Files.readString(Path.of("src", "main", "resources", "demo", "orders.sql"));

        List<ObjectRef> objects = Stream.of("orders.yaml", "people.yaml")
                .map(name -> file(Path.of("deploy", "contract", name)))
                .collect(collectingAndThen(
                        toList(), files -> ContractReader.read(files, AcmeCatalog.USER, Contracts.ENGINES)))
                .contract()
                .orElseThrow()
                .roles()
                .values()
                .stream()
                .flatMap(role -> role.grants().stream())
                .flatMap(grant -> grant.objects().stream())
                .toList();

        assertThat(objects).isNotEmpty().allSatisfy(object -> {
            switch (object) {
                case ObjectRef.Table(String schema, String table) ->
                    assertThat(demo).contains("create table " + schema + "." + table + " (");
                case ObjectRef.Column(String schema, String table, String column) ->
                    assertThat(demo)
                            .containsPattern(
                                    "create table " + schema + "\\." + table + " \\([^;]*\\s" + column + "\\s");
                default ->
                    assertThat(demo)
                            .contains("create schema "
                                    + RoleGrant.schemaOf(object).orElseThrow() + ";");
            }
        });
    }

    private static SourceFile file(Path path) {
        try {
            return new SourceFile(path.getFileName().toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
