package dev.rolewright.source;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolewright.credential.BearerToken;
import dev.rolewright.credential.Fingerprint;
import dev.rolewright.credential.Secret;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.source.Tokens.Minted;
import dev.rolewright.source.Tokens.Wish;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class KeyringFlowTest {

    private static final Author ADMIN = new Author("admin", "request-1");

    @Inject
    Keyring keyring;

    @Inject
    Sources sources;

    @Inject
    Tokens tokens;

    @Inject
    LastUse lastUse;

    @Inject
    EntityManager store;

    @Inject
    SessionFactory sessions;

    @Inject
    DataSource connections;

    private Source source;

    @BeforeEach
    void addSource() {
        source = sources.create(ADMIN, "ring-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private Minted mint(@Nullable Instant expires) {
        return tokens.create(ADMIN, source, new Wish("t-" + UUID.randomUUID(), expires, null));
    }

    @Test
    void opensWithEveryLiveTokenOfASource() {
        Minted first = mint(null);
        Minted second = mint(Instant.now().plusSeconds(60));

        assertThat(keyring.token(first.secret()))
                .hasValueSatisfying(
                        token -> assertThat(token.id()).isEqualTo(first.token().id()));
        assertThat(keyring.token(second.secret()))
                .hasValueSatisfying(token -> assertThat(token.sourceId()).isEqualTo(source.id()));
    }

    @Test
    void aRevokedTokenIsDeadAtOnceAndTheOtherLivesOn() {
        Minted old = mint(null);
        Minted successor = mint(null);
        assertThat(keyring.token(old.secret())).isPresent();

        tokens.revoke(ADMIN, source, old.token().id());

        assertThat(keyring.token(old.secret())).isEmpty();
        assertThat(keyring.token(successor.secret())).isPresent();
    }

    @Test
    void aTokenRevokedByAnotherReplicaIsDeadWithinFiveSeconds() {
        Minted minted = mint(null);
        assertThat(keyring.token(minted.secret())).isPresent();

        elsewhere("UPDATE source_token SET revoked = now() WHERE id = "
                + minted.token().id());

        await().atMost(Keyring.OLDEST)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> keyring.token(minted.secret()).isEmpty());
    }

    @Test
    void aTokenMadeByAnotherReplicaOpensAtOnce() {
        Secret secret = BearerToken.mint(new SecureRandom());
        keyring.source(source.name()); // the ring is fresh, and without the token

        elsewhere(
                "INSERT INTO source_token (source_id, name, fingerprint, hint, created, created_by) VALUES (%d, 'x', '%s', 'rw_', now(), 'admin')"
                        .formatted(source.id(), Fingerprint.of(secret).hex()));

        assertThat(keyring.token(secret)).isPresent();
    }

    @Test
    void aTokenStopsAtItsExpiry() throws Exception {
        Instant end = Instant.now().plusSeconds(2);
        Minted minted = mint(end);
        assertThat(keyring.token(minted.secret())).isPresent();

        await().until(() -> Instant.now().isAfter(end));

        assertThat(keyring.token(minted.secret())).isEmpty();
    }

    @Test
    void knownTokensCostNoQuery() {
        Minted minted = mint(null);
        keyring.token(minted.secret());

        long statements = statementsFor(() -> IntStream.range(0, 10_000)
                .forEach(i -> assertThat(keyring.token(minted.secret())).isPresent()));

        // two to read the ring again, should its time come just now
        assertThat(statements).isLessThanOrEqualTo(2);
    }

    @Test
    void unknownTokensCostFewQueriesHoweverManyTheyAre() {
        SecureRandom random = new SecureRandom();

        long statements = statementsFor(() -> IntStream.range(0, 400)
                .mapToObj(i -> Thread.startVirtualThread(() -> keyring.token(BearerToken.mint(random))))
                .toList()
                .forEach(KeyringFlowTest::join));

        assertThat(statements).isLessThanOrEqualTo(6);
    }

    @Test
    void whatCannotBeATokenCostsNoQueryAtAll() {
        keyring.source(source.name());

        long statements = statementsFor(() -> {
            for (String text : new String[] {"", "x", "rw_" + "a".repeat(49), "eyJhbGciOiJub25lIn0.e30."}) {
                assertThat(keyring.token(Secret.of(text))).isEmpty();
            }
        });

        assertThat(statements).isLessThanOrEqualTo(2);
    }

    @Test
    void staysShutWhenTheStoreCannotSayWhoMayComeIn() throws Exception {
        Minted minted = mint(null);
        assertThat(keyring.token(minted.secret())).isPresent();

        elsewhere("ALTER TABLE source_token RENAME TO source_token_away");
        try {
            assertThat(keyring.token(minted.secret()))
                    .as("what is known holds for a moment")
                    .isPresent();
            Thread.sleep(Keyring.OLDEST.plusMillis(100));
            assertThat(outcome(minted.secret())).isInstanceOf(Keyring.StoreAway.class);
        } finally {
            elsewhere("ALTER TABLE source_token_away RENAME TO source_token");
        }
        assertThat(timeToFailWhileTheStoreHangs(minted.secret()))
                .as("for fifty at once")
                .isLessThan(Duration.ofSeconds(6));

        assertThat(keyring.token(minted.secret())).isPresent();
    }

    private Duration timeToFailWhileTheStoreHangs(Secret secret) throws SQLException {
        try (Connection other = connections.getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE source_token IN ACCESS EXCLUSIVE MODE");
            long before = System.nanoTime();
            Queue<Throwable> outcomes = new ConcurrentLinkedQueue<>();

            IntStream.range(0, 50)
                    .mapToObj(i -> Thread.startVirtualThread(() -> outcomes.add(outcome(secret))))
                    .toList()
                    .forEach(KeyringFlowTest::join);

            assertThat(outcomes).hasSize(50).hasOnlyElementsOfType(Keyring.StoreAway.class);
            other.rollback();
            return Duration.ofNanos(System.nanoTime() - before);
        }
    }

    private Throwable outcome(Secret secret) {
        return catchThrowable(() -> keyring.token(secret));
    }

    @Test
    void knowsThePresetTokenOfTheDefaultSource() {
        assertThat(keyring.token(Secret.of(TestTokens.SCIM))).hasValueSatisfying(token -> {
            assertThat(token.sourceId()).isEqualTo(sources.named(Source.DEFAULT).id());
            assertThat(token.id()).isZero();
        });
    }

    @Test
    void writesDownTheLastUseAndNeverMovesItBack() {
        Minted minted = mint(null);
        assertThat(lastUsed(minted)).isNull();
        keyring.token(minted.secret());

        lastUse.write();

        Instant written = lastUsed(minted);
        assertThat(written).isBetween(Instant.now().minusSeconds(61), Instant.now());
        elsewhere("UPDATE source_token SET last_used = now() + interval '1 hour' WHERE id = "
                + minted.token().id());
        lastUse.note(minted.token().id());
        lastUse.write();
        assertThat(lastUsed(minted)).isAfter(Instant.now());
    }

    private @Nullable Instant lastUsed(Minted minted) {
        return QuarkusTransaction.requiringNew()
                .call(() -> store.find(TokenEntity.class, minted.token().id()).lastUsed);
    }

    private void elsewhere(String sql) {
        QuarkusTransaction.requiringNew().run(() -> store.createNativeQuery(sql).executeUpdate());
    }

    private long statementsFor(Runnable work) {
        Statistics statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            long before = statistics.getPrepareStatementCount();
            work.run();
            return statistics.getPrepareStatementCount() - before;
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
