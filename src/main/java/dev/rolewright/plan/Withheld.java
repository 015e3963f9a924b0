package dev.rolewright.plan;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is left of a plan when drift is only reported, so that it still can be performed on its own.
///
/// A login that nobody should have is suspended all the same, and a role that leaves the contract goes with
/// everything it has. What needs a role or a name that is withheld waits with it.
final class Withheld {

    private final Set<Step> withheld;
    private final Set<Account> leavers;
    private final Set<RoleName> doomed = new HashSet<>();
    private final Set<RoleName> missing = new HashSet<>();
    private final Set<Account> movers = new HashSet<>();
    private final Set<Account> stayers = new HashSet<>();
    private final boolean someIncludeStays;
    private final Set<PersonId> waiting;

    private Withheld(Plan plan, List<Line> found) {
        withheld = found.stream().map(Line::step).collect(toSet());
        leavers = Order.leavers(plan.lines());
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Leave(Account account, var _) -> (isFree(step) ? movers : stayers).add(account);
                case Step.StripLogin(Account account, var _) -> stayers.add(account);
                case Step.DropRole(RoleName role) when !withheld.contains(step) -> doomed.add(role);
                case Step.CreateRole(RoleName role) when withheld.contains(step) -> missing.add(role);
                // Nothing else waits for these, nor goes with them, but for names: see Succession.
                case Step.DropRole _, Step.CreateRole _, Step.Include _, Step.Exclude _, Step.GrantPrivilege _ -> {}
                case Step.RevokePrivilege _, Step.GrantDefault _, Step.RevokeDefault _, Step.AddPolicy _ -> {}
                case Step.RemovePolicy _, Step.ProtectRows _, Step.UnprotectRows _, Step.CreateLogin _ -> {}
                case Step.RenameLogin _, Step.SuspendLogin _, Step.EndSessions _, Step.StampSuspension _ -> {}
                case Step.MarkLogin _, Step.ResumeLogin _, Step.DropLogin _, Step.Join _, Step.StripRole _ -> {}
            }
        }
        someIncludeStays = withheld.stream().anyMatch(Step.Exclude.class::isInstance);
        waiting = Succession.waiting(plan.steps(), withheld);
    }

    static Plan rest(Plan plan, List<Line> found) {
        Withheld withheld = new Withheld(plan, found);
        return plan.only(line -> withheld.leaves(line.step()));
    }

    private boolean leaves(Step step) {
        return switch (step) {
            // Without its mark a login is beyond our reach on the day its person leaves.
            case Step.MarkLogin _ -> true;
            case Step.OfLogin of when leavers.contains(of.account()) -> true;
            case Step.OfLogin of when waiting.contains(of.account().person()) -> false;
            case Step.EndSessions(Account account) ->
                movers.contains(account) || (!stayers.contains(account) && !someIncludeStays);
            case Step.Join(var _, var membership) -> isFree(step) && !missing.contains(membership.role());
            case Step.OfRole of when doomed.contains(of.role()) -> true;
            case Step.OfRole of when missing.contains(of.role()) -> false;
            case Step.Include(var _, var membership) -> isFree(step) && !missing.contains(membership.role());
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> isFree(step);
        };
    }

    private boolean isFree(Step step) {
        return !withheld.contains(step);
    }
}
