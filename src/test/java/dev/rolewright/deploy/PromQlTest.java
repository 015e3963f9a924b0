package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolewright.deploy.PromQl.Use;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is an expression, what is not, and what it answers.
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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a > 0 | a{x=\"1\"} 1; a{x=\"2\"} 0; b 1 | v{x=\"1\"} 1",
                "max(a) - min(a) > 0 or b | a{x=\"1\"} 3; a{x=\"2\"} 1; b 9 | v 2",
                "max(a) - min(a) > 2 or b | a{x=\"1\"} 3; a{x=\"2\"} 1; b 9 | v 9",
                "a - b - b | a 9; b 3 | v 3",
                "a < 2 + 3 * 4 | a{x=\"1\"} 13; a{x=\"2\"} 14 | v{x=\"1\"} 13",
                "10 / a | a{x=\"1\"} 4 | v{x=\"1\"} 2.5",
                "a / b | a{x=\"1\"} 4; a{x=\"2\"} 4; b{x=\"1\"} 2 | v{x=\"1\"} 2",
                "a{x!=\"1\"} | a{x=\"1\"} 1; a 2 | v 2",
                "a{x=~\"[12]\",y!~\".+\"} | a{x=\"1\"} 1; a{x=\"12\"} 2; a{x=\"2\",y=\"3\"} 3 | v{x=\"1\"} 1",
                "sum by (x) (rate(a[5m])) | a{x=\"1\",y=\"1\"} 1; a{x=\"1\",y=\"2\"} 2; a 4 | v{x=\"1\"} 3; v 4",
                "count(a) | a{x=\"1\"} 7; a 7 | v 2",
                "count(a > 7) or vector(0) | a 7 | v 0",
                "max(a) | a{x=\"1\"} NaN; a -1 | v -1",
                "min(a) | a{x=\"1\"} NaN | v NaN",
                "absent(a == 1) | a 0 | v 1",
                "absent(a == 0) | a 0 | ``",
                "histogram_quantile(0.5, sum by (le) (a)) | a{le=\"2\"} 4; a{le=\"4\"} 12; a{le=\"+Inf\"} 16 | v 3",
                "histogram_quantile(0.9, sum by (le) (a)) | a{le=\"2\"} 4; a{le=\"4\"} 12; a{le=\"+Inf\"} 16 | v 4",
                "histogram_quantile(0.9, sum by (le) (a)) | a{le=\"2\"} 0; a{le=\"+Inf\"} 0 | v NaN"
            })
    void answersAsPrometheusDoes(String text, String samples, String answer) {
        assertThat(PromQl.read(text).answer().apply(Samples.read(samples)))
                .isEqualTo(Samples.read(answer).chosen(List.of(Samples.Match.ofMetric("v"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a{x=\"1\" 1", "a 1; a 2", "a 1;; b 2"})
    void refusesWhatAreNoSamples(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.read(text));
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
                "a = 1",
                "1 < a",
                "1 < 2",
                "a or 1",
                "1 or a",
                "a or",
                "a and b"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PromQl.read(text));
    }
}
