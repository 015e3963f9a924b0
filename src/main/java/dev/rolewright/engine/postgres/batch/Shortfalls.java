package dev.rolewright.engine.postgres.batch;

import dev.rolewright.model.Extra;
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
public final class Shortfalls {

    private record Place(String database, String schema, String table) {

        static Place of(String database, ObjectRef.Table table) {
            return new Place(database, table.schema(), table.table());
        }

        /// The table that a privilege lets somebody into, where it is on one.
        static Optional<Place> of(Grant grant) {
            return switch (grant.object()) {
                case ObjectRef.Table table -> Optional.of(of(grant.database(), table));
                case ObjectRef.Column(String schema, String table, String _) ->
                    Optional.of(new Place(grant.database(), schema, table));
                case ObjectRef.Database _, ObjectRef.Schema _, ObjectRef.Sequence _, ObjectRef.Function _ ->
                    Optional.empty();
                case ObjectRef.Type _, ObjectRef.Rest _ -> Optional.empty();
                case ObjectRef.EveryTable _, ObjectRef.EverySequence _, ObjectRef.EveryFunction _ -> Optional.empty();
            };
        }
    }

    private final Set<LoginName> missingLogins = new HashSet<>();
    private final Set<RoleName> missingRoles = new HashSet<>();
    private final Set<String> unmarked = new HashSet<>();
    private final Set<PersonId> keepingRoles = new HashSet<>();
    private final Set<PersonId> keepingPowers = new HashSet<>();
    private final Set<PersonId> losing = new HashSet<>();
    private boolean weakening;
    private boolean keepingIncluded;
    private final Set<Place> open = new HashSet<>();
    private final Set<Place> kept = new HashSet<>();

    /// @param step did not happen
    void add(Step step) {
        switch (step) {
            case Step.CreateLogin(Account account, var _) -> missingLogins.add(account.login());
            case Step.RenameLogin(var _, LoginName to) -> missingLogins.add(to);
            case Step.MarkLogin(Account account, var _) -> account.id().ifPresent(unmarked::add);
            // Whoever is renamed is still meant by the steps that follow.
            case Step.Leave(Account account, var _) -> keepingRoles.add(account.person());
            case Step.StripLogin(Account account, var extra) when isPower(extra) -> keepingPowers.add(account.person());
            case Step.SuspendLogin(Account account, var _) -> losing.add(account.person());
            case Step.Exclude _ -> keepingIncluded = true;
            case Step.CreateRole(RoleName role) -> missingRoles.add(role);
            case Step.RevokePrivilege(var _, Grant grant) -> Place.of(grant).ifPresent(kept::add);
            case Step.ProtectRows(String database, ObjectRef.Table table) -> open.add(Place.of(database, table));
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> {}
        }
    }

    /// @param step happened
    void took(Step step) {
        switch (step) {
            case Step.SuspendLogin(Account account, var _) -> losing.add(account.person());
            case Step.Leave(Account account, var _) -> losing.add(account.person());
            case Step.Exclude _ -> weakening = true;
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> {}
        }
    }

    /// Whether something was to be taken from a person that an open session could keep, and nothing was: the
    /// next session would have it again.
    boolean keepsAll(PersonId person) {
        return (keepingRoles.contains(person) || keepingIncluded) && !losing.contains(person) && !weakening;
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
            case Step.ResumeLogin(Account account, var _)
            when keepingPowers.contains(account.person()) ->
                Optional.of("something of its own could not be taken, which it would have again");
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
            case Step.RemovePolicy(RoleName role, var policy) ->
                without(role).or(() -> stillLetIn(Place.of(policy.database(), policy.table())));
            case Step.UnprotectRows(String database, var table) -> stillLetIn(Place.of(database, table));
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
        return Place.of(grant).flatMap(this::unlimited);
    }

    // Whoever keeps a privilege that was to go would see all rows where limits are lifted.
    private Optional<String> stillLetIn(Place place) {
        return kept.contains(place)
                ? Optional.of(
                        "a privilege on " + place.schema() + "." + place.table() + " is still there that was to go")
                : Optional.empty();
    }

    // What lets somebody do something, other than how sessions begin or how many there may be.
    private static boolean isPower(Extra extra) {
        return switch (extra) {
            case Extra.Attribute(var kind) ->
                switch (kind) {
                    case SUPERUSER, CREATEROLE, CREATEDB, REPLICATION, BYPASSRLS -> true;
                    case NOINHERIT, LOGIN, CONNECTION_LIMIT, VALID_UNTIL -> false;
                };
            case Extra.Privilege _ -> true;
            case Extra.Setting _, Extra.Future _ -> false;
        };
    }

    private Optional<String> unlimited(Place place) {
        return open.contains(place)
                ? Optional.of("the rows of " + place.schema() + "." + place.table() + " could not be limited")
                : Optional.empty();
    }
}
