package dev.rolewright.engine.postgres;

import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What steps can no longer count on, because what it takes did not come about.
///
/// A session keeps them as long as it lives, in however many calls it is given a plan.
final class Shortfalls {

    private record Place(String database, String schema, String table) {

        static Place of(String database, ObjectRef.Table table) {
            return new Place(database, table.schema(), table.table());
        }
    }

    private final Set<LoginName> missingLogins = new HashSet<>();
    private final Set<RoleName> missingRoles = new HashSet<>();
    private final Set<String> unmarked = new HashSet<>();
    private final Set<PersonId> keepingRoles = new HashSet<>();
    private final Set<Place> open = new HashSet<>();

    /// @param step did not happen
    void add(Step step) {
        switch (step) {
            case Step.CreateLogin(Account account, var _) -> missingLogins.add(account.login());
            case Step.RenameLogin(var _, LoginName to) -> missingLogins.add(to);
            case Step.MarkLogin(Account account, var _) -> account.id().ifPresent(unmarked::add);
            // Whoever is renamed is still meant by the steps that follow.
            case Step.Leave(Account account, var _) -> keepingRoles.add(account.person());
            case Step.CreateRole(RoleName role) -> missingRoles.add(role);
            case Step.ProtectRows(String database, ObjectRef.Table table) -> open.add(Place.of(database, table));
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> {}
        }
    }

    /// @param step is tried once more, and what it may need is there
    void remove(Step step) {
        if (step instanceof Step.MarkLogin(Account account, var _)) {
            account.id().ifPresent(unmarked::remove);
        }
    }

    /// Why a step cannot be tried.
    Optional<String> of(Step step) {
        return switch (step) {
            case Step.ResumeLogin(Account account, var _)
            when keepingRoles.contains(account.person()) ->
                Optional.of("it could not be taken out of a role, which it would have again");
            case Step.Join(Account account, Membership membership) ->
                without(account).or(() -> without(membership.role()));
            case Step.OfLogin of when !(of instanceof Step.CreateLogin) -> without(of.account());
            case Step.OfLogin _ -> Optional.empty();
            case Step.Include(RoleName role, Membership membership) ->
                without(role).or(() -> without(membership.role()));
            case Step.GrantPrivilege(RoleName role, Grant grant) ->
                without(role).or(() -> unlimited(grant));
            case Step.AddPolicy(RoleName role, var policy) ->
                without(role).or(() -> unlimited(Place.of(policy.database(), policy.table())));
            case Step.CreateRole _ -> Optional.empty();
            case Step.OfRole of -> without(of.role());
            case Step.OfTable _ -> Optional.empty();
        };
    }

    private Optional<String> without(Account account) {
        if (account.id().filter(unmarked::contains).isPresent()) {
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
            case ObjectRef.Table table -> unlimited(Place.of(grant.database(), table));
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
