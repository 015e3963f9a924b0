package dev.rolewright.reconcile.work;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Census;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has to be done on targets, and who does it: any number of processes share this.
@ApplicationScoped
public class Queue {

    /// More people than this are looked at together with everybody else: that is quicker.
    public static final int MOST_PEOPLE = 1_000;

    public static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(1);

    /// Claims a target that nobody works on (a process works on one thing at a time there, so what it
    /// still holds is left over) and that has something to do. A process that does not know the newest
    /// contract yet claims nothing, nor does one whose clock is off: it would end graces and rules at
    /// the wrong time. A lease that is too far away was written before somebody set the store's clock
    /// back.
    private static final String CLAIM = """
            UPDATE target_state s SET lease_holder = ?, lease_until = now() + ? * interval '1 millisecond',
                lease_number = lease_number + 1
            FROM (SELECT target, whole_due <= now() OR contract IS DISTINCT FROM ? AS whole FROM target_state t
                  WHERE target = ? AND (lease_until IS NULL OR lease_until < now() OR lease_holder = ?
                                        OR lease_until > now() + 2 * ? * interval '1 millisecond')
                    AND abs(extract(epoch FROM now() - ?)) < ?
                    AND (not_before IS NULL OR not_before <= now())
                    AND (contract IS NULL OR contract <= ?)
                    AND (whole_due <= now() OR contract IS DISTINCT FROM ?
                         OR EXISTS (SELECT FROM dirty d WHERE d.target = t.target)
                         OR (outrun IS NULL
                             AND EXISTS (SELECT FROM login l WHERE l.target = t.target AND l.due <= now())))
                  FOR UPDATE SKIP LOCKED) free
            WHERE s.target = free.target
            RETURNING lease_number, free.whole, contract, settled, last_whole, logins, active, memberships, failures,
                server, last_pass, outrun, now()""";

    private final Store store;

    Queue(Store store) {
        this.store = store;
    }

    /// Marks people on every target.
    ///
    /// @param since for each of the people
    void mark(List<PersonId> people, List<Instant> since) {
        store.run(
                "INSERT INTO dirty (target, person, at) SELECT s.target, p.person, p.at FROM target_state s"
                        + " CROSS JOIN unnest(?, ?) AS p (person, at) WHERE NOT s.retired",
                PersonId.ids(people),
                since.stream().map(Store::offset).toArray(OffsetDateTime[]::new));
    }

    /// Marks people on one target.
    public void mark(TargetName target, Collection<PersonId> people) {
        if (!people.isEmpty()) {
            store.run(
                    "INSERT INTO dirty (target, person, at) SELECT ?, unnest(?), now()",
                    target.value(),
                    PersonId.ids(people));
        }
    }

    /// Asks for a pass.
    ///
    /// @param person null for the whole target
    /// @return the request's number
    public long request(TargetName target, @Nullable PersonId person, String asker) {
        return store.first(
                        "INSERT INTO dirty (target, person, at, asker) VALUES (?, ?, now(), ?) RETURNING id",
                        row -> row.getLong(1),
                        target.value(),
                        person == null ? null : person.value(),
                        asker)
                .orElseThrow();
    }

    /// @param contract since when the contract holds that this process knows
    /// @param ours what this process takes the time to be
    public Optional<Work> claim(TargetName target, String holder, Duration lease, Instant contract, Instant ours) {
        long before = System.nanoTime();
        return store.first(
                        CLAIM,
                        row -> new Claim(
                                new Lease(target, row.getLong(1), lease, before),
                                row.getBoolean(2),
                                memory(row),
                                Store.instant(row, 13)),
                        holder,
                        lease.toMillis(),
                        contract,
                        target.value(),
                        holder,
                        lease.toMillis(),
                        ours,
                        CLOCKS_MAY_DIFFER.toSeconds(),
                        contract,
                        contract)
                .map(this::read);
    }

    /// What a pass over the whole target would have to do now, for whoever only wants to know.
    public Work peek(TargetName target) {
        return store.first(
                        "SELECT 0, true, contract, settled, last_whole, logins, active, memberships, failures,"
                                + " server, last_pass, outrun, now() FROM target_state WHERE target = ?",
                        row -> new Claim(
                                new Lease(target, row.getLong(1), Duration.ZERO, 0),
                                row.getBoolean(2),
                                memory(row),
                                Store.instant(row, 13)),
                        target.value())
                .map(this::read)
                .orElseThrow(() -> new IllegalArgumentException("Nobody knows target " + target + "."));
    }

    /// Within a transaction nobody else can claim the target until that has ended: whoever is held still in one
    /// loses it together with the lease.
    ///
    /// @return whether it still is the holder's
    public boolean renew(Lease lease) {
        long before = System.nanoTime();
        boolean renewed = store.first(
                        "UPDATE target_state SET lease_until = now() + ? * interval '1 millisecond'"
                                + " WHERE target = ? AND lease_number = ? AND lease_until IS NOT NULL"
                                + " RETURNING set_config('idle_in_transaction_session_timeout', ?, true)",
                        row -> true,
                        lease.length().toMillis(),
                        lease.target().value(),
                        lease.number(),
                        Long.toString(lease.length().toMillis()))
                .orElse(false);
        if (renewed) {
            lease.renewed(before);
        }
        return renewed;
    }

    /// @return whether it still was the holder's
    public boolean release(Lease lease) {
        return store.run(
                        "UPDATE target_state SET lease_until = NULL WHERE target = ? AND lease_number = ?",
                        lease.target().value(),
                        lease.number())
                == 1;
    }

    /// How far the store's clock is ahead of ours.
    public Duration clocksDifference() {
        Instant ours = Instant.now();
        return store.first("SELECT clock_timestamp()", row -> Duration.between(ours, Store.instant(row, 1)))
                .orElse(Duration.ZERO);
    }

    /// Who is marked on a target now.
    public Set<PersonId> marked(TargetName target) {
        return Set.copyOf(store.all(
                "SELECT DISTINCT person FROM dirty WHERE target = ? AND person IS NOT NULL",
                row -> new PersonId(row.getObject(1, UUID.class)),
                target.value()));
    }

    /// A mark on somebody.
    ///
    /// @param asked whether somebody asked for a pass by it
    public record Fresh(long id, PersonId person, Instant at, boolean asked) {}

    /// The marks on people that were not there before, oldest first.
    public List<Fresh> since(Heard heard, TargetName target) {
        return store.all(
                "SELECT id, person, at, asker IS NOT NULL FROM dirty WHERE target = ? AND id > ? AND person IS NOT NULL"
                        + " AND NOT EXISTS (SELECT FROM unnest(?) AS h (id) WHERE h.id = dirty.id) ORDER BY id",
                row -> new Fresh(
                        row.getLong(1),
                        new PersonId(row.getObject(2, UUID.class)),
                        Store.instant(row, 3),
                        row.getBoolean(4)),
                target.value(),
                heard.end(),
                heard.recent().toArray(Long[]::new));
    }

    /// Takes marks away that a pass is through with.
    public void done(List<Long> marks) {
        if (!marks.isEmpty()) {
            store.run("DELETE FROM dirty WHERE id = ANY (?)", (Object) marks.toArray(Long[]::new));
        }
    }

    private record Claim(Lease lease, boolean whole, Work.Memory memory, Instant at) {}

    private record Mark(long id, @Nullable PersonId person, Instant at, boolean asked) {}

    /// Reads the marks after the claim, so that whatever is marked later is left for the next pass.
    private Work read(Claim claim) {
        String target = claim.lease().target().value();
        List<Mark> marks =
                store.all("SELECT id, person, at, asker IS NOT NULL FROM dirty WHERE target = ?", Queue::mark, target);
        Set<PersonId> people = new HashSet<>();
        boolean everybody = false;
        for (Mark mark : marks) {
            if (mark.person() == null) {
                everybody = true;
            } else {
                people.add(mark.person());
            }
        }
        boolean whole = claim.whole() || everybody || claim.memory().lastWhole().isEmpty();
        if (!whole && claim.memory().outrun().isEmpty()) {
            people.addAll(store.all(
                    "SELECT person FROM login WHERE target = ? AND due <= now() LIMIT " + (MOST_PEOPLE + 1),
                    row -> new PersonId(row.getObject(1, UUID.class)),
                    target));
        }
        return new Work(
                claim.lease(),
                claim.memory(),
                whole || people.size() > MOST_PEOPLE,
                people,
                marks.stream().map(Mark::id).toList(),
                marks.stream().filter(Mark::asked).map(Mark::id).toList(),
                marks.stream().map(Mark::at).min(Instant::compareTo).orElseGet(Instant::now),
                claim.at(),
                false);
    }

    private static Mark mark(ResultSet row) throws SQLException {
        UUID person = row.getObject(2, UUID.class);
        return new Mark(
                row.getLong(1), person == null ? null : new PersonId(person), Store.instant(row, 3), row.getBoolean(4));
    }

    private static Work.Memory memory(ResultSet row) throws SQLException {
        return new Work.Memory(
                Store.time(row, 3),
                row.getBoolean(4),
                Store.time(row, 5),
                new Census(row.getLong(6), row.getLong(7), row.getLong(8)),
                row.getInt(9),
                Store.text(row, 10),
                Store.number(row, 11),
                Store.number(row, 12));
    }
}
