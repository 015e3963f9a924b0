package dev.rolewright.reconcile.answer;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.audit.AuditLog;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Note;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.answer.LeftLogin.Stuck;
import dev.rolewright.reconcile.hold.HeldSteps;
import dev.rolewright.reconcile.hold.HoldSigned;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.reconcile.targets.TargetStatus;
import dev.rolewright.reconcile.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds the logins of people who are gone that are not on their way out: not locked, or past their grace.
@ApplicationScoped
public class LeftLogins {

    private static final int AT_ONCE = 1_000;

    /// What fails less often may be through before anybody has read of it.
    private static final int OFTEN = 3;

    /// A login whose grace is over is looked at that often.
    private static final Duration A_WHILE = Duration.ofHours(1);

    private final LoginBook logins;
    private final People people;
    private final Sessions sessions;
    private final AuditLog trail;
    private final HeldSteps holds;
    private final Targets targets;

    LeftLogins(LoginBook logins, People people, Sessions sessions, AuditLog trail, HeldSteps holds, Targets targets) {
        this.logins = logins;
        this.people = people;
        this.sessions = sessions;
        this.trail = trail;
        this.holds = holds;
        this.targets = targets;
    }

    /// What is known of a target.
    ///
    /// @param kept why logins are kept, by name
    private record Ground(Target target, Map<String, String> kept, Optional<String> failure) {

        static Ground of(TargetStatus status) {
            return new Ground(
                    status.target(),
                    status.notes().stream()
                            .filter(note -> note.kind() == Note.Kind.KEPT)
                            .collect(toMap(Note::subject, Note::sentence, (one, _) -> one)),
                    status.failure().map(TargetStatus.Failure::sentence));
        }
    }

    /// What is known of people.
    private record Known(Snapshot snapshot, Map<PersonId, HoldSigned> holds, Map<UUID, Instant> lastSaid) {}

    public List<LeftLogin> of(Contract contract, Target target, Instant now) {
        List<LoginRow> rows = logins.doubtful(target.name());
        if (rows.isEmpty()) {
            return List.of();
        }
        Ground ground = Ground.of(targets.status(target));
        Instant graceOver = now.minus(contract.lifecycle().grace()).minus(A_WHILE);
        List<LeftLogin> left = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<LoginRow> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            Snapshot snapshot = people.some(contract, people(some));
            Map<LoginRow, Stuck> stuck = new LinkedHashMap<>();
            some.stream()
                    .filter(row -> !snapshot.isThere(row.person()))
                    .forEach(row -> stuck(row, ground, contract, graceOver).ifPresent(why -> stuck.put(row, why)));
            Set<PersonId> theirs = people(stuck.keySet());
            Known known = new Known(
                    snapshot,
                    holds.open(target.name(), theirs),
                    trail.lastSaid(theirs.stream().map(PersonId::value).toList()));
            stuck.forEach((row, why) -> left.add(left(row, why, ground, known)));
        }
        return left;
    }

    private static Set<PersonId> people(Collection<LoginRow> rows) {
        return rows.stream().map(LoginRow::person).collect(toSet());
    }

    private static Optional<Stuck> stuck(LoginRow row, Ground ground, Contract contract, Instant graceOver) {
        if (row.held()) {
            return Optional.of(Stuck.HELD);
        }
        if (row.state() == LoginRow.State.ACTIVE && contract.protection().covers(row.name())) {
            return Optional.of(Stuck.PROTECTED);
        }
        if (row.attempts() >= OFTEN) {
            return Optional.of(Stuck.FAILED);
        }
        if (row.state() == LoginRow.State.SUSPENDED) {
            return row.since().isAfter(graceOver) ? Optional.empty() : Optional.of(Stuck.KEPT);
        }
        return row.settled() || ground.failure().isPresent() ? Optional.of(Stuck.WAITING) : Optional.empty();
    }

    private LeftLogin left(LoginRow row, Stuck stuck, Ground ground, Known known) {
        PersonId person = row.person();
        boolean canLogIn = row.state() == LoginRow.State.ACTIVE;
        return new LeftLogin(
                ground.target().name(),
                row.name(),
                person,
                canLogIn,
                canLogIn ? known.lastSaid().getOrDefault(person.value(), row.since()) : row.since(),
                !known.snapshot().people().containsKey(person),
                stuck,
                row.error()
                        .or(() ->
                                Optional.ofNullable(ground.kept().get(row.name().value())))
                        .or(ground::failure),
                row.attempts(),
                stuck == Stuck.HELD ? Optional.ofNullable(known.holds().get(person)) : Optional.empty(),
                sessions.locking(ground.target(), row.name()));
    }
}
