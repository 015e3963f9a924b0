package dev.rolewright.web;

import dev.rolewright.offboarding.Feed;
import dev.rolewright.offboarding.FeedRow;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.offboarding.Feeds;
import dev.rolewright.web.FeedView.RowView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the rows of a feed.
///
/// @param next what to give as `after` to get the part behind it; null when there is none
public record FeedRowsPage(List<RowView> items, @Nullable Integer next) {

    public static FeedRowsPage of(
            Feeds feeds, Feed feed, @Nullable String outcome, @Nullable String after, @Nullable String limit) {
        int most = Parameters.limit(limit);
        List<FeedRow> rows = feeds.rows(
                feed.id(),
                Parameters.oneOf(Outcome.class, "outcome", outcome)
                        .map(List::of)
                        .orElseGet(() -> List.of(Outcome.values())),
                after == null ? 0 : (int) Parameters.number("after", after, 0, Integer.MAX_VALUE),
                most + 1);
        Page<FeedRow, Integer> page = Page.cut(rows, most, FeedRow::line);
        return new FeedRowsPage(page.items().stream().map(RowView::of).toList(), page.next());
    }
}
