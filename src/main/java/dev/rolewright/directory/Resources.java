package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditRow;
import dev.rolewright.directory.Entry.PersonRef;
import dev.rolewright.scim.schema.Folding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of `resource`, one at a time. Every change is one statement that also counts and writes the audit row.
///
/// A row is always found by its id alone; source and type are compared in a form no index serves. Otherwise the
/// planner, whose figures lag behind a directory that fills up, might prefer an index that holds the whole type.
@ApplicationScoped
class Resources {

    private static final String OWN =
            " r.id = ? AND r.source_id IS NOT DISTINCT FROM ? AND r.type IS NOT DISTINCT FROM ?";

    private static final String DIGEST = "sha256(convert_to(r.document::text, 'UTF8'))";

    private static final String COUNT =
            "INSERT INTO resource_count AS c (source_id, type, slot, n) SELECT ?, ?, " + Slots.COUNTERS + ", ? FROM ";

    private static final String COUNT_AGAIN = " ON CONFLICT (source_id, type, slot) DO UPDATE SET n = c.n + excluded.n";

    private static final String AWAITED =
            "EXISTS (SELECT FROM pending_reference p WHERE p.source_id = ? AND p.value IN (?, ?))";

    private static final String MEMBERS_OF_GONE =
            ", 'members', (SELECT jsonb_agg(m.member_id) FROM membership m WHERE m.group_id = r.id)";

    private final DirectoryStore store;

    Resources(DirectoryStore store) {
        this.store = store;
    }

    /// How firmly a transaction holds a row.
    enum Hold {
        /// Nobody else changes the row; memberships may still come to refer to it.
        CHANGE("FOR NO KEY UPDATE"),
        /// Nobody changes the row or adds to its members.
        EVERYTHING("FOR UPDATE");

        private final String clause;

        Hold(String clause) {
            this.clause = clause;
        }
    }

    /// What a written row got from the store.
    ///
    /// @param awaited whether some reference waits for its id or externalId
    /// @param dangling whether its own reference to a manager now waits
    record Written(
            long version,
            Instant created,
            Instant lastModified,
            boolean awaited,
            boolean dangling,
            @Nullable PersonRef manager) {}

    Optional<Entry> find(int sourceId, Shape shape, UUID id, View view) {
        return store.first(
                Sql.of("SELECT " + Columns.of(shape, view) + " FROM resource r WHERE" + OWN, id, sourceId, name(shape)),
                row -> Columns.entry(shape.type(), row));
    }

    /// Takes the row until the end of the transaction and tells its version, without the changes of
    /// members. What the row holds is to be read afterwards: a statement that waited for a lock still
    /// sees other tables as they were.
    OptionalLong hold(int sourceId, Shape shape, UUID id, Hold hold) {
        Sql sql = Sql.of("SELECT r.version FROM resource r WHERE" + OWN + " " + hold.clause, id, sourceId, name(shape));
        return store.all(sql, row -> row.getLong(1)).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    Written insert(int sourceId, Shape shape, UUID id, ObjectNode document, AuditEvent event) {
        Sql sql = Sql.of(
                        "WITH written AS (INSERT INTO resource AS r (id, source_id, type, version, created,"
                                + " last_modified, document, search) VALUES (?, ?, ?, 1, statement_timestamp(),"
                                + " statement_timestamp(), ?::jsonb, ?::jsonb) RETURNING r.*), counted AS ("
                                + COUNT + "written" + COUNT_AGAIN + ")",
                        id,
                        sourceId,
                        name(shape),
                        Json.text(document),
                        search(shape, document),
                        sourceId,
                        name(shape),
                        1)
                .addAll(
                        ", audited AS (" + AuditRow.INSERT + "SELECT " + AuditRow.VALUES + ", NULL, " + DIGEST
                                + " FROM written r)",
                        AuditRow.values(event));
        dangle(sql, managerOf(shape, document), sourceId);
        return written(sql, shape, id, sourceId, document);
    }

    /// Writes a document over the one of that version; empty when the row has another version by now.
    ///
    /// @param version of the row alone, without the changes of members
    Optional<Written> update(
            int sourceId, Shape shape, Entry before, long version, ObjectNode document, AuditEvent event) {
        Sql sql = Sql.of(
                        "WITH old AS (SELECT r.document FROM resource r WHERE r.id = ?), written AS (UPDATE resource r"
                                + " SET version = r.version + 1, last_modified = greatest(r.last_modified,"
                                + " statement_timestamp()), document = ?::jsonb, search = ?::jsonb"
                                + " WHERE r.id = ? AND r.version = ? RETURNING r.*)",
                        before.id(),
                        Json.text(document),
                        search(shape, document),
                        before.id(),
                        version)
                .addAll(
                        ", audited AS (" + AuditRow.INSERT + "SELECT " + AuditRow.VALUES + ", (SELECT " + DIGEST
                                + " FROM old r), " + DIGEST + " FROM written r)",
                        AuditRow.values(event));
        String managerBefore = managerOf(shape, before.document());
        String managerAfter = managerOf(shape, document);
        if (managerBefore != null && !managerBefore.equals(managerAfter)) {
            sql.add(
                    ", settled AS (DELETE FROM pending_reference p USING written r"
                            + " WHERE p.holder = r.id AND p.attribute = 'manager' AND p.value = ?)",
                    managerBefore);
        }
        dangle(sql, managerAfter, sourceId);
        return first(sql, shape, before.id(), sourceId, document);
    }

    /// Deletes the row, and with it all memberships and references that start or end there; the groups
    /// it was in have changed. False when there is none.
    boolean delete(int sourceId, Shape shape, UUID id, AuditEvent event) {
        Sql sql = Sql.of("WITH gone AS (DELETE FROM resource r WHERE" + OWN, id, sourceId, name(shape))
                .add(
                        " RETURNING r.id, r.document), left_behind AS (SELECT m.group_id FROM membership m, gone"
                                + " WHERE m.member_id = gone.id AND m.group_id <> gone.id), touched AS ("
                                + Slots.TOUCH + "SELECT group_id, " + Slots.CHANGES
                                + ", 1, statement_timestamp() FROM left_behind ORDER BY group_id" + Slots.TOUCH_AGAIN
                                + "), counted AS (" + COUNT + "gone" + COUNT_AGAIN + ")",
                        sourceId,
                        name(shape),
                        -1)
                .addAll(
                        ", audited AS (" + AuditRow.INSERT + "SELECT " + AuditRow.VALUES
                                + " || jsonb_strip_nulls(jsonb_build_object("
                                + "'groups', (SELECT jsonb_agg(group_id) FROM left_behind)"
                                + (shape.members() ? MEMBERS_OF_GONE : "") + ")), " + DIGEST + ", NULL FROM gone r)",
                        AuditRow.values(event))
                .add(" SELECT 1 FROM gone");
        return store.first(sql, row -> true).isPresent();
    }

    /// The `manager` waits in `pending_reference` when its id belongs to nobody. Only the id decides
    /// here: a value that is somebody's externalId waits for a moment too, until {@link
    /// References#settle} has put the id in its place.
    private static void dangle(Sql sql, @Nullable String manager, int sourceId) {
        sql.add(", dangling AS (");
        if (manager == null) {
            sql.add("SELECT NULL WHERE false)");
            return;
        }
        UUID target = References.id(manager).orElse(null);
        sql.add(
                "INSERT INTO pending_reference (holder, attribute, value, source_id) SELECT r.id, 'manager', ?, ?"
                        + " FROM written r WHERE NOT EXISTS (SELECT FROM resource p WHERE p.id = ?"
                        + " AND p.source_id IS NOT DISTINCT FROM ?) ON CONFLICT DO NOTHING RETURNING 1)",
                manager,
                sourceId,
                target,
                sourceId);
    }

    private Written written(Sql sql, Shape shape, UUID id, int sourceId, ObjectNode document) {
        return first(sql, shape, id, sourceId, document).orElseThrow();
    }

    private Optional<Written> first(Sql sql, Shape shape, UUID id, int sourceId, ObjectNode document) {
        String externalId = document.path("externalId").textValue();
        sql.add(
                " SELECT " + Columns.version(shape, "r") + ", r.created, " + Columns.lastModified(shape, "r") + ", "
                        + AWAITED + ", EXISTS (SELECT FROM dangling), " + Columns.manager(shape, "r")
                        + " FROM written r",
                sourceId,
                id.toString(),
                externalId);
        return store.first(
                sql,
                row -> new Written(
                        row.getLong(1),
                        Columns.time(row, 2),
                        Columns.time(row, 3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        Columns.person(row.getBytes(6))));
    }

    static @Nullable String managerOf(Shape shape, ObjectNode document) {
        return shape.managerUrn() == null
                ? null
                : document.path(shape.managerUrn())
                        .path(Shape.MANAGER)
                        .path("value")
                        .textValue();
    }

    private static String search(Shape shape, ObjectNode document) {
        return Json.text(Folding.search(shape.type(), document));
    }

    private static String name(Shape shape) {
        return shape.type().name();
    }
}
