package dev.rolewright.reconcile.aftermath;

import dev.rolewright.engine.Outcome;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.look.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of logins after a pass: worked out from what was seen before it and what became of its steps.
public final class Aftermath {

    private static final Duration UNTIL_TRIED_TO_DROP_AGAIN = Duration.ofHours(1);

    private final Intent intent;
    private final Picture picture;
    private final Whereabouts whereabouts;
    private final Tally tally = new Tally();
    private final Troubles troubles;
    private final Map<PersonId, Set<Class<?>>> done = new HashMap<>();
    private final Set<PersonId> held;
    /// Whose rows were written down as unsettled before the steps were performed.
    private final Set<PersonId> begun;
    private final Partings partings;
    private final boolean complete;
    private boolean rolesSettled;
    private int taken;
    private final Set<PersonId> told = new HashSet<>();
    private @Nullable Sides sides;
    private List<LoginRow> untouched = new ArrayList<>();

    public Aftermath(Intent intent) {
        this.intent = intent;
        this.picture = intent.picture();
        this.whereabouts = new Whereabouts(picture.observed());
        this.held = people(intent.braked().held().steps());
        this.begun = people(intent.braked().go().steps());
        begun.addAll(held);
        this.partings = Partings.of(intent.braked().go().steps(), List.of());
        this.complete = picture.observed().inventory().unread().isEmpty();
        this.rolesSettled = intent.braked().held().steps().stream().allMatch(Step.OfLogin.class::isInstance)
                // What was not looked into is as it was left.
                && (complete || intent.work().memory().isSettled(intent.active(), picture.now()));
        this.troubles = new Troubles(intent.plan().notes());
    }

    /// Takes in what became of the next steps.
    public void take(Performed part) {
        part.each((line, outcome) -> take(line.step(), outcome));
        taken += part.plan().lines().size();
    }

    /// Leaves it to others to tell of these people.
    public void leave(Set<PersonId> people) {
        told.addAll(people);
        untouched.removeIf(row -> people.contains(row.person()));
    }

    /// Takes in how much others changed.
    public void count(Performed beside) {
        beside.done().steps().forEach(tally::count);
    }

    /// Whether somebody had a login when the target was looked at.
    public boolean saw(PersonId person) {
        return sides().seen().containsKey(person);
    }

    /// How many steps were taken in.
    public int taken() {
        return taken;
    }

    /// Whether everything that the contract says of roles is so now.
    public boolean rolesSettled() {
        return rolesSettled;
    }

    /// Whether there is nothing about roles to try again soon.
    public boolean isComplete() {
        return complete && rolesSettled;
    }

    public Census census() {
        return tally.after(
                picture.observed().isWhole()
                        ? picture.observed().census()
                        : intent.work().memory().census());
    }

    /// The rows of some people that say something else now than what is written down. Nothing more is to come about
    /// them.
    public List<LoginRow> rows(Set<PersonId> people, Map<PersonId, String> made) {
        Sides both = sides();
        List<LoginRow> changed = new ArrayList<>();
        for (PersonId person : people) {
            if (!told.add(person)) {
                continue;
            }
            LoginRow before = picture.rows().get(person);
            LoginRow after = row(
                    person,
                    before,
                    both.seen().get(person),
                    made.get(person),
                    both.wanted().get(person));
            if (after != null && (begun.contains(person) || !after.equals(before))) {
                changed.add(after);
            }
        }
        return changed;
    }

    /// The same of everybody else.
    public List<LoginRow> rest(Map<PersonId, String> made) {
        List<LoginRow> rest = new ArrayList<>(rows(untold(), made));
        rest.addAll(untouched);
        return rest;
    }

    /// Works out what no step is about, before anything came of any.
    public void prepare() {
        Set<PersonId> people = untold();
        people.removeAll(begun);
        untouched = rows(people, Map.of());
    }

    private Set<PersonId> untold() {
        Set<PersonId> people = sides().people(picture);
        people.removeAll(told);
        return people;
    }

    private Sides sides() {
        if (sides == null) {
            sides = Sides.of(picture);
        }
        return sides;
    }

    private void take(Step step, Outcome outcome) {
        if (step instanceof Step.StripLogin || step instanceof Step.StripRole) {
            return; // drift, whatever came of it: nobody asked for it, and no login or role is unsettled by it
        }
        troubles.take(step, outcome);
        boolean happened = outcome instanceof Outcome.Done;
        if (!(step instanceof Step.OfLogin of)) {
            rolesSettled &= happened;
        } else if (happened) {
            done.computeIfAbsent(of.account().person(), _ -> new HashSet<>()).add(step.getClass());
            tally.count(step);
        }
    }

    private @Nullable LoginRow row(
            PersonId person,
            @Nullable LoginRow before,
            @Nullable SeenLogin seen,
            @Nullable String made,
            @Nullable LoginState wanted) {
        boolean isWanted = wanted != null && wanted.isActive();
        LoginRow.State state = state(person, before, seen, isWanted);
        if (state == null) {
            return null;
        }
        Optional<String> id = Optional.ofNullable(made)
                .or(() -> Optional.ofNullable(seen).map(SeenLogin::id))
                .or(() -> before != null
                                && (state == LoginRow.State.DROPPED
                                        || (state != LoginRow.State.PENDING && whereabouts.isStranger(before)))
                        ? before.serverId()
                        : Optional.empty());
        Instant since = since(before, seen, state);
        boolean waits = held.contains(person);
        Optional<Trouble> trouble = before != null && seen == null && !isWanted && whereabouts.isStranger(before)
                ? Optional.of(new Trouble(whereabouts.loss(before), false, before.state() == LoginRow.State.ACTIVE))
                : troubles.of(person, seen, wanted, state, waits);
        int attempts = trouble.isEmpty() ? 0 : (before == null ? 0 : before.attempts()) + 1;
        return new LoginRow(
                person,
                name(before, seen, wanted),
                id,
                made != null || seen != null
                        ? Optional.of(picture.observed().server().lineage())
                        : id.flatMap(_ -> before == null ? Optional.empty() : before.server()),
                state,
                since,
                waits,
                trouble.isEmpty() && !waits,
                partings.isLeft(
                        person,
                        did(person, Step.EndSessions.class),
                        new Partings.Kept(
                                trouble.filter(Trouble::keepsAccess).isPresent(),
                                troubles.including(),
                                picture.observed().server().sessionsMayHide()),
                        before,
                        seen,
                        state),
                trouble.map(Trouble::sentence),
                attempts,
                due(state, since, trouble, attempts));
    }

    private LoginRow.@Nullable State state(
            PersonId person, @Nullable LoginRow before, @Nullable SeenLogin seen, boolean isWanted) {
        if (did(person, Step.DropLogin.class)) {
            return LoginRow.State.DROPPED;
        }
        if (did(person, Step.SuspendLogin.class)) {
            return LoginRow.State.SUSPENDED;
        }
        if (did(person, Step.ResumeLogin.class) || did(person, Step.CreateLogin.class)) {
            return LoginRow.State.ACTIVE;
        }
        if (seen != null) {
            return seen.state().isActive() ? LoginRow.State.ACTIVE : LoginRow.State.SUSPENDED;
        }
        if (isWanted) {
            return LoginRow.State.PENDING;
        }
        if (before != null && whereabouts.isStranger(before)) {
            return before.state();
        }
        return before == null ? null : LoginRow.State.DROPPED;
    }

    private boolean did(PersonId person, Class<? extends Step> kind) {
        return done.getOrDefault(person, Set.of()).contains(kind);
    }

    private Instant since(@Nullable LoginRow before, @Nullable SeenLogin seen, LoginRow.State state) {
        Optional<Instant> marked = seen != null && !seen.state().isActive() && state == LoginRow.State.SUSPENDED
                ? seen.state().suspendedSince()
                : Optional.empty();
        return marked.orElse(before != null && before.state() == state ? before.since() : picture.now());
    }

    private LoginName name(@Nullable LoginRow before, @Nullable SeenLogin seen, @Nullable LoginState wanted) {
        if (wanted != null) {
            return wanted.name();
        }
        if (before != null && (before.isConfirmed() || seen == null)) {
            return before.name();
        }
        if (seen == null) {
            throw new IllegalStateException("A row about nobody.");
        }
        return seen.state().name();
    }

    /// A login that cannot be dropped yet is looked at again after a while.
    private Optional<Instant> due(LoginRow.State state, Instant since, Optional<Trouble> trouble, int attempts) {
        if (trouble.isPresent()) {
            return Optional.of(picture.now().plus(trouble.get().pause(attempts)));
        }
        if (state != LoginRow.State.SUSPENDED) {
            return Optional.empty();
        }
        Instant end = since.plus(picture.desired().grace());
        return Optional.of(end.isAfter(picture.now()) ? end : picture.now().plus(UNTIL_TRIED_TO_DROP_AGAIN));
    }

    private static Set<PersonId> people(Collection<Step> steps) {
        return steps.stream().flatMap(step -> step.person().stream()).collect(Collectors.toCollection(HashSet::new));
    }
}
