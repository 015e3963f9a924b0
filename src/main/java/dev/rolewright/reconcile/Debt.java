package dev.rolewright.reconcile;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.time.Instant;
import java.util.Set;

/// A proof that is owed: what a server has to show.
///
/// @param certain whether the pass came to its end; else it may have died before it took anything
/// @param lost roles that the login must not have any more
/// @param kept roles that it may have
record Debt(
        long id,
        Account account,
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

    /// Whether nobody may log in any more.
    boolean locks() {
        return what != Receipt.What.REVOKED;
    }
}
