package dev.rolewright.plan;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import java.time.Instant;
import java.util.Optional;

/// Steps in the words in which people read them.
final class Wording {

    private Wording() {}

    static String of(Step step) {
        return switch (step) {
            case Step.CreateLogin(Account account, Optional<Instant> since) ->
                "login " + account + " of person " + account.person()
                        + since.map(time -> ", suspended since " + time).orElse("");
            case Step.RenameLogin(Account account, LoginName to) -> "rename login " + account + " to " + to;
            case Step.SuspendLogin(Account account, Optional<Instant> _) -> "suspend login " + account;
            case Step.EndSessions(Account account) -> "end sessions of " + account;
            case Step.MarkLogin(Account account, Optional<Instant> since) ->
                "mark login " + account + " anew as that of person " + account.person()
                        + since.map(time -> ", suspended since " + time).orElse("");
            case Step.StampSuspension(Account account) -> "note that " + account + " is suspended";
            case Step.ResumeLogin(Account account, Optional<Instant> since) ->
                "resume login " + account
                        + since.map(time -> ", suspended since " + time).orElse("");
            case Step.DropLogin(Account account, Optional<Instant> since, Optional<RoleName> heir) ->
                "login " + account + " of person " + account.person()
                        + since.map(time -> ", suspended since " + time).orElse("")
                        + heir.map(name -> ", data to " + name).orElse("");
            case Step.Join(Account account, Membership membership) -> account + " in " + words(membership);
            case Step.Leave(Account account, Membership membership) -> account + " in " + words(membership);
            case Step.StripLogin(Account account, Extra extra) ->
                account + ": " + extra.label() + words(extra.grantor());
            case Step.CreateRole(RoleName role) -> "role " + role;
            case Step.DropRole(RoleName role) -> "role " + role;
            case Step.StripRole(RoleName role, Extra.OfServer extra) -> role + ": " + extra.label();
            case Step.Include(RoleName role, Membership membership) -> role + " includes " + words(membership);
            case Step.Exclude(RoleName role, Membership membership) -> role + " includes " + words(membership);
            case Step.GrantPrivilege(RoleName role, Grant grant) -> role + ": " + words(grant);
            case Step.RevokePrivilege(RoleName role, Grant grant) -> role + ": " + words(grant);
            case Step.GrantDefault(RoleName role, DefaultGrant grant) -> role + ": " + words(grant);
            case Step.RevokeDefault(RoleName role, DefaultGrant grant) -> role + ": " + words(grant);
            case Step.AddPolicy(RoleName role, RowPolicy policy) -> role + ": " + policy.label();
            case Step.RemovePolicy(RoleName role, RowPolicy policy) -> role + ": " + policy.label();
            case Step.ProtectRows(String database, ObjectRef.Table table) ->
                "limit rows of " + table.label() + " in " + database;
            case Step.UnprotectRows(String database, ObjectRef.Table table) ->
                "limit rows of " + table.label() + " in " + database + " no more";
        };
    }

    private static String words(Membership membership) {
        return membership.role()
                + (membership.inherit() ? "" : ", not inheriting")
                + (membership.set() ? ", able to become it" : "")
                + (membership.admin() ? ", able to pass it on" : "")
                + words(membership.grantor());
    }

    private static String words(Grant grant) {
        return grant.label() + (grant.grantable() ? ", able to pass it on" : "") + words(grant.grantor());
    }

    private static String words(DefaultGrant grant) {
        return grant.label() + (grant.grantable() ? ", able to pass it on" : "");
    }

    private static String words(Grantor grantor) {
        return switch (grantor) {
            case Grantor.Ours _ -> "";
            case Grantor.Other(RoleName name) -> ", given by " + name;
        };
    }
}
