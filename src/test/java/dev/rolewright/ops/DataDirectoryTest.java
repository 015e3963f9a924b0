package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isReadableByItsOwnerOnly() throws IOException {
        DataDirectory directory = DataDirectory.at(folder.resolve("new/data"));
        directory.secret("token", () -> Secret.of("hush"));

        assertThat(permissions(folder.resolve("new/data"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("new/data/token"))).isEqualTo("rw-------");
    }

    @Test
    void makesASecretOnce() {
        Secret first = DataDirectory.at(folder).secret("token", () -> Secret.of("first"));
        Secret second = DataDirectory.at(folder).secret("token", () -> Secret.of("second"));

        assertThat(first).isEqualTo(Secret.of("first")).isEqualTo(second);
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void belongsToOneAtATime() throws IOException {
        DataDirectory directory = DataDirectory.at(folder);

        try (var _ = directory.lock()) {
            assertThatThrownBy(directory::lock)
                    .isInstanceOf(EmbeddedStoreFailure.class)
                    .hasMessage("another Rolewright is using the data directory " + directory.path()
                            + "; stop it, or give this one its own with ROLEWRIGHT_DATA_DIR");
        }
        try (var again = directory.lock()) {
            assertThat(again.isValid()).isTrue();
        }
    }

    @Test
    void saysWhereItCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.at(file))
                .isInstanceOf(EmbeddedStoreFailure.class)
                .hasMessageStartingWith("the data directory " + file + " cannot be made (")
                .hasMessageEndingWith("); ROLEWRIGHT_DATA_DIR names another");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
