package dev.rolewright.reconcile.aftermath;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.engine.Outcome;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Note;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.LoginRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why logins are not as they should be after a pass: a step failed, or the plan has none where there should be one.
final class Troubles {

    private final Map<PersonId, Trouble> ofSteps = new HashMap<>();
    private final Map<String, String> notes;
    private final Set<String> guarded = new HashSet<>();
    private boolean including;

    Troubles(Collection<Note> all) {
        this.notes = all.stream()
                .filter(note -> note.kind() != Note.Kind.NOTICE)
                .collect(toMap(Note::subject, Note::sentence, (one, _) -> one));
        all.stream().filter(note -> note.kind() == Note.Kind.PROTECTED).forEach(note -> guarded.add(note.subject()));
    }

    /// Takes in what became of a step.
    void take(Step step, Outcome outcome) {
        Optional<Trouble> trouble = switch (outcome) {
            case Outcome.Done _ -> Optional.empty();
            case Outcome.Skipped(String why) -> Optional.of(Trouble.of(step, why));
            case Outcome.Failed(var failure) -> Optional.of(Trouble.of(step, failure));
        };
        trouble.ifPresent(it -> {
            including |= step instanceof Step.Exclude;
            step.person().ifPresent(person -> ofSteps.merge(person, it, Trouble::and));
        });
    }

    /// Whether a role includes another that could not be taken from it.
    boolean including() {
        return including;
    }

    /// @param held whether something about the login waits for a human
    Optional<Trouble> of(
            PersonId person,
            @Nullable SeenLogin seen,
            @Nullable LoginState wanted,
            LoginRow.State state,
            boolean held) {
        if (state == LoginRow.State.DROPPED) {
            return Optional.empty(); // whatever failed on the way, it went with the login
        }
        Trouble known = ofSteps.get(person);
        if (known != null) {
            return Optional.of(known);
        }
        if (wanted == null || !wanted.isActive()) {
            return seen != null && state == LoginRow.State.ACTIVE && isGuarded(seen)
                    ? Optional.of(left(seen.state()))
                    : Optional.empty();
        }
        return held || state == LoginRow.State.ACTIVE ? Optional.empty() : Optional.of(left(wanted));
    }

    private boolean isGuarded(SeenLogin seen) {
        return guarded.contains(seen.state().name().value());
    }

    /// Nothing is tried, so nothing but another contract or somebody's hand mends it.
    private Trouble left(LoginState login) {
        String sentence = notes.getOrDefault(login.name().value(), "is left as it is: see the notes on the target");
        return new Trouble(login.name() + " " + sentence, false, false);
    }
}
