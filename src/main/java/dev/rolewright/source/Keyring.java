package dev.rolewright.source;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.rolewright.credential.BearerToken;
import dev.rolewright.credential.Fingerprint;
import dev.rolewright.credential.Secret;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Every key that opens a door right now, in memory, so that a request costs no query.
///
/// The whole ring is read anew by the first request that finds it older than [#FRESH]; the others go on with the old
/// one meanwhile. Nobody uses a ring older than [#OLDEST]: when the store cannot be read by then, the doors stay shut.
/// So a token revoked on one replica is dead on all of them within [#OLDEST], without any message between them, and at
/// once on the replica that revoked it ([#forget()]).
///
/// A well-formed token that is not on the ring may have been made a moment ago elsewhere: the ring is then read once
/// more before the token is turned down, however many such requests there are at most every [#PAUSE].
@ApplicationScoped
public class Keyring {

    static final Duration FRESH = Duration.ofSeconds(2);
    static final Duration OLDEST = Duration.ofSeconds(5);
    static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Keyring.class);

    private final SourceRows sources;
    private final TokenRows tokens;
    private final Preset preset;
    private final LastUse lastUse;
    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Ring ring = Ring.none();
    private long failed = System.nanoTime();

    Keyring(SourceRows sources, TokenRows tokens, Preset preset, LastUse lastUse) {
        this.sources = sources;
        this.tokens = tokens;
        this.preset = preset;
        this.lastUse = lastUse;
    }

    /// @param read the instant before the reading began, on the clock of [System#nanoTime()]
    private record Ring(long read, Map<String, Source> sources, Map<Fingerprint, SourceToken> tokens) {

        static Ring none() {
            return new Ring(System.nanoTime() - Duration.ofDays(1).toNanos(), Map.of(), Map.of());
        }

        boolean isYoungerThan(Duration age) {
            return System.nanoTime() - read < age.toNanos();
        }
    }

    /// Finds a source by the name in the URL.
    ///
    /// @throws StoreAway when what is known is too old to be trusted and the store does not answer
    public Optional<Source> source(String name) {
        return Optional.ofNullable(current().sources.get(name));
    }

    /// Finds the live token with this text, and remembers that it was used.
    ///
    /// @throws StoreAway when what is known is too old to be trusted and the store does not answer
    public Optional<SourceToken> token(Secret secret) {
        long asked = System.nanoTime();
        Fingerprint fingerprint = Fingerprint.of(secret);
        Optional<SourceToken> token = Optional.ofNullable(current().tokens.get(fingerprint));
        if (token.isEmpty() && BearerToken.isWellFormed(secret)) {
            token = Optional.ofNullable(readSince(asked).tokens.get(fingerprint));
        }
        Optional<SourceToken> opening = token.filter(t -> t.opens(clock.instant()));
        opening.ifPresent(t -> lastUse.note(t.id()));
        return opening;
    }

    /// Makes the next request read the ring anew; called after a change of sources or tokens is committed.
    ///
    /// Waiting for a reading that is under way matters: it may have begun before the change.
    void forget() {
        reading.lock();
        try {
            ring = Ring.none();
        } finally {
            reading.unlock();
        }
    }

    private Ring current() {
        Ring known = ring;
        if (known.isYoungerThan(FRESH)) {
            return known;
        }
        return known.isYoungerThan(OLDEST) ? refreshed(known) : readUnlessYounger();
    }

    private Ring refreshed(Ring known) {
        if (!reading.tryLock()) {
            return known;
        }
        try {
            return read();
        } catch (StoreAway away) {
            LOG.warn("Tokens could not be read; those known stay valid for " + OLDEST.toSeconds() + " s at most", away);
            return known;
        } finally {
            reading.unlock();
        }
    }

    private Ring readUnlessYounger() {
        long asked = System.nanoTime();
        return waiting(() -> ring.isYoungerThan(FRESH) ? ring : readFor(asked));
    }

    private Ring readSince(long asked) {
        return waiting(() -> {
            while (ring.read - asked <= 0 && ring.isYoungerThan(PAUSE)) {
                LockSupport.parkNanos(ring.read + PAUSE.toNanos() - System.nanoTime());
            }
            return ring.read - asked > 0 ? ring : readFor(asked);
        });
    }

    /// Does the work when nobody else is reading, unless that takes too long.
    private Ring waiting(Supplier<Ring> work) {
        try {
            if (!reading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreAway("another request still waits for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreAway("the wait for it was interrupted");
        }
        try {
            return work.get();
        } finally {
            reading.unlock();
        }
    }

    /// Reads, unless a reading has failed while this request waited for its turn: one time-out is enough for all
    /// of them.
    private Ring readFor(long asked) {
        if (failed - asked > 0) {
            throw new StoreAway("it did not answer a moment ago");
        }
        return read();
    }

    private Ring read() {
        long before = System.nanoTime();
        try {
            ring = QuarkusTransaction.requiringNew().call(() -> ring(before));
            return ring;
        } catch (RuntimeException e) {
            failed = System.nanoTime();
            throw new StoreAway(e);
        }
    }

    private Ring ring(long before) {
        Instant now = clock.instant();
        Map<String, Source> byName =
                sources.all().stream().map(SourceEntity::toSource).collect(toUnmodifiableMap(Source::name, s -> s));
        Map<Fingerprint, SourceToken> byFingerprint = new HashMap<>();
        tokens.live(now).forEach(t -> byFingerprint.put(new Fingerprint(t.fingerprint), t.toToken()));
        preset.fingerprint()
                .ifPresent(fingerprint -> byName.values().stream()
                        .flatMap(source -> preset.token(source).stream())
                        .forEach(token -> byFingerprint.put(fingerprint, token)));
        return new Ring(before, byName, byFingerprint);
    }

    /// The store cannot tell us who may come in, so nobody may.
    public static final class StoreAway extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoreAway(Throwable cause) {
            super("the store of tokens does not answer", cause);
        }

        StoreAway(String why) {
            super("the store of tokens does not answer: " + why, null, false, false);
        }
    }
}
