package dev.rolewright.reconcile.aftermath;

import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.login.MarkedLogins;
import dev.rolewright.reconcile.look.Picture;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Both sides of a picture, person by person.
record Sides(Map<PersonId, SeenLogin> seen, Map<PersonId, LoginState> wanted) {

    static Sides of(Picture picture) {
        Map<PersonId, LoginState> wanted = new HashMap<>();
        picture.desired().logins().values().forEach(login -> wanted.put(login.person(), login));
        return new Sides(MarkedLogins.byPerson(picture.observed(), LoginRow.names(picture.rows())), wanted);
    }

    /// Everybody who is on either side, or was written down.
    Set<PersonId> people(Picture picture) {
        Set<PersonId> people = new HashSet<>(picture.rows().keySet());
        people.addAll(seen.keySet());
        people.addAll(wanted.keySet());
        return people;
    }
}
