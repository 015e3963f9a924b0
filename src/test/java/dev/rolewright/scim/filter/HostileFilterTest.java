package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.scim.GeneratedFilters;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever arrives is understood or refused with a {@link ScimProblem}, in time and on a small stack.
class HostileFilterTest {

    private static final long SEED = 7644;
    private static final FilterLimits WIDEST = new FilterLimits(1_000_000, 1_000, 100);

    private static final String[] PIECES = {
        "userName", "emails", "emails[", "]", "[", "(", ")", "not", "not (", "and", "or", " ", "  ", "\t", "eq", "ne",
                "co",
        "sw", "ew", "gt", "ge", "lt", "le", "pr", "\"", "\"x\"", "\\", "\"\\u", "\\ud83d", "true", "null", "1", "-",
                "1e",
        "0", ".", ":", ".value", "urn:", "urn:a:b:", "$ref", "%", "\u0000", "ü", "😀", "\uD83D", "\n", ",", "2.0", "'"
    };

    private final Random random = new Random(SEED);

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void heapsOfPiecesAreUnderstoodOrRefused() {
        int understood = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
                if (random.nextBoolean()) {
                    text.append(' ');
                }
            }
            understood += judge(text.toString());
        }

        assertThat(understood).as("heaps that happen to be filters").isPositive();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void mutatedFiltersAreUnderstoodOrRefused() {
        GeneratedFilters filters = new GeneratedFilters(SEED, AcmeCatalog.USER, Vocabulary.FULL, path -> true);
        int understood = 0;
        for (int i = 0; i < 30_000; i++) {
            String text = FilterPrinter.print(filters.filter(i % 4));
            for (int mutations = random.nextInt(4); mutations >= 0; mutations--) {
                text = mutated(text);
            }
            understood += judge(text);
        }

        assertThat(understood).as("mutations that are filters still").isBetween(1_000, 29_000);
    }

    @Test
    void theDeepestFilterAllowedNeedsASmallStackOnly() throws Exception {
        String nested = "not (".repeat(99) + "emails[value pr]" + ")".repeat(99);
        String chained = "title pr" + " and nickName co \"x\"".repeat(999);
        String both = "not (title pr or ".repeat(100) + "title pr" + " or nickName ne \"x\" and locale pr".repeat(400)
                + ")".repeat(100);

        onSmallStack(nested);
        onSmallStack(chained);
        onSmallStack(both);
    }

    @Test
    void whatIsDeeperOrLongerIsRefusedHoweverDeepOrLong() throws Exception {
        for (String text : new String[] {
            "(".repeat(500_000),
            "not (".repeat(150_000),
            "a[".repeat(300_000),
            "a pr and ".repeat(100_000),
            "(a pr".repeat(150_000)
        }) {
            FutureTask<Void> task = new FutureTask<>(
                    () -> assertThatThrownBy(() -> FilterParser.parse(text, WIDEST))
                            .isInstanceOf(ScimProblem.class),
                    null);
            runOnSmallStack(task);
        }
    }

    @Test
    void timeGrowsWithLengthOnly() {
        for (UnaryOperator<String> shape : List.<UnaryOperator<String>>of(
                run -> "a eq \"" + run + "\"",
                run -> "a eq \"" + run.replace("x", "\\u0041"),
                run -> run,
                run -> "urn:" + run.replace("x", "a:") + "b pr",
                run -> "urn:" + run.replace("x", "a.") + "b pr",
                run -> "a eq " + run.replace("x", "1"),
                run -> " ".repeat(run.length()),
                run -> run.replace("x", ".") + " pr")) {
            String text = shape.apply("x".repeat(150_000));

            long start = System.nanoTime();
            judge(text, WIDEST);

            // Linear is about a millisecond; anything quadratic takes minutes.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private int judge(String text) {
        return judge(text, FilterLimits.STANDARD);
    }

    /// 1 for a filter, 0 for a refusal; every other exception fails the test.
    private static int judge(String text, FilterLimits limits) {
        try {
            FilterParser.parsePatchPath(text, limits);
        } catch (ScimProblem expected) {
            assertThat(expected.status()).isEqualTo(400);
        }
        Filter filter;
        try {
            filter = FilterParser.parse(text, limits);
        } catch (ScimProblem expected) {
            assertThat(expected.type()).isEqualTo(ScimProblem.Type.invalidFilter);
            return 0;
        }
        String printed = FilterPrinter.print(filter);
        assertThat(FilterParser.parse(printed, limits)).as(printed).isEqualTo(filter);
        try {
            Binder.bind(filter, AcmeCatalog.USER);
        } catch (ScimProblem expected) {
            assertThat(expected.type()).isEqualTo(ScimProblem.Type.invalidFilter);
        }
        return 1;
    }

    private String mutated(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(at);
            case 2 -> text.substring(0, at) + (char) random.nextInt(Character.MAX_VALUE) + text.substring(to);
            default -> {
                int from = random.nextInt(text.length() + 1);
                yield text.substring(0, at)
                        + text.substring(Math.min(from, at), Math.max(from, at))
                        + text.substring(at);
            }
        };
    }

    private static void onSmallStack(String text) throws Exception {
        runOnSmallStack(new FutureTask<>(
                () -> {
                    Filter filter = FilterParser.parse(text, WIDEST);
                    assertThat(FilterPrinter.print(filter)).isNotEmpty();
                    Bound bound = Binder.bind(filter, AcmeCatalog.USER);
                    Matcher.matches(bound, new GeneratedPeople(1, AcmeCatalog.USER, Vocabulary.FULL).resource());
                },
                null));
    }

    /// A quarter of what threads get by default.
    private static void runOnSmallStack(FutureTask<Void> task) throws Exception {
        Thread thread = new Thread(null, task, "small stack", 256 * 1024);
        thread.start();
        task.get(20, TimeUnit.SECONDS);
    }
}
