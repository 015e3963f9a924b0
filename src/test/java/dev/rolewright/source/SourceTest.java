package dev.rolewright.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.source.SourceToken.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "okta",
                "entra-2",
                "v",
                "vpn",
                "v2-test",
                "a",
                "a-name-of-63-characters-is-as-long-as-a-label-of-the-dns-may-be"
            })
    void namesFitIntoABaseUrl(String name) {
        assertThat(Source.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v2",
                "v10",
                "Okta",
                "my_okta",
                "-a",
                "2a",
                "a b",
                "a/b",
                "é",
                "a.b",
                "a-name-of-64-characters-is-longer-than-a-label-of-the-dns-may-be"
            })
    void otherNamesDoNot(String name) {
        assertThat(Source.isName(name)).isFalse();
    }

    @Test
    void aTokenIsActiveThenExpired() {
        SourceToken token = token(NOW.plus(Duration.ofDays(20)), null, null);

        assertThat(token.state(NOW)).isEqualTo(State.ACTIVE);
        assertThat(token.expiresSoon(NOW)).isFalse();
        assertThat(token.expiresSoon(NOW.plus(Duration.ofDays(7)))).isTrue();
        assertThat(token.opens(NOW.plus(Duration.ofDays(20))))
                .as("the very moment")
                .isFalse();
        assertThat(token.state(NOW.plus(Duration.ofDays(21)))).isEqualTo(State.EXPIRED);
        assertThat(token.expiresSoon(NOW.plus(Duration.ofDays(21))))
                .as("it has")
                .isFalse();
    }

    @Test
    void revokedIsForEver() {
        SourceToken token = token(null, null, NOW);

        assertThat(token.state(NOW.minusSeconds(1))).isEqualTo(State.REVOKED);
        assertThat(token.opens(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void aTokenNobodyUsesStandsOut() {
        assertThat(token(null, null, null).isUnused(NOW)).isTrue();
        assertThat(token(null, NOW.minus(Duration.ofDays(29)), null).isUnused(NOW))
                .isFalse();
        assertThat(token(null, NOW.minus(Duration.ofDays(31)), null).isUnused(NOW))
                .isTrue();
        assertThat(token(null, null, NOW).isUnused(NOW))
                .as("a dead one is nobody's worry")
                .isFalse();
    }

    private static SourceToken token(@Nullable Instant expires, @Nullable Instant lastUsed, @Nullable Instant revoked) {
        Instant created = NOW.minus(Duration.ofDays(100));
        return new SourceToken(1, 1, "okta", "rw_abcd", null, created, "admin", expires, lastUsed, revoked);
    }
}
