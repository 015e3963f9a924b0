package dev.rolewright.reconcile.aftermath;

import dev.rolewright.model.PersonId;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.LoginRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose open sessions are ended. One may have become a role that its login loses, and no look at the server
/// tells so once the role is lost: until it has ended, it is written down that it has to.
public record Partings(Set<PersonId> people) {

    /// @param byLogin whether something could not be taken from the login
    /// @param byRoles whether a role could not be taken from roles
    /// @param mayHide whether the server lets whoever is in a role become all that it includes
    record Kept(boolean byLogin, boolean byRoles, boolean mayHide) {}

    /// @param held what of the steps is not done now
    public static Partings of(Collection<Step> steps, Collection<Step> held) {
        Set<PersonId> people = people(steps);
        if (!people.isEmpty()) {
            people.removeAll(people(held));
        }
        return new Partings(people);
    }

    /// Whether somebody's sessions are still to be ended. Where something could not be taken they may have been
    /// left alone, and whoever takes it later does not end them.
    ///
    /// @param ended whether they were just now, or nothing was taken that they could have kept
    /// @param kept what could not be taken now
    boolean isLeft(
            PersonId person,
            boolean ended,
            Kept kept,
            @Nullable LoginRow before,
            @Nullable SeenLogin seen,
            LoginRow.State state) {
        boolean hiding = before != null && before.hiding();
        boolean left = (hiding || people.contains(person))
                && (!ended || kept.byLogin() || (kept.byRoles() && (hiding || kept.mayHide())));
        return left
                && switch (state) {
                    case ACTIVE -> true;
                    case SUSPENDED -> seen != null && seen.sessions() > 0;
                    case PENDING, DROPPED -> false;
                };
    }

    private static Set<PersonId> people(Collection<Step> steps) {
        Set<PersonId> people = new HashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.EndSessions(var account)) {
                people.add(account.person());
            }
        }
        return people;
    }
}
