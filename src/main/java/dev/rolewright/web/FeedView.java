package dev.rolewright.web;

import dev.rolewright.offboarding.Feed;
import dev.rolewright.offboarding.FeedRow;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.offboarding.Feeds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A feed as it is shown, to its sender and to admins.
///
/// @param digest of its bytes; a release signs it
/// @param rows how many came to what; as long as it is not applied, would come to it
/// @param stops how many active people it fences who were not
/// @param why which limit that passes
/// @param problems the first rows about which somebody has to do something
/// @param decided when a human decided about it; null as long as nobody has, or had to
public record FeedView(
        long id,
        String sender,
        Feed.State state,
        String digest,
        Instant received,
        Rows rows,
        int stops,
        List<String> why,
        List<RowView> problems,
        @Nullable Instant decided,
        @Nullable String by,
        @Nullable String reason) {

    /// How many rows with a problem are shown at once; there is a list of all.
    private static final int MOST_PROBLEMS = 100;

    /// What somebody has to do something about.
    private static final List<Outcome> PROBLEMS = List.of(Outcome.AMBIGUOUS, Outcome.REFUSED);

    /// How many rows of a feed came to what.
    public record Rows(int total, int applied, int waiting, int known, int ambiguous, int refused, int silent) {}

    /// @param line where the row begins; in a JSON array its place, from 1
    /// @param event by which name it can be asked for
    /// @param detail what is wrong about it
    public record RowView(
            int line,
            Outcome outcome,
            @Nullable String event,
            @Nullable String detail) {

        public static RowView of(FeedRow row) {
            return new RowView(
                    row.line(),
                    row.outcome(),
                    row.event().orElse(null),
                    row.problem().orElse(null));
        }
    }

    /// One among many.
    public static FeedView of(Feed feed) {
        return of(feed, List.of());
    }

    /// With its first problems.
    public static FeedView of(Feed feed, Feeds feeds) {
        return of(feed, feeds.rows(feed.id(), PROBLEMS, 0, MOST_PROBLEMS));
    }

    private static FeedView of(Feed feed, List<FeedRow> problems) {
        return new FeedView(
                feed.id(),
                feed.sender(),
                feed.state(),
                feed.digest(),
                feed.received(),
                new Rows(
                        feed.counts().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        count(feed, Outcome.APPLIED),
                        count(feed, Outcome.WAITING),
                        count(feed, Outcome.KNOWN),
                        count(feed, Outcome.AMBIGUOUS),
                        count(feed, Outcome.REFUSED),
                        count(feed, Outcome.SILENT)),
                feed.stops(),
                feed.why(),
                problems.stream().map(RowView::of).toList(),
                feed.decision().map(Feed.Decision::at).orElse(null),
                feed.decision().map(Feed.Decision::who).orElse(null),
                feed.decision().map(Feed.Decision::reason).orElse(null));
    }

    private static int count(Feed feed, Outcome outcome) {
        return feed.counts().getOrDefault(outcome, 0);
    }
}
