package dev.rolewright.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Why items are wanted, or wanted no more: for most of them nobody ever asks, so they may be worked out then.
@FunctionalInterface
public interface Reasons {

    /// Several when it is earned in several ways; none for what nobody gave a reason for.
    List<Reason> of(Item item);

    static Reasons of(Map<Item, List<Reason>> known) {
        return new Known(known);
    }

    /// All of them.
    record Known(Map<Item, List<Reason>> known) implements Reasons {

        public Known {
            known = known.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }

        @Override
        public List<Reason> of(Item item) {
            return known.getOrDefault(item, List.of());
        }
    }
}
