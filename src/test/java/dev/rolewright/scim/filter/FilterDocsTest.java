package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.dialect.Dialects;
import dev.rolewright.scim.schema.StandardCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the reference says about filters is tried.
class FilterDocsTest {

    private static final Path PAGE = Path.of("src", "docs", "reference", "filters.md");

    @Test
    void everyFilterShownIsUnderstood() throws IOException {
        assertThat(lines("filter")).hasSizeGreaterThan(10).allSatisfy(FilterDocsTest::bind);
    }

    @Test
    void everyMistakeShownIsRefused() throws IOException {
        assertThat(lines("refused"))
                .hasSizeGreaterThan(5)
                .allSatisfy(line -> assertThatThrownBy(() -> bind(line))
                        .isInstanceOfSatisfying(
                                ScimProblem.class,
                                problem -> assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidFilter)));
    }

    @Test
    void theLimitsAreTheOnesShown() throws IOException {
        FilterLimits limits = FilterLimits.STANDARD;

        assertThat(Files.readString(PAGE))
                .contains("%d characters, %d comparisons and %d levels"
                        .formatted(limits.length(), limits.clauses(), limits.depth()));
    }

    private static List<String> lines(String fence) throws IOException {
        return Pattern.compile("```" + fence + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
    }

    /// What a client sends passes the dialect layer first.
    private static void bind(String filter) {
        String read = Dialects.filter(List.of(StandardCatalog.USER), filter).value();
        Bound unused = Binder.bind(FilterParser.parse(read, FilterLimits.STANDARD), StandardCatalog.USER);
    }
}
