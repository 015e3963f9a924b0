package dev.rolewright.reconcile.proof;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Proof that somebody lost what they were to lose on a target.
///
/// @param asked when the change that led to it became known
/// @param claimed when the pass began
/// @param suspended when the login was, as its mark on the server tells
/// @param done when it was performed: committed, sessions gone
/// @param lost the roles that were taken
/// @param kept the roles that were left
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
        Optional<Instant> suspended,
        Instant done,
        Set<RoleName> lost,
        Set<RoleName> kept,
        Optional<Proof> proof,
        List<String> requests) {

    /// From the least to the most.
    public enum What {
        REVOKED,
        SUSPENDED,
        DROPPED
    }

    /// What the server answered when it was asked again on a connection of its own.
    ///
    /// @param holds whether everything that was checked is as it must be
    /// @param why what speaks against it
    /// @param overtaken the pass that gave something back before the server was asked, so that there is nothing to
    /// prove
    public record Proof(Instant at, boolean holds, Optional<String> why, Optional<Long> overtaken, List<Check> checks) {

        public Proof {
            checks = List.copyOf(checks);
        }
    }

    /// @param answer for people
    public record Check(String name, boolean holds, String answer) {}

    public Receipt {
        lost = Set.copyOf(lost);
        kept = Set.copyOf(kept);
        requests = List.copyOf(requests);
    }
}
