package dev.rolewright.reconcile.look;

import dev.rolewright.contract.Derivation;
import dev.rolewright.contract.Deriver;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.Desired;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Planner;
import dev.rolewright.plan.Scope;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.work.Heard;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Both sides of one target at one moment: what it should have, and what was seen there.
///
/// @param rows what was written down before
/// @param since when the target was last looked at as the contract is now
/// @param heard the marks whose changes are in it
public record Picture(
        Map<PersonId, LoginRow> rows, Derivation derived, Observed observed, Instant now, Instant since, Heard heard) {

    /// What is to be done, and what a human should know.
    public Plan plan() {
        return Planner.plan(desired(), observed, hiding(), now)
                .noting(Unmet.notes(desired().target().name(), derived));
    }

    /// Whose open sessions may have become a role that they lost.
    private Set<PersonId> hiding() {
        return rows.values().stream()
                .filter(LoginRow::hiding)
                .map(LoginRow::person)
                .collect(Collectors.toSet());
    }

    public Desired desired() {
        return derived.desired();
    }

    /// What is known without asking the target.
    ///
    /// @param people who are looked at; empty means everybody
    /// @param deriver knows who earns what
    /// @param since when the target was last looked at as the contract is now; what ended since, ended by itself
    /// @param heard the marks that were there when it was begun
    public record Sketch(
            Optional<Set<PersonId>> people,
            Deriver deriver,
            Map<PersonId, LoginRow> rows,
            Names names,
            Instant now,
            Instant since,
            Heard heard) {

        /// Whether nobody looked at has a login here, or should have one. Who is unsettled may have been given
        /// one by a
        /// pass that was cut off.
        public boolean isBlank() {
            return people.isPresent()
                    && rows.values().stream()
                            .allMatch(row -> row.state() == LoginRow.State.DROPPED
                                    && row.settled()
                                    && row.due().isEmpty())
                    && wanted(deriver.derive(names)).isEmpty();
        }

        /// What is likely to be found, while the target is still looked at.
        Guess guess() {
            return new Guess(names, rows, deriver.derive(names), now, since, heard);
        }

        /// @param whole everybody, looked at before or meanwhile
        Picture complete(Observed whole) {
            return new Picture(rows, deriver.derive(names.correctedBy(whole, rows)), whole, now, since, heard);
        }

        /// Looks at the target, and again where what was seen leads to other names.
        public Picture complete(EngineSession session) {
            Set<PersonId> some = people.orElseThrow();
            Set<LoginName> looked = new HashSet<>(wanted(deriver.derive(names)));
            looked.addAll(namesWritten());
            Names known = names;
            Known written = LoginRow.known(rows.values());
            while (true) {
                Observed observed = session.observe(new Scope.Some(some, looked), written);
                known = known.correctedBy(observed, rows);
                Derivation derived = deriver.derive(known);
                if (!looked.addAll(wanted(derived))) {
                    return new Picture(rows, derived, observed, now, since, heard);
                }
            }
        }

        // An engine finds names at once; the mark of somebody whom no name leads to it may have to look for everywhere.
        private Set<LoginName> namesWritten() {
            return rows.values().stream()
                    .filter(row -> row.state() != LoginRow.State.DROPPED)
                    .map(LoginRow::name)
                    .collect(Collectors.toSet());
        }

        private static Set<LoginName> wanted(Derivation derived) {
            return derived.desired().logins().values().stream()
                    .filter(LoginState::isActive)
                    .map(LoginState::name)
                    .collect(Collectors.toSet());
        }
    }

    /// What follows from a sketch where nobody on the target has a name that the store does not know. It lets go of
    /// what it was derived from, which is as much again.
    record Guess(
            Names names, Map<PersonId, LoginRow> rows, Derivation derived, Instant now, Instant since, Heard heard) {

        /// @param whole everybody, looked at meanwhile
        /// @return nothing where other names were seen
        Optional<Picture> confirmedBy(Observed whole) {
            return names.correctedBy(whole, rows).confirm(names, derived)
                    ? Optional.of(new Picture(rows, derived, whole, now, since, heard))
                    : Optional.empty();
        }
    }
}
