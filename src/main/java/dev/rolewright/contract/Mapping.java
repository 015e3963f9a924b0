package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.RoleName;
import dev.rolewright.scim.filter.Bound;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.filter.Resolved;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A rule that gives roles to the people of groups.
///
/// @param when which of the people; empty means all
/// @param until the last day, in UTC, on which the rule gives anything
public record Mapping(
        String name,
        GroupSelector group,
        Optional<Condition> when,
        Set<RoleName> roles,
        Optional<LocalDate> until,
        Place place) {

    /// A SCIM filter on a person.
    ///
    /// @param text in its normal spelling
    public record Condition(String text, Bound filter) {

        /// The top attributes and extensions that it reads.
        Stream<String> attributes() {
            return filter.paths().map(Resolved::top);
        }
    }

    public Mapping {
        roles = Set.copyOf(roles);
    }

    public boolean isMetBy(Person person) {
        return when.map(it -> Matcher.matches(it.filter(), person.document())).orElse(true);
    }

    /// The first moment at which the rule gives nothing any more.
    public Optional<Instant> end() {
        return until.map(last -> last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    public boolean isOver(Instant now) {
        return end().filter(end -> !end.isAfter(now)).isPresent();
    }
}
