package dev.rolewright.offboarding;

import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.FactBook.Heard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When HR said for the last time that people are out, of those who are fenced.
///
/// A fence is as old as what was said first; what is said again changes nothing about it. What takes effect later
/// than it was said counts from then on.
@ApplicationScoped
public class LastWord {

    private final Fences fences;
    private final FactBook facts;
    private final FenceBook zones;
    private final Clock clock = Clock.systemUTC();

    LastWord(Fences fences, FactBook facts, FenceBook zones) {
        this.fences = fences;
        this.facts = facts;
        this.zones = zones;
    }

    public Map<PersonId, Instant> of(Collection<PersonId> people) {
        Map<PersonId, List<Fence>> fenced = fences.of(people);
        Map<PersonId, List<Heard>> heard = facts.heard(fenced.keySet());
        Map<PersonId, ZoneId> local = zones.zones(fenced.keySet());
        Map<PersonId, Instant> last = new HashMap<>();
        Instant now = clock.instant();
        // Whoever is not there any more has been forgotten since the fences were read.
        local.forEach((person, zone) -> heard.getOrDefault(person, List.of()).stream()
                .flatMap(it -> said(it, fenced.getOrDefault(person, List.of()), zone, now).stream())
                .max(Comparator.naturalOrder())
                .ifPresent(at -> last.put(person, at)));
        return last;
    }

    /// Since a fence holds nothing has ended it, and so nothing that was said of it since.
    private static Optional<Instant> said(Heard heard, List<Fence> fences, ZoneId local, Instant now) {
        Fact fact = heard.fact();
        Instant effective = fact.effective(local);
        return fences.stream()
                        .anyMatch(fence -> fact.sender().equals(fence.sender())
                                && fact.kind().begins(fence.kind())
                                && !effective.isBefore(fence.since())
                                && !effective.isAfter(now))
                ? Optional.of(effective.isAfter(heard.received()) ? effective : heard.received())
                : Optional.empty();
    }
}
