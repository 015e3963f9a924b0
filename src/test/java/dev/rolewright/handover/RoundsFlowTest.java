package dev.rolewright.handover;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.handover.GivenPasswords.Place;
import dev.rolewright.handover.Renewals.Round;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.Premises;
import dev.rolewright.store.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Links for many people are made in rounds that end, and that nobody gets between.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class RoundsFlowTest {

    private static final Caller GRACE = Caller.ofNoSource("grace", "a round");

    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM"
                    + " pg_database WHERE datname = current_database())";

    @Inject
    Premises premises;

    @Inject
    Contracts contracts;

    @Inject
    Renewals renewals;

    @Inject
    Pickups pickups;

    @Inject
    Store store;

    private final TargetName target =
            new TargetName("many-" + UUID.randomUUID().toString().substring(0, 8));

    @Test
    void aRoundEndsBehindTenThousandWhoAreToHaveNoLoginAndTheNextOneGoesOn() {
        premises.run("TRUNCATE contract_reader, contract_activation, contract_file, contract_version");
        premises.run("DELETE FROM password");
        premises.run("INSERT INTO target_state (target) VALUES ('" + target + "')");
        contracts.offer(Desk.offer(target.value(), "credentials: password"));
        premises.run("""
                WITH login AS (
                    INSERT INTO login (target, person, name, look, server_id, state, since, settled)
                    SELECT '%1$s', gen_random_uuid(), 'p' || n, 'p' || n, n, 'active', now() - interval '1 hour', true
                    FROM generate_series(1, 10001) n RETURNING target, person)
                INSERT INTO password (target, person, ends, due, given)
                SELECT target, person, now() + interval '1 day', now() + interval '1 day', true FROM login
                """.formatted(target));
        try {
            Round first = round(Optional.empty());
            assertThat(first.made()).isEmpty();
            assertThat(first.next()).isPresent();

            Round second = round(first.next());
            assertThat(second.made()).isEmpty();
            assertThat(second.next()).isEmpty();
        } finally {
            premises.run("DELETE FROM password");
            premises.run("DELETE FROM login WHERE target = '" + target + "'");
            premises.close();
        }
    }

    private Round round(Optional<Place> after) {
        return renewals.make(GRACE, target, Instant.now().plus(Duration.ofDays(2)), Pickups.USUAL, after, 100);
    }

    @Test
    void whoeverWithdrawsALinkWithdrawsOneThatIsBeingMade() throws Exception {
        PersonId ada = new PersonId(UUID.randomUUID());
        PersonId bob = new PersonId(UUID.randomUUID());
        pickups.make(GRACE, bob, Pickups.USUAL);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> withdrawn = store.together(() -> {
                assertThat(pickups.makeMissing(GRACE, Set.of(ada, bob), Pickups.USUAL))
                        .singleElement()
                        .extracting(Pickup::person)
                        .isEqualTo(ada);
                Future<Boolean> other = others.submit(() -> pickups.withdraw(GRACE, ada));
                await().until(() -> premises.number(WAITING) > 0);
                return other;
            });

            assertThat(withdrawn.get()).isTrue();
        }
        assertThat(pickups.waiting(Set.of(ada, bob))).containsExactly(bob);
    }
}
