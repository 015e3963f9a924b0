package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.rolewright.model.Fence;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What follows from everything that was ever said of one person: fenced from when to when.
///
/// Facts count by when they take effect and not by when they come, so that any order of arrival settles the same. Each
/// sender's facts are a story of their own: what one HR system says, no other can take back.
final class Settlement {

    private static final Comparator<Span> ORDER = Comparator.<Span, Instant>comparing(
                    span -> span.fence().since())
            .thenComparing(span -> span.fence().sender())
            .thenComparing(span -> span.fence().kind());

    private final List<Span> spans = new ArrayList<>();
    private final Map<Fence.Kind, Fence> open = new EnumMap<>(Fence.Kind.class);

    private Settlement() {}

    /// @param local the time zone of days that came without one
    static List<Span> of(Collection<Fact> facts, ZoneId local) {
        List<Span> all = new ArrayList<>();
        facts.stream()
                .distinct()
                .collect(groupingBy(Fact::sender, TreeMap::new, toList()))
                .values()
                .forEach(story -> all.addAll(story(story, local)));
        all.sort(ORDER);
        return List.copyOf(all);
    }

    /// As above, but no fence begins later than it was to because the person is said to be where the day
    /// ends later: whom HR stops, no identity provider lets in again by that, or for longer.
    ///
    /// @param known the person's fences so far
    static List<Span> of(Collection<Fact> facts, ZoneId local, Collection<Fence> known) {
        List<Span> all = new ArrayList<>(of(facts, local));
        known.stream()
                .filter(fence -> all.stream().noneMatch(span -> isAt(span, fence)))
                .forEach(fence -> all.replaceAll(span -> isLater(span, fence) ? new Span(fence, span.until()) : span));
        all.sort(ORDER);
        return List.copyOf(all);
    }

    private static boolean isAt(Span span, Fence fence) {
        return isOf(span, fence.sender(), fence.kind()) && span.fence().since().equals(fence.since());
    }

    private static boolean isLater(Span span, Fence fence) {
        return isOf(span, fence.sender(), fence.kind())
                && span.fence().event().equals(fence.event())
                && span.fence().since().isAfter(fence.since());
    }

    private static boolean isOf(Span span, String sender, Fence.Kind kind) {
        return span.fence().sender().equals(sender) && span.fence().kind() == kind;
    }

    private static List<Span> story(List<Fact> facts, ZoneId local) {
        Settlement settlement = new Settlement();
        facts.stream().sorted(Fact.inTime(local)).forEach(fact -> settlement.next(fact, fact.effective(local)));
        settlement.open.values().forEach(fence -> settlement.spans.add(new Span(fence, Optional.empty())));
        return settlement.spans;
    }

    private void next(Fact fact, Instant at) {
        switch (fact.kind()) {
            case LEAVER -> begin(Fence.Kind.LEAVER, fact, at);
            case LEAVE_BEGINS -> begin(Fence.Kind.LEAVE, fact, at);
            case REHIRE -> {
                end(Fence.Kind.LEAVER, at);
                end(Fence.Kind.LEAVE, at);
            }
            case LEAVE_ENDS -> end(Fence.Kind.LEAVE, at);
        }
    }

    /// Who is gone already does not go again: the first fact is the reason.
    private void begin(Fence.Kind kind, Fact fact, Instant at) {
        open.putIfAbsent(kind, new Fence(fact.sender(), fact.event(), kind, at));
    }

    private void end(Fence.Kind kind, Instant at) {
        Fence fence = open.remove(kind);
        if (fence != null && fence.since().isBefore(at)) {
            spans.add(new Span(fence, Optional.of(at)));
        }
    }
}
