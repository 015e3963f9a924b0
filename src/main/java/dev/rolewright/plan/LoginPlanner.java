package dev.rolewright.plan;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.Desired;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The half of the planner that is about people: a person's login is found by its mark or its id, whatever it is
/// called.
final class LoginPlanner {

    /// A login that a person has and shall keep, and the one it should be.
    private record Kept(SeenLogin seen, LoginState wanted) {}

    /// Passwords of ours are given an end.
    private static final Extra ENDS = new Extra.Attribute(Extra.Attribute.Kind.VALID_UNTIL);

    private final Ground ground;
    private final Leaving leaving;
    private final Desired desired;
    private final Set<RoleName> joinable;
    private final Set<RoleName> weakened;
    private final Set<PersonId> hiding;
    private final Map<PersonId, LoginState> wanted = new HashMap<>();
    private final Map<RoleName, Integer> missing = new TreeMap<>();

    /// @param joinable the contract roles that exist, or will before anybody joins
    /// @param weakened the roles whose members an open session could keep above what they still have
    /// @param hiding whose open sessions could keep what they lost before
    LoginPlanner(Ground ground, Set<RoleName> joinable, Set<RoleName> weakened, Set<PersonId> hiding, Instant now) {
        this.ground = ground;
        this.weakened = weakened;
        this.hiding = hiding;
        this.desired = ground.desired;
        this.joinable = joinable;
        desired.logins().values().forEach(login -> wanted.put(login.person(), login));
        this.leaving = new Leaving(ground, wanted, now);
    }

    void plan() {
        Map<PersonId, SeenLogin> persons = new HashMap<>();
        ground.observed.logins().values().forEach(login -> {
            mark(login);
            claim(persons, login);
        });
        List<Kept> kept = new ArrayList<>();
        persons.forEach((person, login) -> {
            LoginState state = wanted.get(person);
            if (ground.isUntouchable(login.state().name())) {
                ground.note(
                        Note.Kind.PROTECTED,
                        login.state().name(),
                        "carries our mark and is protected, so it is left as it is");
            } else if (state != null && state.isActive()) {
                kept.add(new Kept(login, state));
            } else {
                leaving.retire(login);
            }
        });
        Map<LoginName, LoginName> names = rename(kept);
        kept.forEach(login -> adjust(login, names.getOrDefault(name(login), name(login))));
        Set<LoginName> occupied = occupied();
        occupied.removeAll(names.keySet());
        occupied.addAll(names.values());
        desired.logins().values().stream()
                .filter(login -> login.isActive() && !persons.containsKey(login.person()))
                .forEach(login -> create(login, occupied));
        ground.observed.extras().logins().forEach(this::strip);
        missing.forEach((role, logins) -> ground.note(
                Note.Kind.ROLE_MISSING,
                role,
                "is no contract role on this target (yet); " + logins
                        + (logins == 1 ? " login waits for it" : " logins wait for it")));
    }

    // Whoever performs a step goes by the mark, so the mark comes first.
    private void mark(SeenLogin login) {
        if (!login.marked() && !ground.isUntouchable(name(login))) {
            LoginState state = login.state();
            LoginState wished = wanted.get(state.person());
            ground.add(
                    new Step.MarkLogin(login.account(), state.suspendedSince()),
                    List.of(new Reason.Recognised(state.person(), wished == null ? state.name() : wished.name())));
        }
    }

    // Of several logins with one person's mark the person keeps the one with the right name, or else the one
    // that may be used; the others go like any login that nobody should have.
    private void claim(Map<PersonId, SeenLogin> persons, SeenLogin login) {
        PersonId person = login.state().person();
        SeenLogin rival = persons.putIfAbsent(person, login);
        if (rival == null) {
            return;
        }
        LoginState state = wanted.get(person);
        Comparator<SeenLogin> best = Comparator.comparing((SeenLogin it) -> ground.isUntouchable(name(it)))
                .thenComparing(it -> state == null || !name(it).equals(state.name()))
                .thenComparing(it -> !it.state().isActive())
                .thenComparing(LoginPlanner::name);
        boolean better = best.compare(login, rival) < 0;
        persons.put(person, better ? login : rival);
        SeenLogin other = better ? rival : login;
        ground.note(
                Note.Kind.SEVERAL_LOGINS,
                name(other),
                "carries the mark of person " + person + ", who has another login; it is treated as a leaver's");
        if (!ground.isUntouchable(name(other))) {
            leaving.retire(other);
        }
    }

    // What a login owns is no extra: it stays until the login is dropped, and what it has goes with it then.
    private void strip(LoginName name, Set<Extra> extras) {
        SeenLogin login = ground.observed.logins().get(name);
        if (login != null && !ground.isUntouchable(name) && !leaving.dropped().contains(name)) {
            extras.stream()
                    .filter(extra -> !(desired.passwords() && ENDS.equals(extra)))
                    .forEach(extra -> ground.add(
                            new Step.StripLogin(login.account(), extra), List.of(Reason.Unwanted.of(extra.grantor()))));
        }
    }

    /// @return for each login that is renamed, the name it has afterwards
    private Map<LoginName, LoginName> rename(List<Kept> kept) {
        Renames renames = new Renames(occupied(), ground::isRefused);
        kept.stream()
                .filter(login -> !name(login).equals(login.wanted().name()))
                .forEach(login ->
                        renames.wish(login.seen().account(), login.wanted().name()));
        Map<PersonId, LoginName> names = new HashMap<>();
        renames.resolve().forEach(step -> {
            LoginName last = wantedName(step.account().person());
            ground.add(step, desired.why(new Item.Login(last)));
            names.put(step.account().person(), step.to());
        });
        Map<LoginName, LoginName> moved = new HashMap<>();
        for (Kept login : kept) {
            if (renames.isRefused(name(login))) {
                ground.note(
                        Note.Kind.NAME_TAKEN,
                        name(login),
                        "should be called " + login.wanted().name() + ", which belongs to another; it keeps its name");
            }
            LoginName to = names.get(login.wanted().person());
            if (to != null) {
                moved.put(name(login), to);
            }
        }
        return moved;
    }

    private void adjust(Kept login, LoginName name) {
        LoginState state = login.seen().state();
        Set<Membership> target = joinable(login.wanted());
        boolean weaker = hiding.contains(state.person())
                || state.memberships().stream().anyMatch(it -> weakened.contains(it.role()));
        if (state.isActive() && state.memberships().equals(target) && !weaker) {
            return;
        }
        Account before = login.seen().account();
        Account after = before.named(name);
        Set<Membership> lost = state.memberships().stream()
                .filter(membership -> !target.contains(membership))
                .collect(toSet());
        lost.forEach(membership -> ground.add(new Step.Leave(before, membership), whyLost(login, membership)));
        if (weaker || ground.mayHide(lost, target)) {
            ground.add(new Step.EndSessions(before), List.of(unwanted(lost)));
        }
        target.stream()
                .filter(membership -> !state.memberships().contains(membership))
                .forEach(membership -> join(after, login.wanted(), membership));
        if (!state.isActive()) {
            ground.add(
                    new Step.ResumeLogin(after, state.suspendedSince()),
                    desired.why(new Item.Login(login.wanted().name())));
        }
    }

    private void create(LoginState login, Set<LoginName> occupied) {
        LoginName name = login.name();
        if (ground.isRefused(name) || occupied.contains(name)) {
            ground.note(
                    Note.Kind.NAME_TAKEN,
                    name,
                    "is wanted for person " + login.person() + " and belongs to another; nothing is adopted");
            return;
        }
        Account account = new Account(name, login.person(), Optional.empty());
        ground.add(new Step.CreateLogin(account, Optional.empty()), desired.why(new Item.Login(name)));
        joinable(login).forEach(membership -> join(account, login, membership));
    }

    private void join(Account account, LoginState login, Membership membership) {
        ground.add(new Step.Join(account, membership), desired.why(new Item.Member(login.name(), membership.role())));
    }

    private Set<Membership> joinable(LoginState login) {
        if (login.memberships().stream().allMatch(membership -> joinable.contains(membership.role()))) {
            return login.memberships();
        }
        Set<Membership> possible = new HashSet<>();
        login.memberships().forEach(membership -> {
            if (joinable.contains(membership.role())) {
                possible.add(membership);
            } else {
                missing.merge(membership.role(), 1, Integer::sum);
            }
        });
        return possible;
    }

    private Set<LoginName> occupied() {
        Set<LoginName> names = new HashSet<>(ground.observed.logins().keySet());
        names.removeAll(leaving.dropped());
        return names;
    }

    /// A role that is wanted, and only in another form, is not lost for the reason for which it is wanted.
    private List<Reason> whyLost(Kept login, Membership membership) {
        List<Reason> given = login.wanted().memberships().contains(Membership.of(membership.role()))
                ? List.of()
                : desired.why(new Item.Member(login.wanted().name(), membership.role()));
        return given.isEmpty() ? List.of(unwanted(Set.of(membership))) : given;
    }

    private static Reason unwanted(Set<Membership> lost) {
        return new Reason.Unwanted(lost.stream()
                .map(Membership::grantor)
                .sorted()
                .flatMap(grantor ->
                        grantor instanceof Grantor.Other(RoleName name) ? Stream.of(name.value()) : Stream.<String>of())
                .findFirst());
    }

    private LoginName wantedName(PersonId person) {
        LoginState state = wanted.get(person);
        if (state == null) {
            throw new IllegalStateException("A login is renamed for nobody.");
        }
        return state.name();
    }

    private static LoginName name(Kept login) {
        return name(login.seen());
    }

    private static LoginName name(SeenLogin login) {
        return login.state().name();
    }
}
