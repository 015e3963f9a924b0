package dev.rolewright.offboarding;

import dev.rolewright.directory.Identity;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.offboarding.Intake.Verdict;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of feeds.
@ApplicationScoped
class FeedRows {

    private static final String STATEMENT = "event, kind, moment, first_day, last_day, zone, key, value";

    private static final String ADD = "INSERT INTO hr_feed_row (feed, line, outcome, problem, event, kind, moment,"
            + " first_day, last_day, zone, key, value, stops)"
            + " SELECT ?, * FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?::date[], ?, ?, ?, ?)";

    /// Of several rows of one name the first counts. These are the others, and whether they say the same. Where no
    /// name is there twice, as in most feeds, none are compared.
    private static final String REPEATED = """
            WITH said AS NOT MATERIALIZED (
                SELECT * FROM hr_feed_row WHERE feed = ? AND outcome IN ('applied', 'waiting'))
            SELECT line, same FROM (
                SELECT line, row_number() OVER one AS n, first_value(row) OVER one = row AS same
                FROM (SELECT line, event, ROW (key, value, kind, moment, first_day, last_day, zone)::text AS row
                      FROM said WHERE event IN (SELECT event FROM said GROUP BY event HAVING count(*) > 1)) t
                WINDOW one AS (PARTITION BY event ORDER BY line)) s
            WHERE n > 1 ORDER BY line""";

    private final Store store;

    FeedRows(Store store) {
        this.store = store;
    }

    /// A row that is to be kept.
    ///
    /// @param stops whom it fences, who is active and was not fenced
    record New(FeedLine line, Outcome outcome, Optional<String> problem, Optional<PersonId> stops) {}

    void add(long feed, List<New> rows) {
        store.run(
                ADD,
                feed,
                column(rows, row -> row.line().number(), Integer[]::new),
                column(rows, row -> Store.word(row.outcome()), String[]::new),
                column(rows, row -> row.problem().orElse(null), String[]::new),
                said(rows, it -> it.fact().event(), String[]::new),
                said(rows, it -> Store.word(it.fact().kind()), String[]::new),
                said(rows, it -> WhenColumns.of(it.fact().when()).moment(), OffsetDateTime[]::new),
                said(rows, it -> WhenColumns.of(it.fact().when()).firstDay(), String[]::new),
                said(rows, it -> WhenColumns.of(it.fact().when()).lastDay(), String[]::new),
                said(rows, it -> WhenColumns.of(it.fact().when()).zone(), String[]::new),
                said(rows, it -> Store.word(it.person().key()), String[]::new),
                said(rows, it -> it.person().value(), String[]::new),
                column(rows, row -> row.stops().map(PersonId::value).orElse(null), UUID[]::new));
    }

    void settleRepeated(long feed) {
        record Repeated(int line, boolean same) {}
        List<Repeated> repeated = store.all(REPEATED, row -> new Repeated(row.getInt(1), row.getBoolean(2)), feed);
        correct(
                feed,
                repeated.stream().map(Repeated::line).toList(),
                repeated.stream()
                        .map(it -> Outcomes.of(it.same() ? new Verdict.Before() : new Verdict.Otherwise()))
                        .toList());
    }

    /// How many people the rows of feeds fence who are active and were not fenced.
    long stops(Collection<Long> feeds) {
        return store.first(
                        "SELECT count(DISTINCT stops) FROM hr_feed_row WHERE feed = ANY (?)",
                        row -> row.getLong(1),
                        (Object) feeds.toArray(Long[]::new))
                .orElse(0L);
    }

    /// A row that is to become a fact.
    record Waiting(int line, Outcome outcome, Statement statement) {}

    /// The next rows of a feed that say something.
    List<Waiting> after(long feed, String sender, int line, int limit) {
        return store.all(
                "SELECT " + STATEMENT + ", line, outcome FROM hr_feed_row"
                        + " WHERE feed = ? AND line > ? AND event IS NOT NULL ORDER BY line LIMIT ?",
                row -> new Waiting(row.getInt(9), Store.word(Outcome.class, row.getString(10)), statement(sender, row)),
                feed,
                line,
                limit);
    }

    /// Writes down what would become of rows by now.
    void foresee(long feed, List<New> rows) {
        store.run(
                "UPDATE hr_feed_row r SET outcome = t.outcome, problem = t.problem, stops = t.stops"
                        + " FROM unnest(?, ?, ?, ?) AS t (line, outcome, problem, stops)"
                        + " WHERE r.feed = ? AND r.line = t.line"
                        + " AND (r.outcome, r.stops) IS DISTINCT FROM (t.outcome, t.stops)",
                column(rows, row -> row.line().number(), Integer[]::new),
                column(rows, row -> Store.word(row.outcome()), String[]::new),
                column(rows, row -> row.problem().orElse(null), String[]::new),
                column(rows, row -> row.stops().map(PersonId::value).orElse(null), UUID[]::new),
                feed);
    }

    /// @param lines of rows that came to something else than was expected
    void correct(long feed, List<Integer> lines, List<Outcomes.Of> outcomes) {
        if (!lines.isEmpty()) {
            store.run(
                    "UPDATE hr_feed_row r SET outcome = t.outcome, problem = t.problem, stops = NULL"
                            + " FROM unnest(?, ?, ?) AS t (line, outcome, problem)"
                            + " WHERE r.feed = ? AND r.line = t.line",
                    lines.toArray(Integer[]::new),
                    outcomes.stream().map(of -> Store.word(of.outcome())).toArray(String[]::new),
                    outcomes.stream().map(of -> of.problem().orElse(null)).toArray(String[]::new),
                    feed);
        }
    }

    /// @param outcomes only rows of these
    List<FeedRow> report(long feed, Collection<Outcome> outcomes, int after, int limit) {
        return store.all(
                "SELECT line, outcome, event, problem FROM hr_feed_row WHERE feed = ? AND line > ?"
                        + " AND outcome = ANY (?) ORDER BY line LIMIT ?",
                row -> new FeedRow(
                        row.getInt(1),
                        Store.word(Outcome.class, row.getString(2)),
                        Store.text(row, 3),
                        Store.text(row, 4)),
                feed,
                after,
                outcomes.stream().map(Store::word).toArray(String[]::new),
                limit);
    }

    private static Statement statement(String sender, ResultSet row) throws SQLException {
        return new Statement(
                new Identity(Store.word(Identity.Key.class, row.getString(7)), row.getString(8)),
                new Fact(
                        sender,
                        row.getString(1),
                        Store.word(Fact.Kind.class, row.getString(2)),
                        WhenColumns.read(row, 3)));
    }

    private static <T> T[] column(List<New> rows, Function<New, @Nullable T> value, Function<Integer, T[]> array) {
        Stream<@Nullable T> values = rows.stream().map(value);
        return values.toArray(array::apply);
    }

    private static <T> T[] said(List<New> rows, Function<Statement, @Nullable T> value, Function<Integer, T[]> array) {
        return column(rows, row -> row.line().statement().map(value).orElse(null), array);
    }
}
