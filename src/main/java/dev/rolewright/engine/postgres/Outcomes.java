package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What became of each step so far, and what later steps can no longer count on.
final class Outcomes {

    private record Place(String database, String schema, String table) {}

    private final List<Step> steps;
    private final @Nullable Outcome[] outcomes;
    private final Map<Integer, String> ids = new HashMap<>();
    private final Set<LoginName> missingLogins = new HashSet<>();
    private final Set<RoleName> missingRoles = new HashSet<>();
    private final Set<Account> unmarked = new HashSet<>();
    private final Set<Account> keepingRoles = new HashSet<>();
    private final Set<Place> open = new HashSet<>();

    Outcomes(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.outcomes = new Outcome[steps.size()];
    }

    Step step(int index) {
        return steps.get(index);
    }

    int size() {
        return steps.size();
    }

    boolean isKnown(int index) {
        return outcomes[index] != null;
    }

    void done(int index) {
        if (!isKnown(index)) {
            outcomes[index] = Outcome.DONE;
        }
    }

    void failed(int index, EngineFailure failure) {
        outcomes[index] = new Outcome.Failed(failure);
        withdraw(steps.get(index));
    }

    void failUnless(Predicate<Step> chosen, EngineFailure failure) {
        for (int index = 0; index < steps.size(); index++) {
            if (!chosen.test(steps.get(index))) {
                failed(index, failure);
            }
        }
    }

    /// Whether it failed because somebody held what it needs.
    boolean isBusy(int index) {
        return outcomes[index] instanceof Outcome.Failed(EngineFailure failure)
                && failure.kind() == EngineFailure.Kind.BUSY;
    }

    void tryAgain(int index) {
        outcomes[index] = null;
        if (steps.get(index) instanceof Step.MarkLogin(Account account, var _)) {
            unmarked.remove(account);
        }
    }

    /// @param id the server's own of the login that the step makes
    void made(int index, String id) {
        ids.put(index, id);
    }

    /// The server's own ids of the logins that were made.
    Map<PersonId, String> made() {
        Map<PersonId, String> made = new HashMap<>();
        ids.forEach((index, id) -> {
            if (isDone(index) && steps.get(index) instanceof Step.CreateLogin(Account account, var _)) {
                made.put(account.person(), id);
            }
        });
        return made;
    }

    boolean isDone(int index) {
        return outcomes[index] instanceof Outcome.Done;
    }

    /// Whether the step can be tried; one that needs what did not come about is skipped.
    boolean isReady(int index) {
        if (isKnown(index)) {
            return false;
        }
        Optional<String> why = missing(steps.get(index));
        why.ifPresent(sentence -> {
            outcomes[index] = new Outcome.Skipped(sentence);
            withdraw(steps.get(index));
        });
        return why.isEmpty();
    }

    List<Outcome> all() {
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }

    private void withdraw(Step step) {
        switch (step) {
            case Step.CreateLogin(Account account, var _) -> missingLogins.add(account.login());
            case Step.RenameLogin(var _, LoginName to) -> missingLogins.add(to);
            case Step.MarkLogin(Account account, var _) -> unmarked.add(account);
            case Step.Leave(Account account, var _) -> keepingRoles.add(account);
            case Step.CreateRole(RoleName role) -> missingRoles.add(role);
            case Step.ProtectRows(String database, ObjectRef.Table table) ->
                open.add(new Place(database, table.schema(), table.table()));
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> {}
        }
    }

    private Optional<String> missing(Step step) {
        return switch (step) {
            case Step.ResumeLogin(Account account, var _)
            when keepsRoles(account) -> Optional.of("it could not be taken out of a role, which it would have again");
            case Step.Join(Account account, Membership membership) ->
                without(account).or(() -> without(membership.role()));
            case Step.OfLogin of when !(of instanceof Step.CreateLogin) -> without(of.account());
            case Step.OfLogin _ -> Optional.empty();
            case Step.Include(RoleName role, Membership membership) ->
                without(role).or(() -> without(membership.role()));
            case Step.GrantPrivilege(RoleName role, Grant grant) ->
                without(role).or(() -> unlimited(grant));
            case Step.AddPolicy(RoleName role, var policy) ->
                without(role)
                        .or(() -> unlimited(new Place(
                                policy.database(),
                                policy.table().schema(),
                                policy.table().table())));
            case Step.CreateRole _ -> Optional.empty();
            case Step.OfRole of -> without(of.role());
            case Step.OfTable _ -> Optional.empty();
        };
    }

    // Whoever is renamed is still meant by the steps that follow.
    private boolean keepsRoles(Account account) {
        return keepingRoles.stream().anyMatch(it -> it.person().equals(account.person()));
    }

    private Optional<String> without(Account account) {
        if (unmarked.stream().anyMatch(it -> it.id().equals(account.id()))) {
            return Optional.of("the mark of login " + account + " could not be put back");
        }
        return missingLogins.contains(account.login())
                ? Optional.of("login " + account + " did not come about")
                : Optional.empty();
    }

    private Optional<String> without(RoleName role) {
        return missingRoles.contains(role) ? Optional.of("role " + role + " did not come about") : Optional.empty();
    }

    // A role that is to see some rows must not be let in while it would see all of them.
    private Optional<String> unlimited(Grant grant) {
        return switch (grant.object()) {
            case ObjectRef.Table(String schema, String table) -> unlimited(new Place(grant.database(), schema, table));
            case ObjectRef.Column(String schema, String table, String _) ->
                unlimited(new Place(grant.database(), schema, table));
            case ObjectRef.Database _, ObjectRef.Schema _, ObjectRef.Sequence _, ObjectRef.Function _ ->
                Optional.empty();
            case ObjectRef.Type _, ObjectRef.Rest _ -> Optional.empty();
            case ObjectRef.EveryTable _, ObjectRef.EverySequence _, ObjectRef.EveryFunction _ -> Optional.empty();
        };
    }

    private Optional<String> unlimited(Place place) {
        return open.contains(place)
                ? Optional.of("the rows of " + place.schema() + "." + place.table() + " could not be limited")
                : Optional.empty();
    }
}
