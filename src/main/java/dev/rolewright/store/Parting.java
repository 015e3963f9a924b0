package dev.rolewright.store;

import java.time.Duration;
import org.jboss.logging.Logger;

/// What a process still tells the store before it ends, without waiting for a store that is away.
public final class Parting {

    private static final Logger LOG = Logger.getLogger(Parting.class);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private Parting() {}

    /// @param words nobody depends on them: a process that dies does not say them
    public static void with(Runnable words) {
        Thread speaking = Thread.ofVirtual().name("parting").start(() -> {
            try {
                words.run();
            } catch (RuntimeException away) {
                LOG.debug("The store was not told that this process ends", away);
            }
        });
        try {
            if (!speaking.join(LONGEST)) {
                LOG.debug("The store does not answer, and is not waited for any more");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
