package dev.rolewright.directory;

import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The rows of `membership`: sets of them come and go, and no statement ever loads a group.
@ApplicationScoped
class Memberships {

    /// Rows of one fetch while a group is streamed: few enough that many large groups at once fit into a small
    /// heap.
    private static final int BATCH = 256;

    /// Members that are read in one go.
    private static final int FEW = 1_000;

    private static final String EACH = """
            CROSS JOIN LATERAL (SELECT group_id, member_id FROM membership WHERE group_id = g.id
                ORDER BY member_id OFFSET 0) m
            CROSS JOIN LATERAL (SELECT id, type, document FROM resource WHERE id = m.member_id
                AND source_id IS NOT DISTINCT FROM ? OFFSET 0) x
            ORDER BY g.place, m.member_id""";

    private static final String COLUMNS = "SELECT m.group_id, x.id, x.type, x.document ->> 'displayName' FROM ";

    private static final String OF_ONE = COLUMNS + "(SELECT ?::uuid, 1) g (id, place) " + EACH;

    private static final String OF_SEVERAL = COLUMNS
            + "(SELECT id, place FROM unnest(?) WITH ORDINALITY u (id, place) ORDER BY place OFFSET 0) g " + EACH;

    private final DirectoryStore store;

    Memberships(DirectoryStore store) {
        this.store = store;
    }

    /// Adds and removes members of one group in one statement, with its audit row, and returns the group
    /// as it is then; its version has risen only if something changed.
    ///
    /// Does nothing and returns empty unless the group exists, everybody to be added is known and everybody to be
    /// removed is a member: what remains then is for {@link MemberSequence}, statement by statement.
    Optional<Entry> change(int sourceId, Shape group, UUID id, Set<UUID> add, Set<UUID> remove, AuditEvent event) {
        Sql sql = Sql.of(
                "WITH holder AS (SELECT r.*, " + Columns.version(group, "r") + " AS total, "
                        + Columns.lastModified(group, "r") + " AS latest FROM resource r WHERE r.id = ?"
                        + " AND r.source_id IS NOT DISTINCT FROM ? AND r.type IS NOT DISTINCT FROM ?",
                id,
                sourceId,
                group.type().name());
        // Whoever adds holds the group by the foreign key; whoever removes has to ask for it, so that nothing happens
        // between somebody's look at a version and the change that depends on it.
        sql.add(remove.isEmpty() ? ")" : " FOR KEY SHARE OF r)");
        known(sql, sourceId, group, add);
        present(sql, id, remove);
        sql.add(
                ", ready AS (SELECT id FROM holder WHERE (SELECT count(*) FROM known) = ?"
                        + " AND (SELECT count(*) FROM present) = ?)",
                add.size(),
                remove.size());
        sql.add(", added AS (INSERT INTO membership (group_id, member_id) SELECT ready.id, known.id FROM ready, known"
                + " ORDER BY known.id ON CONFLICT DO NOTHING RETURNING member_id)");
        sql.add(", removed AS (DELETE FROM membership m USING ready, present WHERE m.group_id = ready.id"
                + " AND m.member_id = present.member_id RETURNING m.member_id)");
        sql.add(", outcome AS (SELECT id, EXISTS (SELECT FROM added) OR EXISTS (SELECT FROM removed) AS changed"
                + " FROM ready)");
        sql.add(", touched AS (" + Slots.TOUCH + "SELECT id, " + Slots.CHANGES
                + ", 1, statement_timestamp() FROM outcome WHERE changed" + Slots.TOUCH_AGAIN + ")");
        sql.addAll(
                ", audited AS (" + AuditRow.INSERT + "SELECT " + AuditRow.VALUES
                        + " || jsonb_strip_nulls(jsonb_build_object("
                        + "'added', (SELECT jsonb_agg(member_id) FROM added),"
                        + " 'removed', (SELECT jsonb_agg(member_id) FROM removed))), NULL, NULL"
                        + " FROM outcome WHERE changed)",
                AuditRow.values(event));
        sql.add(" SELECT h.id, CASE WHEN changed THEN h.total + 1 ELSE h.total END, h.created,"
                + " CASE WHEN changed THEN greatest(h.latest, statement_timestamp()) ELSE h.latest END, h.document,"
                + " NULL, NULL FROM holder h, outcome");
        return store.first(sql, row -> Columns.entry(group.type(), row));
    }

    private static void known(Sql sql, int sourceId, Shape group, Set<UUID> add) {
        if (add.isEmpty()) {
            sql.add(", known AS (SELECT NULL::uuid AS id WHERE false)");
            return;
        }
        among(sql.add(", known AS (SELECT id FROM (SELECT id, source_id, type FROM resource WHERE id "), add);
        sql.add(" OFFSET 0) x WHERE x.source_id = ? AND x.type = ANY (?))", sourceId, Sql.texts(group.memberTypes()));
    }

    private static void present(Sql sql, UUID group, Set<UUID> remove) {
        if (remove.isEmpty()) {
            sql.add(", present AS (SELECT NULL::uuid AS member_id WHERE false)");
            return;
        }
        among(
                sql.add(", present AS (SELECT member_id FROM membership WHERE group_id = ? AND member_id ", group),
                remove);
        sql.add(")");
    }

    /// Most changes name one person; a plain comparison then keeps the planner from thinking the
    /// statement over again each time, as it does for arrays of unknown length.
    private static void among(Sql sql, Set<UUID> ids) {
        if (ids.size() == 1) {
            sql.add("= ?", ids.iterator().next());
        } else {
            sql.add("= ANY (?)", (Object) Sql.ids(ids));
        }
    }

    /// Adds members and returns those that were none.
    List<UUID> add(UUID group, Collection<UUID> members) {
        Sql sql = Sql.of(
                "INSERT INTO membership (group_id, member_id) SELECT ?, m FROM unnest(?) m ORDER BY m"
                        + " ON CONFLICT DO NOTHING RETURNING member_id",
                group,
                Sql.ids(members));
        return store.all(sql, row -> row.getObject(1, UUID.class));
    }

    /// Removes members and returns those that were some.
    List<UUID> remove(UUID group, Collection<UUID> members) {
        Sql sql = Sql.of(
                "DELETE FROM membership WHERE group_id = ? AND member_id = ANY (?) RETURNING member_id",
                group,
                Sql.ids(members));
        return store.all(sql, row -> row.getObject(1, UUID.class));
    }

    /// Removes every member but these and returns who had to go.
    List<UUID> retain(UUID group, Collection<UUID> members) {
        Sql sql = Sql.of(
                "DELETE FROM membership m WHERE m.group_id = ? AND NOT EXISTS"
                        + " (SELECT FROM unnest(?) k WHERE k = m.member_id) RETURNING m.member_id",
                group,
                Sql.ids(members));
        return store.all(sql, row -> row.getObject(1, UUID.class));
    }

    /// Removes the members that satisfy a filter over the sub-attributes of `members`.
    List<UUID> removeMatching(UUID group, Sql condition) {
        Sql sql = Sql.of(
                        "DELETE FROM membership m USING resource x WHERE m.group_id = ? AND x.id = m.member_id AND ",
                        group)
                .add(condition)
                .add(" RETURNING m.member_id");
        return store.all(sql, row -> row.getObject(1, UUID.class));
    }

    /// Counts one change of a group's members.
    void touch(Collection<UUID> groups) {
        store.run(Sql.of(
                Slots.TOUCH + "SELECT g, " + Slots.CHANGES + ", 1, statement_timestamp() FROM unnest(?) g ORDER BY g"
                        + Slots.TOUCH_AGAIN,
                (Object) Sql.ids(groups)));
    }

    /// The members of groups that have few, in one go: nothing stays open for however long somebody takes over
    /// them.
    Optional<List<MemberRef>> few(int sourceId, List<UUID> groups) {
        List<MemberRef> members = store.all(of(sourceId, groups).add(" LIMIT ?", FEW + 1), Members::member);
        return members.size() <= FEW ? Optional.of(members) : Optional.empty();
    }

    /// The direct members of groups in the order given, each group's by id.
    Members stream(int sourceId, List<UUID> groups) {
        return store.stream(of(sourceId, groups), BATCH);
    }

    /// Member by member: a plan for groups of middling size would read the whole directory for a small one.
    static Sql of(int sourceId, List<UUID> groups) {
        return groups.size() == 1
                ? Sql.of(OF_ONE, groups.getFirst(), sourceId)
                : Sql.of(OF_SEVERAL, Sql.ids(groups), sourceId);
    }
}
