package dev.rolewright.web.api;

import dev.rolewright.contract.Audience;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What one person gets by one mapping.
///
/// @param path the groups from the one the person is in to the one that the mapping names
/// @param roles what the person gets by it
/// @param withheld what the person does not get because it is kept apart from something else, and why
record ReachedView(
        String mapping,
        String person,
        String userName,
        List<String> path,
        Audience.Outcome outcome,
        List<String> roles,
        List<String> withheld) {

    /// What the mappings of a contract give to some people.
    static Stream<ReachedView> of(Contract contract, Snapshot snapshot, Set<PersonId> people, Instant now) {
        Facts facts = new Facts(snapshot, Optional.of(people), now);
        return Audience.of(contract, facts).stream()
                .flatMap(audience -> audience.people().stream().map(it -> of(audience, it)));
    }

    private static ReachedView of(Audience audience, Audience.Reached reached) {
        return new ReachedView(
                audience.mapping().name(),
                reached.person().id().toString(),
                reached.person().userName(),
                reached.path(),
                reached.outcome(),
                ContractView.names(reached.roles()),
                reached.withheld().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(it -> it.getValue().stream().map(why -> it.getKey() + ": " + why.sentence()))
                        .toList());
    }
}
