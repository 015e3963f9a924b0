package dev.rolewright.reconcile.login;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.SeenLogin;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// Finds people's logins by their marks.
public final class MarkedLogins {

    private MarkedLogins() {}

    /// One login for each person. Of several it is the one with the known name, or else the one that may be
    /// used: the one that the planner keeps.
    public static Map<PersonId, SeenLogin> byPerson(Observed observed, Map<PersonId, LoginName> known) {
        Map<PersonId, SeenLogin> logins = new HashMap<>();
        observed.logins()
                .values()
                .forEach(login -> logins.merge(login.state().person(), login, (one, other) -> {
                    Comparator<SeenLogin> best = Comparator.comparing((SeenLogin it) -> !it.state()
                                    .name()
                                    .equals(known.get(it.state().person())))
                            .thenComparing(it -> !it.state().isActive())
                            .thenComparing(it -> it.state().name());
                    return best.compare(one, other) <= 0 ? one : other;
                }));
        return logins;
    }
}
