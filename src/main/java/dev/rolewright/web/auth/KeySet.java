package dev.rolewright.web.auth;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/// The public keys of an issuer, read beside the requests and kept while the issuer cannot be reached.
///
/// Keys older than [#REFRESH] are renewed in the background while requests go on with them; when that fails the last
/// good ones stay for [#OLDEST]. Only a token signed with a key nobody knows yet waits, because right after a rotation
/// it is the identity provider's honest one; however many there are, the issuer is asked at most every [#PAUSE].
final class KeySet {

    static final Duration REFRESH = Duration.ofMinutes(5);
    static final Duration OLDEST = Duration.ofHours(24);
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(KeySet.class);

    private final String name;
    private final Origin origin;
    private final Duration pause;
    private final Duration patience;
    private volatile Known known = new Known(List.of(), longAgo());
    private long asked = longAgo();
    private CountDownLatch asking = new CountDownLatch(0);

    KeySet(String name, Origin origin) {
        this(name, origin, PAUSE, PATIENCE);
    }

    KeySet(String name, Origin origin, Duration pause, Duration patience) {
        this.name = name;
        this.origin = origin;
        this.pause = pause;
        this.patience = patience;
    }

    /// Where the keys come from, as the text of a JSON Web Key Set.
    @FunctionalInterface
    interface Origin {

        String read() throws IOException, InterruptedException;
    }

    private record Known(List<JsonWebKey> keys, long read) {}

    /// The keys as they are known; waits only when none have ever been read.
    List<JsonWebKey> current() {
        Known now = known;
        Duration age = Duration.ofNanos(System.nanoTime() - now.read);
        if (age.compareTo(OLDEST) > 0) {
            return renewed();
        }
        if (age.compareTo(REFRESH) > 0) {
            ask();
        }
        return now.keys;
    }

    /// The keys as the issuer has them now, if it answers in time and was not asked a moment ago.
    List<JsonWebKey> renewed() {
        try {
            if (!ask().await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("The keys of %s are not there in time", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Known now = known;
        return System.nanoTime() - now.read > OLDEST.toNanos() ? List.of() : now.keys;
    }

    /// Begins to read the keys, unless that is under way or was done a moment ago; the latch opens when
    /// they are there.
    final synchronized CountDownLatch ask() {
        boolean underWay = asking.getCount() > 0;
        if (underWay || System.nanoTime() - asked < pause.toNanos()) {
            return asking;
        }
        CountDownLatch done = new CountDownLatch(1);
        asking = done;
        asked = System.nanoTime();
        Thread.ofVirtual().name("keys of " + name).start(() -> {
            try {
                read();
            } finally {
                done.countDown();
            }
        });
        return done;
    }

    private void read() {
        long before = System.nanoTime();
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(origin.read()).getJsonWebKeys();
            if (keys.isEmpty()) {
                throw new IOException("the key set is empty");
            }
            known = new Known(List.copyOf(keys), before);
            LOG.debugf("%d keys of %s are known", keys.size(), name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | JoseException | RuntimeException e) {
            LOG.warnf("The keys of %s could not be read, those known stay in use: %s", name, e);
        }
    }

    private static long longAgo() {
        return System.nanoTime() - OLDEST.multipliedBy(2).toNanos();
    }
}
