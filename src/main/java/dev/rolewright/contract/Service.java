package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// An account for a program, for which a person answers who must still be active.
///
/// @param connections how many it may have at once; empty means as many as it likes
public record Service(
        String name,
        PersonSelector owner,
        Set<RoleName> roles,
        Optional<Duration> rotateEvery,
        Optional<Integer> connections,
        Place place) {

    public Service {
        roles = Set.copyOf(roles);
    }
}
