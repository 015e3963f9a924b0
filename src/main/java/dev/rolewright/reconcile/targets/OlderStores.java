package dev.rolewright.reconcile.targets;

import dev.rolewright.model.Danger;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Tells of targets that know more than the store, where `hold.OlderStore` leaves logins as found.
///
/// Nothing fails there and nothing is drift, so nobody would notice; and whoever may write a comment on our marker role
/// can bring a target to this.
@ApplicationScoped
public class OlderStores {

    private static final Logger LOG = Logger.getLogger(OlderStores.class);

    /// Passes that a copy of a store can have missed: a thousand a second make so many in thirty years.
    /// A server that knows more was told so by somebody else.
    static final long MOST_FORGOTTEN = 1_000_000_000_000L;

    private final Store store;

    OlderStores(Store store) {
        this.store = store;
    }

    /// Warns at the first sight of it, and then once an hour at most, however many processes see it.
    ///
    /// @param pass which the server knows and the store does not
    public void warn(TargetName target, long pass) {
        int due = store.run(
                "UPDATE target_state SET outrun_told = now() WHERE target = ?"
                        + " AND (outrun_told IS NULL OR outrun_told <= now() - interval '1 hour')",
                target.value());
        if (due == 1) {
            LOG.warn(new Danger(
                            "Target " + target + " knows pass " + pass
                                    + ", and the store does not. Logins there are left as"
                                    + " found, so whoever left may still be inside: the store was brought back from an older"
                                    + " copy, or somebody wrote that number on the server.",
                            "src/docs/how-to/restore-the-store.md says how an approver ends it.")
                    .warning());
        }
    }

    /// Why somebody may have on a target what they do not earn there, or lack what they do.
    public Optional<String> why(TargetName target) {
        return store.first(
                "SELECT outrun FROM target_state WHERE target = ? AND outrun IS NOT NULL",
                row -> "The target knows pass " + row.getLong(1)
                        + " and the store does not, so logins are left as found"
                        + " until the identity provider or HR speaks of their people, or an approver says that the"
                        + " directory is up to date.",
                target.value());
    }
}
