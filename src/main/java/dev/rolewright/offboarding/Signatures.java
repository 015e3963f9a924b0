package dev.rolewright.offboarding;

import dev.rolewright.store.Store;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/// Remembers which signatures were used, for all processes, so that no signed request is taken twice.
@ApplicationScoped
public class Signatures {

    private final Store store;
    private final long lifetime;

    Signatures(Store store, HrConfig config) {
        this.store = store;
        // A timestamp may be as far ahead as behind, and the process that checks it not agree with the store.
        this.lifetime = config.tolerance().multipliedBy(3).toMillis();
    }

    /// Uses a signature.
    ///
    /// @return whether it was not used before
    public boolean use(String sender, byte[] signature) {
        return store.run(
                        "INSERT INTO hr_signature (sender, signature) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        sender,
                        signature)
                == 1;
    }

    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP, identity = "hr-signatures")
    void forget() {
        store.run("DELETE FROM hr_signature WHERE at < now() - ? * interval '1 millisecond'", lifetime);
    }
}
