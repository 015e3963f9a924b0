package dev.rolewright.reconcile.answer;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.login.KnownLogin;
import java.util.List;
import java.util.Optional;

/// Why somebody may do what: from the request of the identity provider through membership, mapping and contract to the
/// privileges.
///
/// @param inDirectory whether the directory knows the person
/// @param contract number of the version that holds
/// @param requests what the identity provider said of the person and of the groups that count, and by which requests
/// something was taken last, newest first
public record AccessExplanation(
        PersonId person, boolean inDirectory, long contract, List<OnTarget> targets, List<AuditEntry> requests) {

    /// @param login what is known of the person's login there; empty when there never was one
    /// @param wanted what it is to be called; empty when the person is to have none
    /// @param roles what the person earns there
    /// @param unmet why the person does not get what it earns there
    /// @param ended why the person is to have nothing there
    /// @param left why what the person has there is left as found, whatever is told here
    public record OnTarget(
            TargetName target,
            Optional<KnownLogin> login,
            Optional<LoginName> wanted,
            List<EarnedRole> roles,
            List<Reason> unmet,
            List<Reason> ended,
            Optional<String> left) {

        public OnTarget {
            roles = List.copyOf(roles);
            unmet = List.copyOf(unmet);
            ended = List.copyOf(ended);
        }
    }

    /// @param why in which ways it is earned
    public record EarnedRole(RoleName role, List<Reason> why, List<Held> privileges) {

        public EarnedRole {
            why = List.copyOf(why);
            privileges = List.copyOf(privileges);
        }
    }

    /// What one role gives, the earned one or one that it includes.
    ///
    /// @param rows which rows of a table it gives
    public record Held(RoleName by, List<Grant> grants, List<DefaultGrant> future, List<RowPolicy> rows) {

        public Held {
            grants = List.copyOf(grants);
            future = List.copyOf(future);
            rows = List.copyOf(rows);
        }
    }

    public AccessExplanation {
        targets = List.copyOf(targets);
        requests = List.copyOf(requests);
    }
}
