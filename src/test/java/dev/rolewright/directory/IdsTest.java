package dev.rolewright.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void carriesItsVersionVariantAndTheTimeItWasMade() {
        long before = Instant.now().toEpochMilli();

        UUID id = Ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16)
                .isBetween(before, Instant.now().toEpochMilli() + 1_000);
    }

    @Test
    void ordersAsTextAndInTheStoreInTheOrderOfCreation() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            made.add(Ids.next().toString());
        }

        assertThat(made).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
    }

    @Test
    void neverRepeatsAmongThreads() throws InterruptedException {
        ConcurrentLinkedQueue<UUID> made = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    made.add(Ids.next());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        Set<UUID> distinct = new HashSet<>(made);
        assertThat(made).hasSize(40_000);
        assertThat(distinct).hasSize(40_000);
    }
}
