package dev.rolewright.reconcile;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Proof that somebody lost what they were to lose on a target.
///
/// @param asked when the change that led to it became known
/// @param claimed when the pass began
/// @param done when it was performed: committed, sessions gone
/// @param proof empty while it is owed
/// @param requests the requests of the identity provider that led to it
public record Receipt(
        long id,
        TargetName target,
        PersonId person,
        LoginName login,
        String serverId,
        long pass,
        What what,
        Instant asked,
        Instant claimed,
        Instant done,
        Optional<Proof> proof,
        List<String> requests) {

    public enum What {
        SUSPENDED,
        REVOKED,
        DROPPED
    }

    /// What the server answered when it was asked again on a connection of its own.
    ///
    /// @param holds whether everything that was checked is as it must be
    /// @param why what speaks against it
    public record Proof(Instant at, boolean holds, Optional<String> why, List<Check> checks) {

        public Proof {
            checks = List.copyOf(checks);
        }
    }

    /// @param answer for people
    public record Check(String name, boolean holds, String answer) {}

    public Receipt {
        requests = List.copyOf(requests);
    }
}
