package dev.rolewright.reconcile;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Note;
import dev.rolewright.reconcile.Orphan.HoldSigned;
import dev.rolewright.reconcile.Orphan.LeftLogin;
import dev.rolewright.reconcile.Orphan.Stuck;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the logins of people who are gone that are not on their way out: not locked, or past their grace.
@ApplicationScoped
class LeftLogins {

    private static final int AT_ONCE = 1_000;

    /// What fails less often may be through before anybody has read of it.
    private static final int OFTEN = 3;

    /// A login whose grace is over is looked at that often.
    private static final Duration A_WHILE = Duration.ofHours(1);

    private static final TypeReference<List<Note>> NOTES = new TypeReference<>() {};

    private static final String HOLD = "SELECT h.id, h.digest FROM held_step s JOIN hold h ON h.id = s.hold"
            + " WHERE s.target = ? AND s.person = ? AND h.state = 'open' ORDER BY h.id DESC LIMIT 1";

    private final LoginBook logins;
    private final People people;
    private final Sessions sessions;
    private final AuditLog trail;
    private final Store store;

    LeftLogins(LoginBook logins, People people, Sessions sessions, AuditLog trail, Store store) {
        this.logins = logins;
        this.people = people;
        this.sessions = sessions;
        this.trail = trail;
        this.store = store;
    }

    /// What is known of a target.
    ///
    /// @param kept why logins are kept, by name
    private record Ground(Map<String, String> kept, Optional<String> failure) {}

    List<LeftLogin> of(Contract contract, Target target, Instant now) {
        List<LoginRow> rows = logins.doubtful(target.name());
        if (rows.isEmpty()) {
            return List.of();
        }
        Ground ground = ground(target.name());
        Instant graceOver = now.minus(contract.lifecycle().grace()).minus(A_WHILE);
        List<LeftLogin> left = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<LoginRow> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            Set<PersonId> ids = some.stream().map(LoginRow::person).collect(Collectors.toSet());
            Snapshot snapshot = people.some(contract, ids);
            some.stream()
                    .filter(row -> !snapshot.isThere(row.person()))
                    .forEach(row -> stuck(row, ground, graceOver)
                            .ifPresent(stuck -> left.add(left(target, row, snapshot, ground, stuck))));
        }
        return left;
    }

    private static Optional<Stuck> stuck(LoginRow row, Ground ground, Instant graceOver) {
        if (row.held()) {
            return Optional.of(Stuck.HELD);
        }
        if (row.attempts() >= OFTEN) {
            return Optional.of(Stuck.FAILED);
        }
        if (row.state() == LoginRow.State.SUSPENDED) {
            return row.since().isAfter(graceOver) ? Optional.empty() : Optional.of(Stuck.KEPT);
        }
        return row.settled() || ground.failure().isPresent() ? Optional.of(Stuck.WAITING) : Optional.empty();
    }

    private LeftLogin left(Target target, LoginRow row, Snapshot snapshot, Ground ground, Stuck stuck) {
        boolean canLogIn = row.state() == LoginRow.State.ACTIVE;
        return new LeftLogin(
                target.name(),
                row.name(),
                row.person(),
                canLogIn,
                canLogIn ? lastSpokenOf(row) : row.since(),
                !snapshot.people().containsKey(row.person()),
                stuck,
                row.error()
                        .or(() ->
                                Optional.ofNullable(ground.kept().get(row.name().value())))
                        .or(ground::failure),
                row.attempts(),
                stuck == Stuck.HELD ? hold(target.name(), row.person()) : Optional.empty(),
                sessions.locking(target, row.name()));
    }

    private Instant lastSpokenOf(LoginRow row) {
        return trail.of(row.person().value(), List.of(), 1).stream()
                .findFirst()
                .map(entry -> entry.at())
                .orElse(row.since());
    }

    private Optional<HoldSigned> hold(TargetName target, PersonId person) {
        return store.first(
                HOLD, row -> new HoldSigned(row.getLong(1), row.getString(2)), target.value(), person.value());
    }

    private Ground ground(TargetName target) {
        return store.first(
                        "SELECT notes, CASE WHEN failures > 0 THEN failure END FROM target_state WHERE target = ?",
                        row -> new Ground(
                                JsonColumn.read(row.getString(1), NOTES).stream()
                                        .filter(note -> note.kind() == Note.Kind.KEPT)
                                        .collect(Collectors.toMap(Note::subject, Note::sentence, (one, _) -> one)),
                                Store.text(row, 2)),
                        target.value())
                .orElse(new Ground(Map.of(), Optional.empty()));
    }
}
