package dev.rolewright.plan;

import dev.rolewright.model.Grantor;
import dev.rolewright.model.Item;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was changed on a target by hand: the steps of a plan that nothing of ours explains, as what they would
/// mend.
///
/// @param items in the order of the plan
/// @param rest what is left to do where a target's drift is only reported
public record Drift(List<Finding> items, Plan rest) {

    /// One change by hand.
    ///
    /// @param remedy the step that puts it right
    /// @param origin since when it is there and who did it, as far as the server knows
    public record Finding(Step remedy, Origin origin) {

        public Difference difference() {
            return switch (remedy.sign()) {
                case ADD -> Difference.MISSING;
                case CHANGE -> Difference.CHANGED;
                case REMOVE -> Difference.EXTRA;
            };
        }
    }

    public enum Difference {
        EXTRA,
        MISSING,
        CHANGED
    }

    /// What we ourselves have asked for since the target was last seen to be as desired.
    ///
    /// @param contract whether the contract changed, so that any role and any person may differ because of it
    /// @param people whose state changed
    /// @param known what was told of as drift before and not seen to be gone since: it is no less so because it
    /// was not put right
    public record Asked(boolean contract, Set<PersonId> people, Set<Step> known) {

        public static final Asked NOTHING = new Asked(false, Set.of());

        public Asked {
            people = Set.copyOf(people);
            known = Set.copyOf(known);
        }

        public Asked(boolean contract, Set<PersonId> people) {
            this(contract, people, Set.of());
        }
    }

    public Drift {
        items = List.copyOf(items);
    }

    /// A row that somebody else gave is drift whatever we asked for.
    ///
    /// Where drift is only reported, a login that nobody should have is suspended all the same, marks are put
    /// back, and what needs a role that was dropped by hand waits with it.
    public static Drift find(Plan plan, Asked asked) {
        List<Line> found = plan.lines().stream()
                .filter(line -> asked.known().contains(line.step()) || isByHand(line, asked))
                .toList();
        List<Finding> items = found.stream()
                .map(line -> new Finding(line.step(), new Origin(Optional.empty(), giver(line.step()))))
                .toList();
        return new Drift(items, Withheld.rest(plan, found));
    }

    /// The same, with what a server was found to know beside that.
    ///
    /// @param known by what would put it right
    public Drift with(Map<Step, Origin> known) {
        return new Drift(
                items.stream()
                        .map(item -> new Finding(
                                item.remedy(), item.origin().or(known.getOrDefault(item.remedy(), Origin.UNKNOWN))))
                        .toList(),
                rest);
    }

    private static boolean isByHand(Line line, Asked asked) {
        Step step = line.step();
        return switch (step) {
            // The end of a grace, and what follows another step, is our own doing.
            case Step.DropLogin _, Step.EndSessions _, Step.StampSuspension _ -> false;
            // We never take our own mark away, nor give what is stripped.
            case Step.MarkLogin _, Step.StripLogin _, Step.StripRole _ -> true;
            case Step.Leave(Account account, var membership) ->
                !membership.grantor().isOurs() || isUnasked(account, asked);
            case Step.OfLogin other -> isUnasked(other.account(), asked);
            case Step.RevokePrivilege(var _, var grant) -> !grant.grantor().isOurs() || !asked.contract();
            case Step.Exclude(var _, var membership) -> !membership.grantor().isOurs() || !asked.contract();
            // A table that came later into a wildcard is no change of a role.
            case Step.GrantPrivilege _ -> !asked.contract() && !isImplied(line);
            case Step.OfRole _, Step.OfTable _ -> !asked.contract();
        };
    }

    private static boolean isUnasked(Account account, Asked asked) {
        return !asked.contract() && !asked.people().contains(account.person());
    }

    private static boolean isImplied(Line line) {
        return line.reasons().stream()
                .anyMatch(reason -> reason instanceof Reason.Implied(Item.Privilege(var _, var grant))
                        && grant.object().isWildcard());
    }

    private static Optional<String> giver(Step step) {
        Grantor grantor = switch (step) {
            case Step.Leave(var _, var membership) -> membership.grantor();
            case Step.Exclude(var _, var membership) -> membership.grantor();
            case Step.RevokePrivilege(var _, var grant) -> grant.grantor();
            case Step.StripLogin(var _, var extra) -> extra.grantor();
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> Grantor.OURS;
        };
        return grantor instanceof Grantor.Other(RoleName name) ? Optional.of(name.value()) : Optional.empty();
    }
}
