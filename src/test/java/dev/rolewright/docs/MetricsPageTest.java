package dev.rolewright.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the reference of the metrics to the code that measures.
class MetricsPageTest {

    private static final Path PAGE = Path.of("src/docs/reference/metrics.md");
    private static final Path CODE = Path.of("src/main/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
    private static final Pattern METER = Pattern.compile("(?:(?:meters|metrics)\\s*\\.(?:counter|timer|gauge|summary)"
            + "|(?:Counter|Timer|Gauge|DistributionSummary)\\s*\\.builder)\\(\\s*\"(\\w+)\"");

    @Test
    void namesEveryMetricAndNoOther() throws IOException {
        Set<String> measured = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CODE)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                measured.addAll(names(METER, Files.readString(file)));
            }
        }

        assertThat(names(ROW, Files.readString(PAGE))).isEqualTo(measured);
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(toCollection(TreeSet::new));
    }
}
