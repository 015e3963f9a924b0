package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Place;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Refuses files that leave out a target on which people earn something by what holds.
///
/// Nobody looks after a target that the contract does not name: whoever has a login there would keep it, whatever the
/// identity provider says. So its roles go first, which ends everybody's access, and then the target.
final class Omissions {

    private Omissions() {}

    /// @param holding what holds now
    static Reading check(Reading reading, List<SourceFile> files, Contract holding) {
        return reading.contract()
                .map(contract -> found(contract, files, holding))
                .filter(found -> !found.isEmpty())
                .map(found -> refused(reading, found))
                .orElse(reading);
    }

    private static List<Finding> found(Contract contract, List<SourceFile> files, Contract holding) {
        String file = files.isEmpty() ? "contract" : files.getFirst().name();
        return holding.targets().values().stream()
                .map(Target::name)
                .filter(target -> !contract.targets().containsKey(target))
                .filter(target -> holding.rolesOf(target).findAny().isPresent())
                .sorted()
                .map(target -> new Finding(
                        Finding.Level.ERROR,
                        new Place(file, 1, 1),
                        "Target " + target + " is left out, and roles are on it in what holds now, version "
                                + holding.version() + ": whoever has a login there would keep it.",
                        "Keep the target, without its roles, until nobody has a login there."))
                .toList();
    }

    private static Reading refused(Reading reading, List<Finding> found) {
        List<Finding> all = new ArrayList<>(found);
        all.addAll(reading.findings());
        return new Reading(Optional.empty(), all);
    }
}
