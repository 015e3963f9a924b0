package dev.rolewright.web.api;

import dev.rolewright.contract.Audience;
import java.util.List;
import java.util.Map;

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

    static ReachedView of(Audience audience, Audience.Reached reached) {
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
