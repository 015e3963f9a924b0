package dev.rolewright.reconcile.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long a look answers, and whom.
class LastLookTest {

    private Instant now = Instant.EPOCH;
    private Duration takes = Duration.ZERO;
    private boolean blind;
    private final List<String> looked = new ArrayList<>();
    private final LastLook<String, String> looks = new LastLook<>(() -> now, (question, at) -> {
        if (blind) {
            throw new IllegalStateException("nothing was seen");
        }
        looked.add(question);
        now = now.plus(takes);
        return question + " at " + at.toEpochMilli();
    });

    @Test
    void oneAnswersForAMinute() {
        assertThat(looks.at("a")).isEqualTo("a at 0");
        now = now.plus(Duration.ofMillis(59_999));
        assertThat(looks.at("a")).isEqualTo("a at 0");

        now = now.plusMillis(1);

        assertThat(looks.at("a")).isEqualTo("a at 60000");
        assertThat(looked).hasSize(2);
    }

    @Test
    void oneThatTakesLongAnswersThoseWhoWaitedForIt() {
        takes = Duration.ofMinutes(5);
        looks.at("a");

        assertThat(looks.at("a")).isEqualTo("a at 0");
        assertThat(looked).hasSize(1);
    }

    @Test
    void anotherQuestionIsAnsweredByItself() {
        looks.at("a");

        assertThat(looks.at("b")).isEqualTo("b at 0");
        assertThat(looked).containsExactly("a", "b");
    }

    @Test
    void aLookThatFailedAnswersNobody() {
        blind = true;
        assertThatThrownBy(() -> looks.at("a")).hasMessage("nothing was seen");
        blind = false;

        assertThat(looks.at("a")).isEqualTo("a at 0");
    }
}
