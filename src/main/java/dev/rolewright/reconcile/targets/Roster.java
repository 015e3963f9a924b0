package dev.rolewright.reconcile.targets;

import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/// Which targets are kept true.
@ApplicationScoped
public class Roster {

    private final Store store;

    Roster(Store store) {
        this.store = store;
    }

    /// Makes these the targets that are kept true; new ones are due at once. One that comes back to find another on
    /// its server has none.
    public void enter(Collection<TargetName> targets) {
        String[] names = targets.stream().map(TargetName::value).toArray(String[]::new);
        store.together(() -> {
            store.run("INSERT INTO target_state (target) SELECT unnest(?) ON CONFLICT DO NOTHING", (Object) names);
            store.run(
                    "UPDATE target_state t SET server = NULL, copy_of = NULL WHERE retired AND target = ANY (?) AND EXISTS"
                            + " (SELECT FROM target_state o WHERE o.server = t.server AND NOT o.retired AND "
                            + Servers.ORIGIN.formatted("o") + " <> " + Servers.ORIGIN.formatted("t") + ")",
                    (Object) names);
            store.run(
                    "UPDATE target_state SET retired = NOT retired, whole_due = now() WHERE retired = (target = ANY (?))",
                    (Object) names);
            store.run("DELETE FROM dirty WHERE target <> ALL (?)", (Object) names);
        });
    }
}
