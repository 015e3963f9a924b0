package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.contract.GroupSelector.Name;
import dev.rolewright.contract.Snapshot.Group;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Groups are looked up, and found as if each of them had been asked.
class CirclesTest {

    private static final List<String> NAMES = List.of(
            "db-a",
            "DB-A",
            "db-a-readers",
            "db-b-Readers",
            "db-",
            "db",
            "straße",
            "STRASSE",
            "ΟΔΟΣ",
            "x*y",
            "a?b",
            "*",
            "zoë");

    private static final List<String> PATTERNS = List.of(
            "db-*",
            "DB-*",
            "db-?",
            "*",
            "*-readers",
            "db-*-readers",
            "?b-a",
            "stra*",
            "STRASS?",
            "οδο*",
            "x*y",
            "a?b",
            "db-a",
            "d*",
            "**",
            "db-a*a",
            "none*",
            "zo?");

    @Test
    void findsTheGroupsThatASelectorSelects() {
        Map<UUID, Group> groups = IntStream.range(0, NAMES.size())
                .mapToObj(i -> new Group(
                        new UUID(1, i),
                        i % 5 == 0 ? "entra" : "okta",
                        NAMES.get(i),
                        i % 3 == 0 ? Optional.of("E-" + i % 2) : Optional.empty(),
                        Set.of()))
                .collect(Collectors.toMap(Group::id, Function.identity()));
        Circles circles = new Circles(new Snapshot(Map.of(), groups, Map.of()));
        int found = 0;
        for (GroupSelector selector : Stream.of(
                        NAMES.stream().<Name>map(Name.DisplayName::new),
                        PATTERNS.stream().<Name>map(Name.Matches::new),
                        Stream.of("E-0", "E-1", "e-0", "").<Name>map(Name.ExternalId::new))
                .flatMap(Function.identity())
                .flatMap(name -> Stream.of(Optional.<String>empty(), Optional.of("okta"), Optional.of("entra"))
                        .map(source -> new GroupSelector(name, source)))
                .toList()) {
            assertThat(circles.selected(selector))
                    .as(selector.label())
                    .containsExactlyInAnyOrderElementsOf(groups.values().stream()
                            .filter(group -> selector.selects(group.source(), group.displayName(), group.externalId()))
                            .toList())
                    .isSortedAccordingTo((one, other) -> one.displayName().compareTo(other.displayName()));
            found += circles.selected(selector).size();
        }
        assertThat(found).isGreaterThan(2 * NAMES.size());
    }
}
