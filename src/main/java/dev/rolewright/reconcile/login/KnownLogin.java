package dev.rolewright.reconcile.login;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.Optional;

/// A person's login on a target, as far as we know.
///
/// @param serverId the server's own id of it, once it was seen
/// @param since since when it is in that state
/// @param error why it is not as it should be, or what of it is not done or not proven yet, for people
/// @param seen when it was last seen on the server
public record KnownLogin(
        TargetName target,
        PersonId person,
        LoginName name,
        Optional<String> serverId,
        State state,
        Instant since,
        Optional<String> error,
        Optional<Instant> seen) {

    public enum State {
        /// It is to be made.
        PENDING,
        ACTIVE,
        SUSPENDED,
        /// It is suspended, so nobody can log in with it, and something else about it is not done yet.
        LOCKED,
        /// It is gone; its name is kept for the person.
        DROPPED,
        /// Something about it waits for a human, and it is not locked.
        HELD,
        /// It could not be made what it should be, and is not locked; it is tried again.
        FAILED
    }
}
