package dev.rolewright.engine.postgres.observation;

import static java.util.stream.Collectors.joining;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.plan.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What everybody may do in a database, and more than is wise, with the statement that closes it.
final class Openings {

    private static final int NAMED = 20;
    private static final Set<String> OF_SERVER = Set.of("TABLESPACE", "PARAMETER");

    /// One statement: a kind of object in one schema, and what is revoked there.
    private record Group(String kind, String schema, String privileges) implements Comparable<Group> {

        @Override
        public int compareTo(Group other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Map<List<String>, TreeSet<String>> privileges =
            new TreeMap<>((one, other) -> String.join("\0", one).compareTo(String.join("\0", other)));

    private Openings() {}

    /// @param first whether what belongs to the whole server is to be told with this database
    static List<Notice> read(String database, Catalogue catalogue, boolean first) {
        Openings openings = new Openings();
        catalogue.read("open-to-everybody", row -> {
            if (first || !OF_SERVER.contains(row.getString(1))) {
                openings.add(row);
            }
        });
        return openings.notices(database);
    }

    private void add(ResultSet row) throws SQLException {
        String kind = row.getString(1);
        String schema = row.getString(2);
        String object = switch (kind) {
            case "DATABASE", "SCHEMA", "FOREIGN SERVER", "FOREIGN DATA WRAPPER", "TABLESPACE" -> Quoting.name(schema);
            case "PARAMETER" -> Quoting.parameter(schema);
            case "LARGE OBJECT" -> row.getString(3);
            case "FUNCTION", "ROUTINE" -> row.getString(3);
            case "TABLES", "SEQUENCES", "SCHEMAS", "LARGE OBJECTS" -> Quoting.name(row.getString(3));
            default -> Quoting.name(schema, row.getString(3));
        };
        privileges
                .computeIfAbsent(List.of(kind, schema, object), _ -> new TreeSet<>())
                .add(row.getString(4));
    }

    private List<Notice> notices(String database) {
        Map<Group, List<String>> groups = new TreeMap<>();
        privileges.forEach((object, held) -> groups.computeIfAbsent(
                        new Group(object.getFirst(), object.get(1), String.join(", ", held)), _ -> new ArrayList<>())
                .add(object.get(2)));
        List<Notice> notices = new ArrayList<>();
        groups.forEach((group, objects) -> notices.add(notice(database, group, objects)));
        return notices;
    }

    private static Notice notice(String database, Group group, List<String> objects) {
        String some = objects.stream().limit(NAMED).collect(joining(", "));
        String all = objects.size() > NAMED ? some + " and " + (objects.size() - NAMED) + " more" : some;
        boolean placed = !group.kind().equals("DATABASE") && !OF_SERVER.contains(group.kind());
        String where = placed ? " in " + Quoting.shown(database) : "";
        return new Notice(
                Notice.Kind.OPEN_TO_EVERYBODY,
                "everybody has " + group.privileges() + " on " + words(group, objects.size(), all) + where,
                Optional.of(revoke(group, some) + " FROM PUBLIC;" + (where.isEmpty() ? "" : " --" + where)));
    }

    private static String words(Group group, int objects, String all) {
        String plural = objects == 1 ? " " : "s ";
        String kind = group.kind().toLowerCase(Locale.ROOT);
        return switch (group.kind()) {
            case "FUNCTION" ->
                "function" + plural + (objects == 1 ? "that runs" : "that run") + " as the owner: " + all;
            case "ROUTINE" -> "function" + plural + "that had been closed: " + all;
            case "TABLES", "SEQUENCES", "SCHEMAS", "LARGE OBJECTS" ->
                kind + " to be made by " + all + schema(group, " in schema ");
            default -> kind + plural + all;
        };
    }

    private static String revoke(Group group, String objects) {
        return switch (group.kind()) {
            case "TABLES", "SEQUENCES", "SCHEMAS", "LARGE OBJECTS" ->
                "ALTER DEFAULT PRIVILEGES FOR ROLE " + objects + schema(group, " IN SCHEMA ") + " REVOKE "
                        + group.privileges() + " ON " + group.kind();
            case "FUNCTION" -> "REVOKE " + group.privileges() + " ON ROUTINE " + objects;
            default -> "REVOKE " + group.privileges() + " ON " + group.kind() + " " + objects;
        };
    }

    private static String schema(Group group, String before) {
        return group.schema().isEmpty() ? "" : before + Quoting.name(group.schema());
    }
}
