package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

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

        Reading reading = ContractReader.read(files, AcmeCatalog.USER);

        assertThat(reading.findings()).allMatch(it -> it.level() == Finding.Level.NOTE);
        assertThat(reading.contract())
                .hasValueSatisfying(it -> assertThat(it.mappings()).hasSize(2));
    }

    private static SourceFile file(Path path) {
        try {
            return new SourceFile(path.getFileName().toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
