package dev.rolewright.reconcile.targets;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.work.Wake;
import dev.rolewright.store.Store;

/// What one process knows of targets, put together by hand.
public final class TargetRig {

    public final Roster roster;
    public final Servers servers;
    public final OlderStores older;
    public final Powers powers;
    private final Store store;

    public TargetRig(Store store, AuditTrail trail, Wake wake) {
        this.store = store;
        roster = new Roster(store);
        servers = new Servers(store, trail, wake);
        older = new OlderStores(store);
        powers = new Powers(store);
    }

    public Targets targets(Contracts contracts, Sessions sessions) {
        return new Targets(contracts, sessions, store);
    }
}
