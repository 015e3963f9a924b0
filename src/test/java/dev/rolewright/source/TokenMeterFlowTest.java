package dev.rolewright.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.source.Tokens.Wish;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Only a token whose end shuts an identity provider out is told of.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TokenMeterFlowTest {

    private static final Author ADMIN = new Author("admin", "request-1");

    /// So far away that no token of another test is still alive.
    private static final Instant NOW = Instant.parse("2126-01-01T00:00:00Z");

    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    Sources sources;

    @Inject
    Tokens tokens;

    @Inject
    TokenRows rows;

    @Inject
    LastUse lastUse;

    @Inject
    MeterRegistry meters;

    private Source source;

    @BeforeEach
    void addSource() {
        source = sources.create(ADMIN, "ends-" + UUID.randomUUID().toString().substring(0, 8));
        QuarkusTransaction.requiringNew().run(() -> rows.delete("expires > ?1", NOW));
    }

    private long token(Instant expires, @Nullable Instant used, @Nullable UUID person) {
        long id = tokens.create(ADMIN, source, new Wish("t-" + UUID.randomUUID(), expires, person))
                .token()
                .id();
        if (used != null) {
            lastUse.used(id, used);
        }
        return id;
    }

    private Optional<Instant> next() {
        return QuarkusTransaction.requiringNew().call(() -> rows.nextEnd(NOW, NOW.minus(DAY)));
    }

    @Test
    void theFirstThatIsInUseCounts() {
        token(NOW.plus(DAY), NOW.minus(DAY.multipliedBy(2)), null);
        token(NOW.plus(DAY), null, null);
        token(NOW.plus(DAY), NOW.minusSeconds(60), UUID.randomUUID());
        assertThat(next()).isEmpty();

        token(NOW.plus(DAY.multipliedBy(9)), NOW.minusSeconds(60), null);
        long sooner = token(NOW.plus(DAY.multipliedBy(5)), NOW.minusSeconds(60), null);
        assertThat(next()).contains(NOW.plus(DAY.multipliedBy(5)));

        tokens.revoke(ADMIN, source, sooner);
        assertThat(next()).contains(NOW.plus(DAY.multipliedBy(9)));

        sources.close(ADMIN, source.name());
        assertThat(next()).isEmpty();
    }

    @Test
    void whatIsLeftIsToldInSeconds() {
        assertThat(meters.get("token_ends").timeGauge().baseTimeUnit()).isEqualTo(TimeUnit.SECONDS);
        Instant soon = Instant.now().plusSeconds(40);
        token(soon, Instant.now(), null);

        assertThat(meters.get("token_ends").timeGauge().value(TimeUnit.SECONDS)).isBetween(0.0, 40.0);
    }
}
