package dev.rolewright.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param next what to ask for to get the part after it; null when there is none
public record Page<T, N>(List<T> items, @Nullable N next) {

    public Page {
        items = List.copyOf(items);
    }

    /// Cuts a page off a list that was asked for one more item than the page may hold.
    ///
    /// @param place where an item stands, for whoever asks for those after it
    public static <T, N> Page<T, N> cut(List<T> oneMore, int limit, Function<? super T, N> place) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        List<T> items = oneMore.subList(0, limit);
        return new Page<>(items, place.apply(items.getLast()));
    }
}
