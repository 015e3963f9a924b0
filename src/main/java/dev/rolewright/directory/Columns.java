package dev.rolewright.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.directory.Entry.PersonRef;
import dev.rolewright.scim.schema.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The columns of an {@link Entry}, to be selected from `resource r`.
final class Columns {

    /// The groups above row `r`: those it is in, and those that these are in. `UNION` ends every cycle.
    ///
    /// Here and below, `LATERAL … OFFSET 0` makes the planner look up one row after the other. Left
    /// alone it expects far more rows than there are and joins whole tables.
    static final String GROUPS_ABOVE = """
            WITH RECURSIVE up (group_id, direct) AS (
                SELECT group_id, true FROM membership WHERE member_id = r.id
                UNION
                SELECT m.group_id, false FROM up CROSS JOIN LATERAL (
                    SELECT group_id FROM membership WHERE member_id = up.group_id OFFSET 0) m)
            SELECT group_id, bool_or(direct) AS direct FROM up GROUP BY group_id""";

    private static final String GROUPS = "CASE WHEN EXISTS (SELECT FROM membership WHERE member_id = r.id) THEN ("
            + "SELECT jsonb_agg(jsonb_build_array(g.id, g.document -> 'displayName', u.direct) ORDER BY g.id) FROM ("
            + GROUPS_ABOVE + ") u CROSS JOIN LATERAL"
            + " (SELECT id, document FROM resource WHERE id = u.group_id OFFSET 0) g) END";

    /// The same for many people at once: person, group, display name, direct.
    static final String GROUPS_OF_MANY = """
            WITH RECURSIVE up (person, group_id, direct) AS (
                SELECT p.id, m.group_id, true FROM unnest(?) p (id) CROSS JOIN LATERAL (
                    SELECT group_id FROM membership WHERE member_id = p.id OFFSET 0) m
                UNION
                SELECT up.person, m.group_id, false FROM up CROSS JOIN LATERAL (
                    SELECT group_id FROM membership WHERE member_id = up.group_id OFFSET 0) m)
            SELECT u.person, u.group_id, g.document ->> 'displayName', u.direct
            FROM (SELECT person, group_id, bool_or(direct) AS direct FROM up GROUP BY person, group_id) u
            CROSS JOIN LATERAL (SELECT document FROM resource WHERE id = u.group_id OFFSET 0) g
            ORDER BY u.person, u.group_id""";

    private static final String NOTHING = "NULL::jsonb";

    static final String UUID_PATTERN = "'^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'";

    private Columns() {}

    /// What {@link #entry} reads, with the derived attributes that the view wants.
    static String of(Shape shape, View view) {
        return "r.id, " + version(shape, "r") + ", r.created, " + lastModified(shape, "r") + ", r.document, "
                + (view.references() ? manager(shape, "r") : NOTHING) + ", "
                + (view.groups() && shape.groups() ? GROUPS : NOTHING);
    }

    static Entry entry(ResourceType type, ResultSet row) throws SQLException {
        return new Entry(
                row.getObject(1, UUID.class),
                type,
                row.getLong(2),
                time(row, 3),
                time(row, 4),
                Json.object(row.getBytes(5)),
                groups(row.getBytes(7)),
                person(row.getBytes(6)));
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /// A group's version counts the changes of its members too; they are kept apart from its row.
    static String version(Shape shape, String row) {
        return shape.members()
                ? "(" + row + ".version + coalesce((SELECT sum(c.changes) FROM membership_change c WHERE c.group_id = "
                        + row + ".id), 0))::bigint"
                : row + ".version";
    }

    static String lastModified(Shape shape, String row) {
        return shape.members()
                ? "greatest(" + row + ".last_modified, (SELECT max(c.last_changed) FROM membership_change c"
                        + " WHERE c.group_id = " + row + ".id))"
                : row + ".last_modified";
    }

    /// Id and display name of the person the stored manager value leads to.
    static String manager(Shape shape, String row) {
        return shape.managerUrn() == null
                ? NOTHING
                : "(SELECT jsonb_build_array(p.id, p.document -> 'displayName') FROM resource p WHERE p.id = "
                        + managerId(shape, row) + " AND p.source_id IS NOT DISTINCT FROM " + row + ".source_id)";
    }

    /// The manager's id, where the stored value is one.
    static String managerId(Shape shape, String row) {
        String value =
                row + ".document -> " + Sql.literal(String.valueOf(shape.managerUrn())) + " -> 'manager' ->> 'value'";
        return "CASE WHEN " + value + " ~ " + UUID_PATTERN + " THEN (" + value + ")::uuid END";
    }

    static @Nullable PersonRef person(byte @Nullable [] json) {
        if (json == null) {
            return null;
        }
        JsonNode pair = Json.read(json);
        return new PersonRef(
                UUID.fromString(pair.get(0).textValue()), pair.get(1).textValue());
    }

    static List<GroupRef> groups(byte @Nullable [] json) {
        if (json == null) {
            return List.of();
        }
        List<GroupRef> groups = new ArrayList<>();
        for (JsonNode group : Json.read(json)) {
            groups.add(new GroupRef(
                    UUID.fromString(group.get(0).textValue()),
                    group.get(1).textValue(),
                    group.get(2).booleanValue()));
        }
        return groups;
    }
}
