package dev.rolewright.plan;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.Limits;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Holds back what a plan takes from people when it is more than the contract allows at once; what it gives goes
/// on.
///
/// A plan that takes from one person alone never waits, unless so many single ones came before it that the limits
/// are passed: what was taken a short while ago counts as if it was taken now. For whoever alone is dismissed only
/// suspensions count, not what others lose. A plan that suspends everybody, or takes every membership, waits whatever
/// the limits say: an empty directory is no order to remove everyone.
///
/// What waits already, and what a human let go, is not measured again: the one waits on, the other goes.
public final class Brakes {

    private final Plan plan;
    private final Limits limits;
    private final Census census;
    private final Taken lately;
    private final Decided decided;

    private Brakes(Plan plan, Limits limits, Census census, Taken lately, Decided decided) {
        this.plan = plan;
        this.limits = limits;
        this.census = census;
        this.lately = lately;
        this.decided = decided;
    }

    /// @param census of the whole target, also when the plan is about some people only
    public static Braked apply(Plan plan, Limits limits, Census census) {
        return apply(plan, limits, census, Taken.NOTHING);
    }

    /// @param census of the whole target now, also when the plan is about some people only
    /// @param lately what was taken before and is to be counted with it
    public static Braked apply(Plan plan, Limits limits, Census census, Taken lately) {
        return apply(plan, limits, census, lately, Decided.NOTHING);
    }

    /// @param lately what was taken before and is to be counted with it
    /// @param decided what is not measured again
    /// @return in `why` only what is new about it: nothing when all that is held was held before
    public static Braked apply(Plan plan, Limits limits, Census census, Taken lately, Decided decided) {
        Brakes brakes = new Brakes(plan, limits, census, lately, decided);
        Set<Step> dismissal = brakes.dismissal();
        List<String> why = brakes.excesses(dismissal);
        if (why.isEmpty() && plan.steps().stream().noneMatch(decided.waiting()::contains)) {
            return new Braked(plan, plan.only(_ -> false), why);
        }
        Predicate<Line> held = brakes.held(!why.isEmpty(), dismissal);
        return new Braked(plan.only(held.negate()), plan.only(held), why);
    }

    /// A person's place in a role, whatever the login is called.
    private record Seat(PersonId person, RoleName role) {}

    /// What a plan takes from people.
    public static Taken takenBy(Plan plan) {
        Brakes brakes = new Brakes(plan, Limits.USUAL, new Census(0, 0, 0), Taken.NOTHING, Decided.NOTHING);
        return new Taken(
                brakes.people(Step.SuspendLogin.class::isInstance).size(),
                brakes.people(Step.DropLogin.class::isInstance).size(),
                brakes.lostSeats().size());
    }

    /// What is taken from the one whom the identity provider or HR shuts out, where there is only one. For
    /// that counts who else was suspended a short while ago: nobody who is dismissed stays in for what
    /// others lose.
    private Set<Step> dismissal() {
        Set<PersonId> dismissed = people(plan.only(Brakes::dismisses).steps(), step -> !decided.has(step));
        Loss loss = new Loss("suspend", "active logins", dismissed.size(), lately.suspended(), census.active());
        if (dismissed.size() != 1 || isExcess(loss, limits.suspendLogins())) {
            return Set.of();
        }
        return plan.steps().stream()
                .filter(step -> step instanceof Step.OfLogin of
                        && isBraked(step)
                        && !decided.has(step)
                        && dismissed.contains(of.account().person()))
                .collect(toSet());
    }

    private static boolean dismisses(Line line) {
        return line.step() instanceof Step.SuspendLogin
                && line.reasons().stream()
                        .anyMatch(reason -> reason instanceof Reason.Fenced
                                || (reason instanceof Reason.Ended(var _, var cause)
                                        && cause != Reason.Cause.WITHOUT_ROLE));
    }

    /// @param dismissal what is measured by suspensions only
    private List<String> excesses(Set<Step> dismissal) {
        List<String> why = new ArrayList<>();
        int losers = people(step -> isBraked(step) && !decided.has(step)).size();
        if (losers == 0 || (losers == 1 && lately.isNothing())) {
            return why;
        }
        Taken all = takenBy(plan.only(line -> !decided.released().contains(line.step())));
        Taken now = takenBy(plan.only(line -> !decided.has(line.step())));
        // The last one who leaves is a single leaver, however many memberships that takes.
        boolean several = losers > 1;
        boolean nobodyStays = several
                && all.suspended() >= census.active()
                && people(step -> step instanceof Step.CreateLogin || step instanceof Step.ResumeLogin)
                        .isEmpty();
        boolean nothingStays = several
                && all.revoked() >= census.memberships()
                && seats(Step.Join.class).isEmpty();
        measure(
                why,
                new Loss("suspend", "active logins", now.suspended(), lately.suspended(), census.active()),
                limits.suspendLogins(),
                nobodyStays);
        measure(
                why,
                new Loss("drop", "logins", now.dropped(), lately.dropped(), census.logins()),
                limits.removeLogins(),
                false);
        Taken others = nothingStays
                ? now
                : takenBy(plan.only(line -> !decided.has(line.step()) && !dismissal.contains(line.step())));
        measure(
                why,
                new Loss("revoke", "memberships", others.revoked(), lately.revoked(), census.memberships()),
                limits.revokeMemberships(),
                nothingStays);
        return why;
    }

    /// What somebody has of his own was never in the directory, so no shrunken directory takes it: it goes at once.
    private static boolean isBraked(Step step) {
        return step.takes() && !(step instanceof Step.StripLogin) && !(step instanceof Step.StripRole);
    }

    private Set<Seat> lostSeats() {
        Set<Seat> lost = seats(Step.Leave.class);
        lost.removeAll(seats(Step.Join.class));
        return lost;
    }

    /// @param before taken a short while ago, so that it is no part of `left`
    private record Loss(String verb, String what, long count, long before, long left) {

        long total() {
            return left + before;
        }
    }

    private long allowed(Loss loss, int percent) {
        return Math.max(limits.atLeast(), Math.floorDiv(loss.total() * percent, 100L));
    }

    private boolean isExcess(Loss loss, int percent) {
        return loss.count() > 0 && loss.count() + loss.before() > allowed(loss, percent);
    }

    private void measure(List<String> why, Loss loss, int percent, boolean emptied) {
        if (loss.count() > 1 && emptied) {
            why.add("would " + loss.verb() + " all " + loss.count() + " " + loss.what());
        } else if (isExcess(loss, percent)) {
            why.add("would " + loss.verb() + " " + loss.count() + " of " + loss.left() + " " + loss.what()
                    + (loss.before() > 0 ? ", after " + loss.before() + " a short while ago" : "")
                    + "; at most " + allowed(loss, percent) + " may go at once");
        }
    }

    /// @param excess whether everything waits that nobody let go
    /// @param dismissal what does not wait for what others lose
    private Predicate<Line> held(boolean excess, Set<Step> dismissal) {
        Set<RoleName> doomed = plan.steps().stream()
                .flatMap(step -> step instanceof Step.DropRole(RoleName role) ? Stream.of(role) : Stream.empty())
                .collect(toSet());
        Predicate<Step> chosen = step -> isBraked(step)
                && (decided.waiting().contains(step)
                        || (excess && !decided.released().contains(step) && !dismissal.contains(step)));
        Set<Account> losing = losing(chosen);
        Set<Account> losingNow = losing(chosen.negate());
        Set<RoleName> left = plan.steps().stream()
                .filter(chosen)
                .flatMap(step -> step instanceof Step.Leave(var _, var membership)
                        ? Stream.of(membership.role())
                        : Stream.<RoleName>empty())
                .collect(toSet());
        Predicate<Step> waits = step -> switch (step) {
            // Sessions end with what is taken from their login; alone they belong to a role that got weaker,
            // which goes on.
            case Step.EndSessions(Account account) -> losing.contains(account) && !losingNow.contains(account);
            case Step.DropLogin(Account account, var _, var _) -> losing.contains(account);
            case Step.OfLogin _ -> chosen.test(step);
            // A role that people are kept in is kept with what it has.
            case Step.Exclude(RoleName role, var membership) ->
                (doomed.contains(role) || doomed.contains(membership.role()))
                        && (chosen.test(step) || left.contains(role) || left.contains(membership.role()));
            case Step.OfRole other ->
                doomed.contains(other.role()) && (chosen.test(step) || left.contains(other.role()));
            case Step.OfTable _ -> false;
        };
        Set<Step> taking = plan.steps().stream()
                .filter(step -> step.takes() && waits.test(step))
                .collect(toSet());
        Set<Seat> seats = seats(Step.Leave.class);
        Set<List<Object>> tables = taking.stream()
                .flatMap(step -> step instanceof Step.RemovePolicy(var _, var policy)
                        ? Stream.of(List.<Object>of(policy.database(), policy.table()))
                        : Stream.empty())
                .collect(toSet());
        Set<PersonId> waiting = Succession.waiting(plan.steps(), taking);
        return line -> switch (line.step()) {
            case Step.StripLogin _, Step.StripRole _ -> false;
            // One row replaces another: both or neither.
            case Step.Join(Account account, var membership)
            when seats.contains(new Seat(account.person(), membership.role())) -> true;
            // While somebody's limited view is kept, the table stays limited.
            case Step.UnprotectRows(String database, var table) -> tables.contains(List.<Object>of(database, table));
            case Step.OfLogin other when waiting.contains(other.account().person()) -> true;
            case Step step -> taking.contains(step);
        };
    }

    /// The logins that such steps take from.
    private Set<Account> losing(Predicate<Step> chosen) {
        return plan.steps().stream()
                .filter(step -> isBraked(step) && !(step instanceof Step.EndSessions) && chosen.test(step))
                .flatMap(step -> step instanceof Step.OfLogin of ? Stream.of(of.account()) : Stream.<Account>empty())
                .collect(toSet());
    }

    private Set<PersonId> people(Predicate<Step> chosen) {
        return people(plan.steps(), chosen);
    }

    private static Set<PersonId> people(List<Step> steps, Predicate<Step> chosen) {
        return steps.stream()
                .filter(chosen)
                .flatMap(step -> step.person().stream())
                .collect(toSet());
    }

    private Set<Seat> seats(Class<? extends Step.OfMembership> kind) {
        return plan.steps().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(step -> new Seat(step.account().person(), step.membership().role()))
                .collect(toSet());
    }
}
