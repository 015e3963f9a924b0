package dev.rolewright.web;

import dev.rolewright.offboarding.Feed;
import dev.rolewright.offboarding.FeedRow;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.offboarding.Feeds;
import dev.rolewright.web.FeedView.RowView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A part of the rows of a feed.
///
/// @param next what to give as `after` to get the part behind it; null when there is none
public record FeedRowsPage(List<RowView> items, @Nullable Integer next) {

    private static final int HIGHEST_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;

    /// @throws IllegalArgumentException with a sentence for whoever asked
    public static FeedRowsPage of(
            Feeds feeds, Feed feed, @Nullable String outcome, @Nullable String after, @Nullable String limit) {
        int most = limit == null ? DEFAULT_LIMIT : number("limit", limit, 1, HIGHEST_LIMIT);
        List<FeedRow> rows = feeds.rows(
                feed.id(),
                outcome == null ? List.of(Outcome.values()) : List.of(outcome(outcome)),
                after == null ? 0 : number("after", after, 0, Integer.MAX_VALUE),
                most + 1);
        List<RowView> items = rows.stream().limit(most).map(RowView::of).toList();
        return new FeedRowsPage(items, rows.size() > most ? items.getLast().line() : null);
    }

    private static Outcome outcome(String text) {
        try {
            return Outcome.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "outcome must be applied, waiting, known, ambiguous, refused or silent.", unknown);
        }
    }

    private static int number(String name, String text, int lowest, int highest) {
        try {
            int number = Integer.parseInt(text);
            if (lowest <= number && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers out of range
        }
        throw new IllegalArgumentException(name + " must be a whole number from " + lowest + " to " + highest + ".");
    }
}
