package dev.rolewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What all scenarios of one run found, in `target/bench/report.md`.
final class Report {

    static final Path FOLDER = Path.of("target", "bench");
    private static final List<String> PARTS = new ArrayList<>();

    private final String title;
    private final List<String> notes = new ArrayList<>();

    Report(String title) {
        this.title = title;
    }

    void note(String pattern, Object... values) {
        String text = "- " + String.format(Locale.ROOT, pattern, values);
        notes.add(text);
        System.out.println(text);
    }

    /// Adds the part to what earlier scenarios of this run found.
    void write(String table) throws IOException {
        String time = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
        String part = "## " + title + " (" + time + ")\n\n" + table + "\n" + String.join("\n", notes) + "\n";
        System.out.println(part);
        synchronized (PARTS) {
            PARTS.add(part);
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve("report.md"), String.join("\n", PARTS));
        }
    }
}
