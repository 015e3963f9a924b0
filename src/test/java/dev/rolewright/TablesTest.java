package dev.rolewright;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A table belongs to one room: nobody else's statements know its words.
class TablesTest {

    private static final Path HOUSE = Path.of("src/main/java/dev/rolewright");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern MADE = Pattern.compile("CREATE TABLE (\\w+)|ALTER TABLE \\w+ RENAME TO (\\w+)");
    private static final Pattern NAMED = Pattern.compile("\\b(?:FROM|JOIN|UPDATE|INTO|USING|ONLY)\\s+(\\w+)\\b(?!\\()");
    private static final Pattern CONTINUED = Pattern.compile("\"\\s*\\+\\s*\"");

    private record Mention(String table, String room) {}

    @Test
    void noTableIsNamedInTwoRooms() throws IOException {
        Map<String, Set<String>> rooms = rooms(sources());

        assertThat(rooms)
                .hasSizeGreaterThan(25)
                .allSatisfy((table, who) -> assertThat(who).as(table).hasSize(1));
        assertThat(rooms).containsEntry("login", Set.of("reconcile")).containsEntry("password", Set.of("handover"));
    }

    @Test
    void oneThatIsNamedInTwoIsSeen() throws IOException {
        Map<String, Set<String>> rooms = rooms(Stream.of(
                Map.entry("reconcile", "store.run(\"UPDATE login SET held = true\");"),
                Map.entry("handover", "\"SELECT 1 FROM password p\"\n    + \" JOIN login l USING (target, person)\""),
                Map.entry("orphan", "\"SELECT 1 FROM somewhere JOIN \"\n + \"login l\" // FROM pickup")));

        assertThat(rooms)
                .containsOnly(
                        Map.entry("login", Set.of("reconcile", "handover", "orphan")),
                        Map.entry("password", Set.of("handover")));
    }

    private static Map<String, Set<String>> rooms(Stream<Map.Entry<String, String>> sources) throws IOException {
        Set<String> tables = tables();
        return sources.flatMap(source -> NAMED.matcher(statements(source.getValue()))
                        .results()
                        .map(named -> new Mention(named.group(1), source.getKey())))
                .filter(mention -> tables.contains(mention.table()))
                .collect(groupingBy(Mention::table, TreeMap::new, mapping(Mention::room, toCollection(TreeSet::new))));
    }

    /// Without what is said about them, each in one piece.
    private static String statements(String source) {
        return CONTINUED
                .matcher(source.lines()
                        .map(line -> line.replaceFirst("//.*", ""))
                        .collect(joining("\n")))
                .replaceAll("");
    }

    private static Set<String> tables() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.flatMap(file -> MADE.matcher(read(file)).results())
                    .flatMap(made -> Stream.of(made.group(1), made.group(2)))
                    .filter(Objects::nonNull)
                    .collect(toSet());
        }
    }

    /// Every source by its room.
    private static Stream<Map.Entry<String, String>> sources() throws IOException {
        try (Stream<Path> files = Files.walk(HOUSE)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(file -> Map.entry(HOUSE.relativize(file).getName(0).toString(), read(file)))
                    .filter(source -> !source.getKey().equals("engine")) // which never speaks to the store
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
