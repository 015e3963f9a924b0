package dev.rolewright.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void unpacksFoldersFilesAndLinks() throws IOException {
        entry("lib/", '5', "", "0755", "");
        entry("lib/library.so.1", '0', "", "0644", "content");
        entry("lib/library.so", '2', "library.so.1", "0777", "");
        entry("bin/program", '0', "", "0755", "x".repeat(512));
        entry("last", '0', "", "0644", "");

        unpack();

        assertThat(folder.resolve("lib/library.so")).isSymbolicLink().hasContent("content");
        assertThat(folder.resolve("lib/library.so.1")).matches(file -> !Files.isExecutable(file), "is not executable");
        assertThat(folder.resolve("bin/program")).isExecutable().hasSize(512);
        assertThat(folder.resolve("last")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/outside", "inside/../../outside"})
    void refusesANameThatLeavesTheFolder(String name) throws IOException {
        entry(name, '0', "", "0644", "content");

        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("which is outside of");
        assertThat(folder.resolveSibling("outside")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/etc/passwd"})
    void refusesALinkThatLeavesTheFolder(String target) throws IOException {
        entry("link", '2', target, "0777", "");

        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("which is outside of");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        entry("device", '3', "", "0644", "");

        assertThatThrownBy(this::unpack).hasMessage("a tar entry of type 3 is not expected here");
    }

    @Test
    void noticesAnEndInTheMiddleOfAFile() throws IOException {
        entry("file", '0', "", "0644", "content");
        byte[] cut = Arrays.copyOf(archive.toByteArray(), 515);

        assertThatThrownBy(() -> Tar.unpack(new ByteArrayInputStream(cut), folder))
                .isInstanceOf(EOFException.class)
                .hasMessage("the archive ends inside file");
    }

    @Test
    void noticesADamagedHeader() throws IOException {
        entry("file", '0', "", "rw-r", "content");

        assertThatThrownBy(this::unpack).hasMessage("the archive's header is damaged");
    }

    private void unpack() throws IOException {
        archive.write(new byte[1024]);
        Tar.unpack(new ByteArrayInputStream(archive.toByteArray()), folder);
    }

    private void entry(String name, char type, String link, String mode, String content) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, mode);
        put(header, 124, String.format(Locale.ROOT, "%011o", content.length()));
        header[156] = (byte) type;
        put(header, 157, link);
        archive.write(header);
        archive.write(Arrays.copyOf(content.getBytes(UTF_8), (content.length() + 511) / 512 * 512));
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
