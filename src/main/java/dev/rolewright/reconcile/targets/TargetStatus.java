package dev.rolewright.reconcile.targets;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.Note;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a target is doing.
///
/// @param server what it calls itself, once it was seen
/// @param waiting how many people's changes it does not have yet
/// @param census what we manage there
/// @param notes what a human should know, from the last look at the whole
/// @param lastWhole when it was last looked at as a whole
/// @param failure the last failure of the target as a whole, until it answers again
/// @param nextAttempt when it is tried again after failures
public record TargetStatus(
        Target target,
        Health health,
        Optional<String> server,
        long waiting,
        Census census,
        long unsettled,
        List<Note> notes,
        Optional<Instant> lastWhole,
        Optional<Failure> failure,
        Optional<Instant> nextAttempt) {

    public enum Health {
        /// It answers.
        READY,
        /// It answers, and knows more than the store: logins there are left as found until somebody
        /// speaks of their people, or an approver says that the directory is up to date.
        STORE_OLDER,
        /// It was not looked at yet.
        NEW,
        /// The configuration does not say how to reach it, or nothing here speaks to its product.
        NOT_CONFIGURED,
        /// It failed and is tried again soon.
        FAILING,
        /// It fails in a way that somebody has to mend; it is asked now and then whether somebody did.
        BROKEN
    }

    /// @param kind what failed
    /// @param sentence for people, without secrets
    /// @param remedy a statement that an administrator could run
    /// @param times in a row
    public record Failure(EngineFailure.Kind kind, String sentence, Optional<String> remedy, Instant at, int times) {

        /// The kind as a word, for the doors, which have never heard of engines.
        public String kindName() {
            return kind.name();
        }
    }

    public TargetStatus {
        notes = List.copyOf(notes);
    }
}
