package dev.rolewright.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a search.
///
/// @param total how many resources match, on all pages
/// @param nextCursor the token of the next page; null on the last page and with index paging
public record ResultPage(
        long total, List<Entry> entries, @Nullable String nextCursor) {

    public ResultPage {
        entries = List.copyOf(entries);
    }
}
