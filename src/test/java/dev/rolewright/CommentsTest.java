package dev.rolewright;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The formatter breaks a line of a comment that is too long and leaves the rest of it alone on a line of its own.
class CommentsTest {

    private static final int NEARLY_FULL = 85;
    private static final Pattern LEFT_OVER = Pattern.compile("\\s*/// \\S+( \\S+)?");
    private static final Pattern GOES_ON = Pattern.compile("\\s*/// [A-Za-z(\\[`].*");

    @Test
    void noWordIsLeftAloneInAComment() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .flatMap(file -> leftOver(file.toString(), lines(file))))
                    .isEmpty();
        }
    }

    @Test
    void aWordThatIsLeftAloneIsFound() {
        String full = "/// " + "many words ".repeat(8).strip();

        assertThat(leftOver("A.java", List.of(full, "/// left", "/// over."))).containsExactly("A.java:2: /// left");
        assertThat(leftOver("A.java", List.of(full, "/// end.", "class A {}"))).isEmpty();
        assertThat(leftOver("A.java", List.of("/// Short.", "/// And", "/// short.")))
                .isEmpty();
    }

    private static Stream<String> leftOver(String file, List<String> lines) {
        return IntStream.range(1, lines.size() - 1)
                .filter(i -> lines.get(i - 1).length() > NEARLY_FULL
                        && LEFT_OVER.matcher(lines.get(i)).matches()
                        && lines.get(i - 1).strip().startsWith("/// ")
                        && GOES_ON.matcher(lines.get(i + 1)).matches())
                .mapToObj(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
