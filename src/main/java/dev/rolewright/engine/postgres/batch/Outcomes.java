package dev.rolewright.engine.postgres.batch;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What became of each step so far.
public final class Outcomes {

    private final List<Step> steps;
    private final @Nullable Outcome[] outcomes;
    private final Map<Integer, String> ids = new HashMap<>();
    private final Shortfalls shortfalls;
    private final HeldRoles heldRoles = new HeldRoles();

    /// @param shortfalls what the session could not bring about so far
    public Outcomes(List<Step> steps, Shortfalls shortfalls) {
        this.steps = List.copyOf(steps);
        this.outcomes = new Outcome[steps.size()];
        this.shortfalls = shortfalls;
    }

    public Step step(int index) {
        return steps.get(index);
    }

    public int size() {
        return steps.size();
    }

    public boolean isKnown(int index) {
        return outcomes[index] != null;
    }

    public void done(int index) {
        if (!isKnown(index)) {
            outcomes[index] = Outcome.DONE;
            shortfalls.took(steps.get(index));
        }
    }

    public void failed(int index, EngineFailure failure) {
        outcomes[index] = new Outcome.Failed(failure);
        shortfalls.add(steps.get(index));
    }

    public void failUnless(Predicate<Step> chosen, EngineFailure failure) {
        for (int index = 0; index < steps.size(); index++) {
            if (!chosen.test(steps.get(index))) {
                failed(index, failure);
            }
        }
    }

    /// Whether it failed because somebody held what it needs.
    public boolean isBusy(int index) {
        return outcomes[index] instanceof Outcome.Failed(EngineFailure failure)
                && failure.kind() == EngineFailure.Kind.BUSY;
    }

    public void tryAgain(int index) {
        outcomes[index] = null;
        shortfalls.remove(steps.get(index));
    }

    /// @param id the server's own of the login that the step makes
    public void made(int index, String id) {
        ids.put(index, id);
    }

    /// The server's own ids of the logins that were made.
    public Map<PersonId, String> made() {
        Map<PersonId, String> made = new HashMap<>();
        ids.forEach((index, id) -> {
            if (isDone(index) && steps.get(index) instanceof Step.CreateLogin(Account account, var _)) {
                made.put(account.person(), id);
            }
        });
        return made;
    }

    public boolean isDone(int index) {
        return outcomes[index] instanceof Outcome.Done;
    }

    /// Whether the step can be tried; one that needs what did not come about is skipped, and nobody's sessions are
    /// ended for nothing.
    public boolean isReady(int index) {
        if (isKnown(index)) {
            return false;
        }
        if (steps.get(index) instanceof Step.EndSessions(Account account) && shortfalls.keepsAll(account.person())) {
            done(index);
            return false;
        }
        Optional<String> why = shortfalls.of(steps.get(index));
        why.ifPresent(sentence -> {
            outcomes[index] = new Outcome.Skipped(sentence);
            shortfalls.add(steps.get(index));
        });
        return why.isEmpty();
    }

    /// What all that perform these steps have noticed.
    HeldRoles heldRoles() {
        return heldRoles;
    }

    public List<Outcome> all() {
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }
}
