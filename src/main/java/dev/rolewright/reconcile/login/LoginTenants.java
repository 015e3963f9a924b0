package dev.rolewright.reconcile.login;

import dev.rolewright.amendment.Tenants;
import dev.rolewright.model.Target;
import dev.rolewright.reach.Sessions;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;

/// Keeps a target in the contract as long as somebody may log in there. One whose address was taken out of the
/// configuration is gone for good.
@ApplicationScoped
class LoginTenants implements Tenants {

    private final Store store;
    private final Sessions sessions;

    LoginTenants(Store store, Sessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    @Override
    public boolean isAnybodyOn(Target target) {
        return sessions.knows(target)
                && store.first(
                                "SELECT true FROM login WHERE target = ? AND state = 'active' LIMIT 1",
                                row -> row.getBoolean(1),
                                target.name().value())
                        .isPresent();
    }
}
