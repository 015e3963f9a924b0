package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.util.Optional;

/// The login a step is about. Whoever performs the step first makes sure that the login of this name carries the
/// mark of this person and, where given, has this id: a stranger who took the name in between is not touched.
///
/// @param id empty for a login that the same plan makes
public record Account(LoginName login, PersonId person, Optional<String> id) {

    static Account of(LoginName login, PersonId person, String id) {
        return new Account(login, person, Optional.of(id));
    }

    Account named(LoginName other) {
        return new Account(other, person, id);
    }

    Account withoutId() {
        return new Account(login, person, Optional.empty());
    }

    @Override
    public String toString() {
        return login.value();
    }
}
