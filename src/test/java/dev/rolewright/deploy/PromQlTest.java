package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolewright.deploy.PromQl.Use;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is an expression, and what is not.
class PromQlTest {

    @Test
    void tellsWhichMetricsAreAskedForWhat() {
        PromQl.Expression read = PromQl.read(
                "sum by (target) (rate(a_total{outcome=~\"x|y\"}[5m])) / max(b) > 0.5 or absent(up{job=\"z\"} == 1)");

        assertThat(read.uses())
                .containsExactly(
                        new Use("a_total", Set.of("outcome", "target"), true),
                        new Use("b", Set.of(), false),
                        new Use("up", Set.of("job"), false));
        assertThat(read.labels()).containsExactly("target");
    }

    @Test
    void aQuantileUsesUpItsBuckets() {
        assertThat(PromQl.read("histogram_quantile(0.9, sum by (le, t) (rate(a_bucket[$__rate_interval])))")
                        .labels())
                .containsExactly("t");
        assertThat(PromQl.read("a{b=\"c\"}").labels()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sum(a",
                "sum(a))",
                "a b",
                "> 1",
                "a >",
                "a[5m]",
                "rate(a)",
                "rate(a[5])",
                "rate(a[5m]) + a[5m]",
                "sum(rate(a[5 m]))",
                "sum by target (a)",
                "sum by (target (a)",
                "a{b=c}",
                "a{b\"c\"}",
                "a{b=\"c\"",
                "histogram_quantile(0.9, sum by (target) (rate(a_bucket[5m])))",
                "histogram_quantile(sum by (le) (a_bucket), 0.9)",
                "rat(a[5m])",
                "sum(1)",
                "sum(a, b)",
                "vector(a)",
                "a & b",
                "a = 1"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PromQl.read(text));
    }
}
