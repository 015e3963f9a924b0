package dev.rolewright.directory;

import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Whose access the pushes may have changed: a queue in the store that every change fills by triggers, and a bell.
///
/// The queue is the truth: it stands or falls with the push, and outlives this process. The bell only saves time; who
/// misses it looks on a schedule.
@ApplicationScoped
public class ChangeFeed {

    /// Finds everybody whom marks concern, also below the groups among them: group by group, each member looked at
    /// once, `UNION` ends every cycle. Marks and members are seen at the same moment, so what is not seen here
    /// has left a mark that is not among these.
    ///
    /// A member that is gone and not marked so was a group; whom it held left marks of their own.
    private static final String CONCERNED = """
            WITH RECURSIVE marked AS (%s), known AS (
                SELECT r.id, r.type, t.at, t.same FROM marked t CROSS JOIN LATERAL (
                    SELECT id, type FROM resource WHERE id = t.resource OFFSET 0) r WHERE NOT t.gone
            ), below (id, type) AS (
                SELECT id, type FROM known WHERE type = 'Group'
                UNION
                SELECT r.id, r.type FROM below CROSS JOIN LATERAL (
                    SELECT member_id FROM membership WHERE group_id = below.id OFFSET 0) m
                CROSS JOIN LATERAL (SELECT id, type FROM resource WHERE id = m.member_id OFFSET 0) r
                WHERE below.type = 'Group'
            ), people AS (
                SELECT id, min(at) AS at, bool_and(same) AS same FROM (
                    SELECT resource AS id, at, same FROM marked WHERE gone
                    UNION ALL SELECT id, at, same FROM known WHERE type = 'User'
                    UNION ALL SELECT id, (SELECT min(at) FROM known WHERE type = 'Group'), false FROM below
                    WHERE type = 'User') each
                GROUP BY id
            )
            """;

    /// Takes marks that nobody else is taking.
    private static final String TAKE = CONCERNED.formatted("""
            DELETE FROM touched WHERE ctid = ANY (ARRAY(SELECT ctid FROM touched LIMIT ? FOR UPDATE SKIP LOCKED))
            RETURNING resource, gone, at, same""") + """
            SELECT marks.n, people.id, people.at, people.same
            FROM (SELECT count(*) AS n FROM marked) marks LEFT JOIN people ON true""";

    private static final String UNTAKEN =
            CONCERNED.formatted("SELECT resource, gone, at, same FROM touched") + "SELECT id FROM people";

    private static final String MARKED = """
            SELECT t.resource, min(t.at) FROM touched t CROSS JOIN LATERAL (
                SELECT type FROM resource WHERE id = t.resource OFFSET 0) r
            WHERE r.type = 'User' AND NOT t.same GROUP BY t.resource""";

    private final DirectoryStore store;
    private final Bell bell;
    private final List<Consumer<List<Touched>>> first = new CopyOnWriteArrayList<>();

    ChangeFeed(DirectoryStore store, Bell bell) {
        this.store = store;
        this.bell = bell;
    }

    /// Has somebody told after changes were committed in this process. Changes that come while the listener is
    /// at work are told of once, when it is done; no push ever waits for it, and it need not be quick.
    public void listen(Runnable listener) {
        bell.listen(listener);
    }

    /// Tells the listeners that there are marks of somebody else than a push; inside a transaction when that has
    /// been committed.
    public void ring() {
        bell.ring();
    }

    /// Has somebody told of people who came, changed or went, before whoever takes their marks and in the same
    /// transaction: what follows from people for others stands when anybody asks about them. Of people who are the
    /// same, and of whom only what others say is not, nobody is told first.
    public void tellFirst(Consumer<List<Touched>> consumer) {
        first.add(consumer);
    }

    /// Tells those who are told first of people whose marks nobody has taken yet, and leaves the marks. Whoever
    /// has read the directory calls this before asking what follows from people for others: somebody may be in the
    /// directory whose mark is still to be taken.
    public void tellAhead() {
        store.together(() -> {
            List<Touched> people = store.all(
                    Sql.of(MARKED),
                    row -> new Touched(new PersonId(row.getObject(1, UUID.class)), Columns.time(row, 2)));
            if (!people.isEmpty()) {
                first.forEach(told -> told.accept(people));
            }
            return true;
        });
    }

    /// Whom marks concern that nobody has taken for good yet. What came of the others is to be read after this.
    public Set<PersonId> untaken() {
        return Set.copyOf(store.all(Sql.of(UNTAKEN), row -> new PersonId(row.getObject(1, UUID.class))));
    }

    /// Takes marks and hands on whom they concern, all in one transaction of the store: what the consumer
    /// writes there stands exactly when the marks are gone. Any number of replicas may do so at once.
    ///
    /// A group stands for everybody below it, so that the list can be much longer than the limit. The consumer
    /// is not called for nobody.
    ///
    /// @param limit of marks
    /// @return how many marks were taken; none are left for the taking when they are fewer than the limit
    public int drain(int limit, Consumer<List<Touched>> consumer) {
        return store.together(() -> {
            List<Touched> people = new ArrayList<>();
            List<Touched> changed = new ArrayList<>();
            int[] taken = new int[1];
            store.each(Sql.of(TAKE, (long) limit), row -> {
                taken[0] = row.getInt(1);
                if (row.getObject(2) != null) {
                    Touched person = new Touched(new PersonId(row.getObject(2, UUID.class)), Columns.time(row, 3));
                    people.add(person);
                    if (!row.getBoolean(4)) {
                        changed.add(person);
                    }
                }
            });
            if (!changed.isEmpty()) {
                first.forEach(told -> told.accept(changed));
            }
            if (!people.isEmpty()) {
                consumer.accept(people);
            }
            return taken[0];
        });
    }
}
