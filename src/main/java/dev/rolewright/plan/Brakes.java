package dev.rolewright.plan;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.Limits;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Holds back what a plan takes from people when it is more than the contract allows at once; what it gives goes
/// on.
///
/// A plan that takes from one person alone never waits. A plan that suspends everybody, or takes every
/// membership, waits whatever the limits say: an empty directory is no order to remove everyone.
public final class Brakes {

    private final Plan plan;
    private final Limits limits;
    private final Census census;

    private Brakes(Plan plan, Limits limits, Census census) {
        this.plan = plan;
        this.limits = limits;
        this.census = census;
    }

    /// @param census of the whole target, also when the plan is about some people only
    public static Braked apply(Plan plan, Limits limits, Census census) {
        Brakes brakes = new Brakes(plan, limits, census);
        List<String> why = brakes.excesses();
        if (why.isEmpty()) {
            return new Braked(plan, plan.only(_ -> false), why);
        }
        Predicate<Line> held = brakes.held();
        return new Braked(plan.only(held.negate()), plan.only(held), why);
    }

    /// A person's place in a role, whatever the login is called.
    private record Seat(PersonId person, RoleName role) {}

    private List<String> excesses() {
        List<String> why = new ArrayList<>();
        if (people(step -> step.takes()).size() <= 1) {
            return why;
        }
        long suspended = people(Step.SuspendLogin.class::isInstance).size();
        long removed = people(Step.DropLogin.class::isInstance).size();
        Set<Seat> lost = seats(Step.Leave.class);
        Set<Seat> gained = seats(Step.Join.class);
        lost.removeAll(gained);
        boolean nobodyStays = suspended >= census.active()
                && people(step -> step instanceof Step.CreateLogin || step instanceof Step.ResumeLogin)
                        .isEmpty();
        boolean nothingStays = lost.size() >= census.memberships() && gained.isEmpty();
        measure(why, "suspend", suspended, limits.suspendLogins(), census.active(), "active logins", nobodyStays);
        measure(why, "drop", removed, limits.removeLogins(), census.logins(), "logins", false);
        measure(
                why,
                "revoke",
                lost.size(),
                limits.revokeMemberships(),
                census.memberships(),
                "memberships",
                nothingStays);
        return why;
    }

    private void measure(
            List<String> why, String verb, long count, int percent, long total, String what, boolean emptied) {
        long allowed = Math.max(limits.atLeast(), Math.floorDiv(total * percent, 100L));
        if (count > 1 && emptied) {
            why.add("would " + verb + " all " + count + " " + what);
        } else if (count > allowed) {
            why.add("would " + verb + " " + count + " of " + total + " " + what + "; at most " + allowed
                    + " may go at once");
        }
    }

    private Predicate<Line> held() {
        Set<RoleName> doomed = plan.steps().stream()
                .flatMap(step -> step instanceof Step.DropRole(RoleName role) ? Stream.of(role) : Stream.empty())
                .collect(toSet());
        Set<Account> losing = plan.steps().stream()
                .filter(step -> step.takes() && !(step instanceof Step.EndSessions))
                .flatMap(step -> step instanceof Step.OfLogin of ? Stream.of(of.account()) : Stream.<Account>empty())
                .collect(toSet());
        Set<Step> taking = plan.steps().stream()
                .filter(step -> step.takes() && takesFromPeople(step, doomed, losing))
                .collect(toSet());
        Set<Seat> seats = seats(Step.Leave.class);
        Set<List<Object>> tables = taking.stream()
                .flatMap(step -> step instanceof Step.RemovePolicy(var _, var policy)
                        ? Stream.of(List.<Object>of(policy.database(), policy.table()))
                        : Stream.empty())
                .collect(toSet());
        Set<PersonId> waiting = Succession.waiting(plan.steps(), taking);
        return line -> switch (line.step()) {
            // One row replaces another: both or neither.
            case Step.Join(Account account, var membership)
            when seats.contains(new Seat(account.person(), membership.role())) -> true;
            // While somebody's limited view is kept, the table stays limited.
            case Step.UnprotectRows(String database, var table) -> tables.contains(List.<Object>of(database, table));
            case Step.OfLogin other when waiting.contains(other.account().person()) -> true;
            case Step step -> taking.contains(step);
        };
    }

    private static boolean takesFromPeople(Step step, Set<RoleName> doomed, Set<Account> losing) {
        return switch (step) {
            // Sessions end with what is taken from their login; alone they belong to a role that got weaker,
            // which goes on.
            case Step.EndSessions(Account account) -> losing.contains(account);
            case Step.OfLogin _ -> true;
            case Step.Exclude(RoleName role, var membership) ->
                doomed.contains(role) || doomed.contains(membership.role());
            case Step.OfRole other -> doomed.contains(other.role());
            case Step.OfTable _ -> false;
        };
    }

    private Set<PersonId> people(Predicate<Step> chosen) {
        return plan.steps().stream()
                .filter(chosen)
                .flatMap(step ->
                        step instanceof Step.OfLogin of ? Stream.of(of.account().person()) : Stream.empty())
                .collect(toSet());
    }

    private Set<Seat> seats(Class<? extends Step> kind) {
        return plan.steps().stream()
                .filter(kind::isInstance)
                .flatMap(step -> switch (step) {
                    case Step.Join(Account account, var membership) ->
                        Stream.of(new Seat(account.person(), membership.role()));
                    case Step.Leave(Account account, var membership) ->
                        Stream.of(new Seat(account.person(), membership.role()));
                    default -> Stream.<Seat>empty();
                })
                .collect(toSet());
    }
}
