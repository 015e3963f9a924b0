package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.GeneratedFilters;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilterLawTest {

    private static final long SEED = 20261121;
    private static final FilterLimits LIMITS = new FilterLimits(100_000, 1_000, 100);
    private static final ResourceType USER = AcmeCatalog.USER;

    private final GeneratedFilters filters = new GeneratedFilters(SEED, USER, Vocabulary.FULL, path -> true);

    private final List<ObjectNode> people = Stream.generate(new GeneratedPeople(SEED, USER, Vocabulary.FULL)::resource)
            .limit(60)
            .toList();

    @Test
    void parsingWhatIsPrintedGivesTheSameTree() {
        for (int i = 0; i < 5_000; i++) {
            Filter filter = filters.filter(i % 6);

            String text = FilterPrinter.print(filter);

            assertThat(FilterParser.parse(text, LIMITS)).as(text).isEqualTo(filter);
        }
    }

    @Test
    void printingLeavesOutOnlyParenthesesThatPrecedenceGivesBack() {
        for (int i = 0; i < 2_000; i++) {
            Filter filter = filters.filter(i % 5);

            Filter explicit = FilterParser.parse(parenthesised(filter), LIMITS);

            assertThat(explicit).isEqualTo(filter);
            assertThat(FilterPrinter.print(filter).length())
                    .isLessThanOrEqualTo(parenthesised(filter).length());
        }
    }

    @Test
    void twoNegationsCancelOut() {
        for (int i = 0; i < 1_000; i++) {
            Filter filter = filters.filter(i % 4);

            assertThat(matches(new Not(new Not(filter)))).isEqualTo(matches(filter));
            assertThat(matches(new Not(filter)))
                    .isEqualTo(matches(filter).stream().map(matched -> !matched).toList());
        }
    }

    @Test
    void deMorganHolds() {
        for (int i = 0; i < 1_000; i++) {
            Filter a = filters.filter(i % 3);
            Filter b = filters.filter(i % 3);

            assertThat(matches(new Not(new And(a, b)))).isEqualTo(matches(new Or(new Not(a), new Not(b))));
            assertThat(matches(new Not(new Or(a, b)))).isEqualTo(matches(new And(new Not(a), new Not(b))));
        }
    }

    @Test
    void notEqualIsTheNegationOfEqual() {
        for (int i = 0; i < 5_000; i++) {
            if (filters.filter(0) instanceof Comparison(AttributePath path, Operator operator, var literal)
                    && operator == Operator.EQ) {
                assertThat(matches(new Comparison(path, Operator.NE, literal)))
                        .isEqualTo(matches(new Not(new Comparison(path, Operator.EQ, literal))));
            }
        }
    }

    @Test
    void acrossTypesAKnownAttributeMeansTheSame() {
        for (int i = 0; i < 1_000; i++) {
            Filter filter = filters.filter(i % 4);

            assertThat(Binder.bindAcross(filter, USER)).isEqualTo(Binder.bind(filter, USER));
        }
    }

    @Test
    void theGeneratedFiltersAreWorthTheirTime() {
        int some = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Boolean> matched = matches(filters.filter(i % 4));
            if (matched.contains(true) && matched.contains(false)) {
                some++;
            }
        }

        assertThat(some).as("filters that tell people apart").isGreaterThan(500);
    }

    private List<Boolean> matches(Filter filter) {
        Bound bound = Binder.bind(filter, USER);
        return people.stream().map(person -> Matcher.matches(bound, person)).toList();
    }

    /// Parentheses around every connective, needed or not.
    private static String parenthesised(Filter filter) {
        return switch (filter) {
            case And(Filter left, Filter right) -> "(" + parenthesised(left) + " and " + parenthesised(right) + ")";
            case Or(Filter left, Filter right) -> "(" + parenthesised(left) + " or " + parenthesised(right) + ")";
            case Not(Filter inner) -> "(not (" + parenthesised(inner) + "))";
            case ValuePath(AttributePath path, Filter inner) -> path + "[" + parenthesised(inner) + "]";
            case Present(AttributePath path) -> path + " PR";
            case Comparison comparison -> {
                StringBuilder literal = new StringBuilder();
                Literals.print(comparison.literal(), literal);
                yield comparison.path() + " " + comparison.operator().name().toUpperCase(Locale.ROOT) + " " + literal;
            }
        };
    }
}
