package dev.rolewright.reconcile.proof;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Known;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A proof that is owed: what a server has to show.
///
/// @param server the lineage of the server that has to show it; empty where nobody wrote it down
/// @param certain whether the pass came to its end; else it may have died before it took anything
/// @param lost roles that the login must not have any more
/// @param kept roles that it may have
record Debt(
        long id,
        Account account,
        Optional<String> server,
        long pass,
        Receipt.What what,
        boolean certain,
        Set<RoleName> lost,
        Set<RoleName> kept,
        Instant asked,
        Instant claimed) {

    PersonId person() {
        return account.person();
    }

    /// What the login can be known by, whatever became of its name and its mark.
    Optional<Known.Login> known() {
        return server.flatMap(identity ->
                account.id().map(id -> new Known.Login(identity, id, person(), account.login(), Optional.empty())));
    }

    /// Whether nobody may log in any more.
    boolean locks() {
        return what != Receipt.What.REVOKED;
    }
}
