package dev.rolewright.reconcile.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeardTest {

    @Test
    void aMarkMayBeSeenAfterGreaterOnes() {
        Heard heard = Heard.of(List.of(5_000L, 5_003L)).and(List.of(5_009L)).and(List.of(5_002L));

        assertThat(heard.newest()).isEqualTo(5_009);
        assertThat(heard.recent()).containsExactlyInAnyOrder(5_000L, 5_002L, 5_003L, 5_009L);
    }

    @Test
    void whatIsFarBehindIsNotAskedForAgainAndNotKept() {
        Heard heard = Heard.of(LongStream.rangeClosed(1, 100_000).boxed().toList());

        assertThat(heard.end()).isEqualTo(99_000);
        assertThat(heard.recent()).hasSize(1_000).contains(99_001L, 100_000L).doesNotContain(99_000L);
    }

    @Test
    void whereNothingWasThereEverythingIsNew() {
        assertThat(Heard.of(List.of()).recent()).isEmpty();
        assertThat(Heard.of(List.of()).end()).isNegative();
    }
}
