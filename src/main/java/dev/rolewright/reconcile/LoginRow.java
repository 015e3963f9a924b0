package dev.rolewright.reconcile;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.Optional;

/// What is written down about one person's login on one target.
///
/// @param serverId the server's own id, once it was seen; until then the name is a plan, not a fact
/// @param held something about it waits for a human
/// @param settled whether it was as desired when it was last looked at
/// @param attempts failures in a row
/// @param due when it has to be looked at again
record LoginRow(
        PersonId person,
        LoginName name,
        Optional<String> serverId,
        State state,
        Instant since,
        boolean held,
        boolean settled,
        Optional<String> error,
        int attempts,
        Optional<Instant> due) {

    enum State {
        PENDING,
        ACTIVE,
        SUSPENDED,
        DROPPED
    }

    /// A login that is about to be made.
    static LoginRow pending(PersonId person, LoginName name, Instant now) {
        return new LoginRow(
                person,
                name,
                Optional.empty(),
                State.PENDING,
                now,
                false,
                false,
                Optional.empty(),
                0,
                Optional.empty());
    }

    boolean isConfirmed() {
        return serverId.isPresent();
    }

    LoginRow unsettled() {
        return new LoginRow(person, name, serverId, state, since, held, false, error, attempts, due);
    }
}
