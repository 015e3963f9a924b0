package dev.rolewright;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of `src/docs/reference` that follows from the code.
public final class GeneratedPage {

    private GeneratedPage() {}

    /// Fails unless the page says what the code says, and leaves the right page in `target` for copying.
    public static void assertUpToDate(String name, String expected) {
        Path page = Path.of("src", "docs", "reference", name);
        try {
            if (Files.exists(page) && Files.readString(page).equals(expected)) {
                return;
            }
            Path written = Path.of("target", "docs", name);
            Files.createDirectories(Path.of("target", "docs"));
            Files.writeString(written, expected);
            fail("%s does not say what the code says; mend it with: cp %s %s", page, written, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
