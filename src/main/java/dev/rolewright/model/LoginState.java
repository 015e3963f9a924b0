package dev.rolewright.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One person's login on one target: as it should be, or as it was seen.
///
/// @param suspendedSince when a suspended login was suspended, as far as its mark tells
public record LoginState(
        LoginName name,
        PersonId person,
        Standing standing,
        Optional<Instant> suspendedSince,
        Set<Membership> memberships) {

    public LoginState {
        memberships = Set.copyOf(memberships);
        if (standing == Standing.ACTIVE && suspendedSince.isPresent()) {
            throw new IllegalArgumentException("An active login is not suspended since a time.");
        }
    }

    public static LoginState active(LoginName name, PersonId person, Set<Membership> memberships) {
        return new LoginState(name, person, Standing.ACTIVE, Optional.empty(), memberships);
    }

    /// A login that must not be used; it keeps no membership.
    public static LoginState suspended(LoginName name, PersonId person, Optional<Instant> since) {
        return new LoginState(name, person, Standing.SUSPENDED, since, Set.of());
    }

    public boolean isActive() {
        return standing == Standing.ACTIVE;
    }
}
