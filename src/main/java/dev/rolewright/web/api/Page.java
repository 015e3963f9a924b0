package dev.rolewright.web.api;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param next what to ask for to get the part after it; null when there is none
record Page<T>(List<T> items, @Nullable Long next) {

    Page {
        items = List.copyOf(items);
    }

    /// Cuts a page off a list that was asked for one more item than the page may hold.
    static <T> Page<T> cut(List<T> oneMore, int limit, ToLongFunction<T> id) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        List<T> items = oneMore.subList(0, limit);
        return new Page<>(items, id.applyAsLong(items.getLast()));
    }
}
