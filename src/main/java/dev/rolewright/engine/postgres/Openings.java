package dev.rolewright.engine.postgres;

import static java.util.stream.Collectors.joining;

import dev.rolewright.plan.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What everybody may do in a database, and more than is wise, with the statement that closes it.
final class Openings {

    private static final int NAMED = 20;

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

    static List<Notice> read(String database, Catalogue catalogue) {
        Openings openings = new Openings();
        catalogue.read("open-to-everybody", openings::add);
        return openings.notices(database);
    }

    private void add(ResultSet row) throws SQLException {
        String kind = row.getString(1);
        String schema = row.getString(2);
        String object = switch (kind) {
            case "DATABASE", "SCHEMA" -> Quoting.name(schema);
            case "FUNCTION" -> row.getString(3);
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
        String where = group.kind().equals("DATABASE") ? "" : " in " + Quoting.shown(database);
        return new Notice(
                Notice.Kind.OPEN_TO_EVERYBODY,
                "everybody has " + group.privileges() + " on " + words(group.kind(), objects.size()) + all + where,
                Optional.of("REVOKE " + group.privileges() + " ON " + sql(group.kind()) + " " + some + " FROM PUBLIC;"
                        + (where.isEmpty() ? "" : " --" + where)));
    }

    private static String words(String kind, int objects) {
        String plural = objects == 1 ? " " : "s ";
        return switch (kind) {
            case "DATABASE" -> "database ";
            case "SCHEMA" -> "schema" + plural;
            case "SEQUENCE" -> "sequence" + plural;
            case "FUNCTION" -> "function" + plural + (objects == 1 ? "that runs" : "that run") + " as the owner: ";
            default -> "table" + plural;
        };
    }

    private static String sql(String kind) {
        return kind.equals("FUNCTION") ? "ROUTINE" : kind;
    }
}
