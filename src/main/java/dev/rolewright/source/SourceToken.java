package dev.rolewright.source;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a bearer token once it has been handed out: everything but the token.
///
/// @param id zero for the token that configuration presets, which has no row
/// @param hint the first characters, by which people tell tokens apart
/// @param person the id of the person the token stands for, or null when it stands for the identity provider
/// @param lastUsed rounded down to the minute
public record SourceToken(
        long id,
        int sourceId,
        String name,
        String hint,
        @Nullable UUID person,
        Instant created,
        String createdBy,
        @Nullable Instant expires,
        @Nullable Instant lastUsed,
        @Nullable Instant revoked) {

    /// A token that ends this soon is worth rotating today.
    public static final Duration SOON = Duration.ofDays(14);

    /// A token nobody has used for this long is probably forgotten.
    public static final Duration IDLE = Duration.ofDays(30);

    /// Where in its life a token is.
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public State state(Instant now) {
        if (revoked != null) {
            return State.REVOKED;
        }
        return expires != null && !expires.isAfter(now) ? State.EXPIRED : State.ACTIVE;
    }

    public boolean opens(Instant now) {
        return state(now) == State.ACTIVE;
    }

    public boolean expiresSoon(Instant now) {
        return opens(now) && expires != null && expires.isBefore(now.plus(SOON));
    }

    /// Live, but never used or not for [#IDLE].
    public boolean isUnused(Instant now) {
        return opens(now) && (lastUsed == null || lastUsed.isBefore(now.minus(IDLE)));
    }

    SourceToken usedAt(Instant at) {
        return new SourceToken(id, sourceId, name, hint, person, created, createdBy, expires, at, revoked);
    }
}
