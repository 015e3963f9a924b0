package dev.rolewright.model;

import java.util.Collection;
import java.util.UUID;

/// The directory's id of a person: what a login's mark carries, so that a login is known again whatever it is
/// called.
public record PersonId(UUID value) implements Comparable<PersonId> {

    /// As a store asks for many.
    public static UUID[] ids(Collection<PersonId> people) {
        return people.stream().map(PersonId::value).toArray(UUID[]::new);
    }

    @Override
    public int compareTo(PersonId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
