package dev.rolewright.offboarding;

import dev.rolewright.offboarding.Feed.State;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The feeds that came: the rows.
@ApplicationScoped
class FeedBook {

    private static final String SELECT =
            "SELECT id, sender, state, coalesce(shown, digest), received, stops, why, decided, decider,"
                    + " reason, applied, waiting, known, ambiguous, refused, silent FROM hr_feed ";

    private static final List<Outcome> COUNTED = List.of(
            Outcome.APPLIED, Outcome.WAITING, Outcome.KNOWN, Outcome.AMBIGUOUS, Outcome.REFUSED, Outcome.SILENT);

    private static final int FIRST_COUNT = 11;

    private static final long JUDGING = 0x68725F66656564L;

    private static final String COUNT = """
            UPDATE hr_feed f SET seen = clock_timestamp(), (applied, waiting, known, ambiguous, refused, silent) = (
                SELECT count(*) FILTER (WHERE outcome = 'applied'), count(*) FILTER (WHERE outcome = 'waiting'),
                       count(*) FILTER (WHERE outcome = 'known'), count(*) FILTER (WHERE outcome = 'ambiguous'),
                       count(*) FILTER (WHERE outcome = 'refused'), count(*) FILTER (WHERE outcome = 'silent')
                FROM hr_feed_row WHERE feed = f.id)
            WHERE id = ?""";

    private static final String SHOW = """
            UPDATE hr_feed f SET shown = encode(sha256(convert_to(concat_ws(' ', digest, (
                SELECT string_agg(DISTINCT stops::text, ' ' ORDER BY stops::text) FROM hr_feed_row WHERE feed = f.id)),
                'UTF8')), 'hex')
            WHERE id = ?""";

    private final Store store;

    FeedBook(Store store) {
        this.store = store;
    }

    long begin(String sender, String digest, String request) {
        return store.first(
                        "INSERT INTO hr_feed (sender, digest, request, state) VALUES (?, ?, ?, 'arriving') RETURNING id",
                        row -> row.getLong(1),
                        sender,
                        digest,
                        request)
                .orElseThrow();
    }

    /// Lets nobody else judge a feed until the caller's transaction ends: what several take together counts.
    void judgeAlone() {
        store.waitForTurn(JUDGING);
    }

    Optional<Feed> find(long id) {
        return store.first(SELECT + "WHERE id = ?", FeedBook::feed, id);
    }

    /// A feed of the same bytes about which a human is to decide, or decided that it is not wanted.
    Optional<Feed> undesired(String sender, String digest) {
        return store.first(
                SELECT + "WHERE sender = ? AND digest = ? AND state IN ('held', 'refused') ORDER BY id DESC LIMIT 1",
                FeedBook::feed,
                sender,
                digest);
    }

    /// Newest first.
    List<Feed> list(boolean heldOnly, @Nullable Long olderThan, int limit) {
        return store.all(
                SELECT + "WHERE state <> 'arriving' AND (NOT ? OR state = 'held') AND id < ? ORDER BY id DESC LIMIT ?",
                FeedBook::feed,
                heldOnly,
                olderThan == null ? Long.MAX_VALUE : olderThan,
                limit);
    }

    long held() {
        return store.first("SELECT count(*) FROM hr_feed WHERE state = 'held'", row -> row.getLong(1))
                .orElse(0L);
    }

    /// Feeds that were taken within this time without anybody being asked.
    List<Long> taken(Duration within) {
        return store.all(
                "SELECT id FROM hr_feed WHERE state IN ('applying', 'applied') AND decider IS NULL AND stops > 0"
                        + " AND received > now() - ? * interval '1 second'",
                row -> row.getLong(1),
                within.toSeconds());
    }

    void judged(long id, State state, long stops, List<String> why) {
        store.run(
                "UPDATE hr_feed SET state = ?, stops = ?, why = ? WHERE id = ?",
                Store.word(state),
                stops,
                why.toArray(String[]::new),
                id);
        if (state == State.HELD) {
            store.run(SHOW, id);
        }
        count(id);
    }

    void decided(long id, State state, String who, String reason) {
        store.run(
                "UPDATE hr_feed SET state = ?, seen = now(), decided = now(), decider = ?, reason = ? WHERE id = ?",
                Store.word(state),
                who,
                reason,
                id);
    }

    void applied(long id) {
        store.run("UPDATE hr_feed SET state = 'applied' WHERE id = ?", id);
        count(id);
    }

    private void count(long id) {
        store.run(COUNT, id);
    }

    /// How far a feed is that is being applied.
    record Progress(String sender, String request, String digest, int line) {}

    /// Keeps others from applying the same feed until the caller's transaction ends.
    Optional<Progress> applying(long id) {
        return store.first(
                "SELECT sender, request, coalesce(shown, digest), done FROM hr_feed WHERE id = ? AND state = 'applying' FOR UPDATE",
                row -> new Progress(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)),
                id);
    }

    Optional<Feed> lock(long id) {
        return store.first(SELECT + "WHERE id = ? FOR UPDATE", FeedBook::feed, id);
    }

    void advance(long id, int line) {
        store.run("UPDATE hr_feed SET done = ?, seen = clock_timestamp() WHERE id = ?", line, id);
    }

    /// Feeds that are being applied, and about which nobody did anything lately.
    List<Long> abandoned(Duration since) {
        return store.all(
                "SELECT id FROM hr_feed WHERE state = 'applying' AND seen < now() - ? * interval '1 second' ORDER BY id",
                row -> row.getLong(1),
                since.toSeconds());
    }

    void drop(long id) {
        store.together(() -> {
            store.run("DELETE FROM hr_feed_row WHERE feed = ?", id);
            store.run("DELETE FROM hr_feed WHERE id = ?", id);
        });
    }

    /// Feeds that are over, and those whose rest never came.
    List<Long> old(Duration over, Duration arriving) {
        return store.all(
                "SELECT id FROM hr_feed WHERE (state IN ('rehearsed', 'refused', 'applied')"
                        + " AND received < now() - ? * interval '1 second')"
                        + " OR (state = 'arriving' AND received < now() - ? * interval '1 second')",
                row -> row.getLong(1),
                over.toSeconds(),
                arriving.toSeconds());
    }

    private static Feed feed(ResultSet row) throws SQLException {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : COUNTED) {
            counts.put(outcome, row.getInt(FIRST_COUNT + COUNTED.indexOf(outcome)));
        }
        return new Feed(
                row.getLong(1),
                row.getString(2),
                Store.word(State.class, row.getString(3)),
                row.getString(4),
                Store.instant(row, 5),
                counts,
                row.getInt(6),
                List.of(Store.texts(row, 7)),
                row.getString(9) == null
                        ? Optional.empty()
                        : Optional.of(new Feed.Decision(Store.instant(row, 8), row.getString(9), row.getString(10))));
    }
}
