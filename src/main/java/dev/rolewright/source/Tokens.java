package dev.rolewright.source;

import static dev.rolewright.source.SourceProblem.Kind.INVALID;
import static dev.rolewright.source.SourceProblem.Kind.TAKEN;
import static dev.rolewright.source.SourceProblem.Kind.UNKNOWN;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.TokenEvent;
import dev.rolewright.credential.BearerToken;
import dev.rolewright.credential.Fingerprint;
import dev.rolewright.credential.Secret;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Makes, lists and revokes the bearer tokens of a source; several live at once, so that a rotation has no gap.
@ApplicationScoped
public class Tokens {

    /// Live tokens of one source at most: all of them are kept in memory.
    static final int MOST = 1_000;

    private static final int LONGEST_NAME = 100;

    private final TokenRows rows;
    private final Preset preset;
    private final LastUse lastUse;
    private final AuditTrail trail;
    private final Keyring keyring;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    Tokens(TokenRows rows, Preset preset, LastUse lastUse, AuditTrail trail, Keyring keyring) {
        this.rows = rows;
        this.preset = preset;
        this.lastUse = lastUse;
        this.trail = trail;
        this.keyring = keyring;
    }

    /// What a new token is to be.
    ///
    /// @param name says whose it is; it appears as the actor in the audit trail
    /// @param expires when it stops to work; null for never
    /// @param person the person it stands for; null for the identity provider itself
    public record Wish(
            String name,
            @Nullable Instant expires,
            @Nullable UUID person) {}

    /// A new token and, for the only time, its text.
    public record Minted(SourceToken token, Secret secret) {}

    public Minted create(Author author, Source source, Wish wish) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        check(wish, now);
        Secret secret = BearerToken.mint(random);
        TokenEntity row = new TokenEntity(
                source.id(),
                wish.name(),
                Fingerprint.of(secret),
                BearerToken.hint(secret),
                wish.person(),
                now,
                author.actor(),
                wish.expires());
        try {
            QuarkusTransaction.requiringNew().run(() -> insert(author, source, row, now));
        } catch (ConstraintViolationException e) {
            throw nameTaken(wish.name());
        }
        keyring.forget();
        return new Minted(row.toToken(), secret);
    }

    /// The tokens after the given id, in the order they were made, dead ones included.
    ///
    /// The token that configuration presets comes first.
    public List<SourceToken> list(Source source, long after, int limit) {
        List<SourceToken> found = new ArrayList<>();
        if (after < Preset.ID) {
            preset.token(source).ifPresent(found::add);
        }
        QuarkusTransaction.joiningExisting()
                .run(() -> rows.page(source.id(), Math.max(after, Preset.ID), limit).stream()
                        .map(TokenEntity::toToken)
                        .forEach(found::add));
        return found.stream().limit(limit).map(lastUse::added).toList();
    }

    /// Ends a token; ending it twice is ending it once.
    ///
    /// @throws SourceProblem when the source has no such token
    public void revoke(Author author, Source source, long id) {
        if (id == Preset.ID) {
            throw new SourceProblem(INVALID, "This token is preset by configuration; remove it there and restart.");
        }
        QuarkusTransaction.requiringNew().run(() -> {
            TokenEntity row = rows.locked(source.id(), id)
                    .orElseThrow(
                            () -> new SourceProblem(UNKNOWN, "Source " + source.name() + " has no token " + id + "."));
            if (row.revoked == null) {
                row.revoked = clock.instant().truncatedTo(ChronoUnit.MICROS);
                trail.record(new TokenEvent.Revoked(author.about(source), Long.toString(id), row.name));
            }
        });
        keyring.forget();
    }

    private void insert(Author author, Source source, TokenEntity row, Instant now) {
        if (rows.isNameHeld(source.id(), row.name)) {
            throw nameTaken(row.name);
        }
        if (rows.liveOf(source.id(), now) >= MOST) {
            throw new SourceProblem(
                    TAKEN, "Source " + source.name() + " has " + MOST + " live tokens; revoke some first.");
        }
        rows.persistAndFlush(row);
        SourceToken token = row.toToken();
        trail.record(
                new TokenEvent.Created(author.about(source), Long.toString(token.id()), token.name(), token.expires()));
    }

    private static void check(Wish wish, Instant now) {
        if (wish.name().isBlank() || wish.name().length() > LONGEST_NAME || !isPrintable(wish.name())) {
            throw new SourceProblem(INVALID, "A token needs a name of 1 to " + LONGEST_NAME + " printable characters.");
        }
        if (wish.expires() != null && !wish.expires().isAfter(now)) {
            throw new SourceProblem(INVALID, "A token must expire in the future.");
        }
    }

    /// Control characters would let a name forge lines of a log.
    private static boolean isPrintable(String name) {
        return name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static SourceProblem nameTaken(String name) {
        return new SourceProblem(
                TAKEN, "A token named " + name + " is not revoked yet; names tell tokens apart in the audit trail.");
    }
}
