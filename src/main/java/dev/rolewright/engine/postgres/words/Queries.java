package dev.rolewright.engine.postgres.words;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The queries of this engine: one `.sql` file each. Where a version has no such column or catalogue yet, a file of
/// the same name in `before-15` or `before-16` stands in. What queries share is a file of its own, in the place of
/// whose text they have the line `\include` and its name.
public final class Queries {

    private static final String FOLDER = "/engine/postgres/";
    private static final String INCLUDE = "\\include ";
    private static final List<Integer> TURNS = List.of(15, 16);
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Queries() {}

    public static String of(String name, int version) {
        return KNOWN.computeIfAbsent(version + " " + name, _ -> find(name, version));
    }

    private static String find(String name, int version) {
        for (int turn : TURNS) {
            String older = version < turn ? read("before-" + turn + "/" + name) : null;
            if (older != null) {
                return whole(older, version);
            }
        }
        String query = read(name);
        if (query == null) {
            throw new IllegalArgumentException("There is no query " + name + ".");
        }
        return whole(query, version);
    }

    private static String whole(String query, int version) {
        return query.lines()
                .map(line -> line.startsWith(INCLUDE) ? find(line.substring(INCLUDE.length()), version) : line)
                .collect(joining("\n"));
    }

    // The comments are for whoever reads the file; they would fill the server's log.
    private static @Nullable String read(String name) {
        try (InputStream file = Queries.class.getResourceAsStream(FOLDER + name + ".sql")) {
            return file == null
                    ? null
                    : new String(file.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("--"))
                            .collect(joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
