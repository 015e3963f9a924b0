package dev.rolewright.amendment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolewright.amendment.ContractFiles.Unreadable;
import dev.rolewright.contract.SourceFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All of a directory is read, or it is said what cannot be.
@Timeout(20)
class ContractFilesTest {

    private static final String TEXT = "contract: 1\n";

    @TempDir
    Path here = Path.of("");

    private List<String> names() throws IOException {
        return ContractFiles.read(here).stream().map(SourceFile::name).toList();
    }

    private Unreadable refusal() {
        return catchThrowableOfType(Unreadable.class, () -> ContractFiles.read(here));
    }

    private Path write(String name) throws IOException {
        Path file = here.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, TEXT);
    }

    @Test
    void readsWhatIsCalledYamlAndNothingThatEditorsLeaveBehind() throws IOException {
        for (String name : List.of("a.yaml", "b.yml", "C.YAML", "folder.yaml/d.yaml")) {
            write(name);
        }
        for (String name : List.of(
                "a.yaml~", ".a.yaml.swp", "#a.yaml#", "4913", "a.yaml.bak", "a.yaml.tmp", "sedX1y2", ".git/x.yaml")) {
            write(name);
        }
        Files.createSymbolicLink(here.resolve(".#a.yaml"), Path.of("somebody@somewhere.1"));

        assertThat(names()).containsExactly("C.YAML", "a.yaml", "b.yml", "folder.yaml/d.yaml");
    }

    /// Links to a folder that is replaced at once, and is not read a second time under its own name.
    @Test
    void readsWhatKubernetesMounts() throws IOException {
        write("..2026/orders.yaml");
        Files.createSymbolicLink(here.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(here.resolve("orders.yaml"), Path.of("..data/orders.yaml"));

        assertThat(names()).containsExactly("orders.yaml");
    }

    @Test
    void waitsForNothingThatIsNoFile() throws Exception {
        Files.createSymbolicLink(here.resolve("zeros.yaml"), Path.of("/dev/zero"));
        assertThat(refusal()).hasMessage("zeros.yaml is neither a file nor a folder.");
        Files.delete(here.resolve("zeros.yaml"));

        Process made = new ProcessBuilder("mkfifo", here.resolve("pipe.yaml").toString()).start();
        assertThat(made.waitFor()).isZero();

        assertThat(refusal()).hasMessage("pipe.yaml is neither a file nor a folder.");
        assertThat(refusal().place()).hasToString("pipe.yaml:1:1");
    }

    @Test
    void readsNoMoreThanAContractMayHave() throws IOException {
        try (RandomAccessFile endless =
                new RandomAccessFile(here.resolve("endless.yaml").toFile(), "rw")) {
            endless.setLength(1L << 36);
        }

        assertThat(refusal()).hasMessageContaining("more than 1000 files or 16 MB");
    }

    @Test
    void readsAThousandFilesAndNoMore() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            write(i % 10 + "/" + i + ".yaml");
        }
        assertThat(names()).hasSize(1_000);

        write("more.yaml");

        assertThat(refusal()).hasMessageContaining("more than 1000 files or 16 MB");
    }

    @Test
    void saysWhereAFileIsNotUtf8() throws IOException {
        byte[] text = "contract: 1\n# é: ö".getBytes(StandardCharsets.UTF_8);
        text[text.length - 2] = (byte) 0xF6;
        text[text.length - 1] = (byte) ' ';
        Files.write(here.resolve("a.yaml"), text);

        assertThat(refusal()).hasMessage("a.yaml is not written in UTF-8.");
        assertThat(refusal().place()).hasToString("a.yaml:2:6");

        Files.write(here.resolve("a.yaml"), TEXT.getBytes(StandardCharsets.UTF_16));
        assertThat(refusal().place()).hasToString("a.yaml:1:1");
        Files.write(here.resolve("a.yaml"), new byte[] {'a', (byte) 0xC3});
        assertThat(refusal().place()).hasToString("a.yaml:1:2");
    }

    @Test
    void takesNoNameThatNobodyCanRead() throws IOException {
        write("a.yaml:1:1: all is well\nb.yaml");

        assertThat(refusal())
                .hasMessage("A file has a name that nobody can read: a.yaml:1:1: all is wellU+000Ab.yaml.");
    }

    @Test
    void saysWhichLinkLeadsNowhere() throws IOException {
        Files.createSymbolicLink(here.resolve("lost.yaml"), Path.of("nowhere"));
        assertThat(refusal()).hasMessage("lost.yaml is a link to nothing, or has just been taken away.");
        Files.delete(here.resolve("lost.yaml"));

        Files.createSymbolicLink(here.resolve("round"), Path.of("."));
        assertThat(refusal()).hasMessage("round is a link that leads back to where it stands.");
    }
}
