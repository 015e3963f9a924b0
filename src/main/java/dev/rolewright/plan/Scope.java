package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.util.Set;

/// How much of a target one pass is about.
public sealed interface Scope {

    Scope WHOLE = new Whole();

    /// Every login and role that we manage, with privileges, inventory and strangers.
    record Whole() implements Scope {}

    /// The logins that carry the mark of one of these people or have one of these names. Contract roles are
    /// looked at by name only.
    record Some(Set<PersonId> people, Set<LoginName> names) implements Scope {

        public Some {
            people = Set.copyOf(people);
            names = Set.copyOf(names);
        }
    }
}
