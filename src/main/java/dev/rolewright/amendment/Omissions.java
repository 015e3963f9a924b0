package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Place;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.RoleGrant;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Refuses files that leave out a target on which people earn something by what holds, or a database of a target in
/// which a role has something.
///
/// Nobody looks after what the contract does not name: whoever has a login there would keep it, whatever the identity
/// provider says, and a role what it was granted. So what is earned there goes first, which ends the access, and then
/// the place.
final class Omissions {

    private Omissions() {}

    /// @param holding what holds now
    static Reading check(Reading reading, List<SourceFile> files, Contract holding, Tenants tenants) {
        return reading.contract()
                .map(contract -> found(contract, files, holding, tenants))
                .filter(found -> !found.isEmpty())
                .map(found -> refused(reading, found))
                .orElse(reading);
    }

    private static List<Finding> found(Contract contract, List<SourceFile> files, Contract holding, Tenants tenants) {
        Place place = new Place(files.isEmpty() ? "contract" : files.getFirst().name(), 1, 1);
        List<Finding> found = new ArrayList<>();
        for (Target target : holding.targets().values().stream()
                .sorted(Comparator.comparing(Target::name))
                .toList()) {
            Target now = contract.targets().get(target.name());
            boolean gives = holding.rolesOf(target.name()).findAny().isPresent();
            if (now == null && gives) {
                found.add(error(
                        place,
                        "Target " + target.name() + " is left out, and roles are on it in what holds now, version "
                                + holding.version() + ": whoever has a login there would keep it.",
                        "Keep the target, without its roles, until nobody has a login there."));
            } else if (now == null && tenants.isAnybodyOn(target)) {
                found.add(error(
                        place,
                        "Target " + target.name() + " is left out, and somebody can still log in there.",
                        "Keep the target until a pass has locked everybody out. When its server is gone for good, take"
                                + " its address out of the configuration first."));
            } else if (now != null) {
                databases(holding, target.name())
                        .filter(database -> !now.manages(database))
                        .map(database -> error(
                                place,
                                "Database " + database + " of target " + target.name()
                                        + " is left out, and roles have privileges there in what holds now, version "
                                        + holding.version() + ": they would keep them.",
                                "Keep the database, without these grants, until a pass has taken them."))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /// Where roles have something.
    private static Stream<String> databases(Contract contract, TargetName target) {
        return contract.rolesOf(target)
                .flatMap(role -> Stream.concat(
                        role.grants().stream().map(RoleGrant::database),
                        role.rows().stream().map(row -> row.policy().database())))
                .distinct()
                .sorted();
    }

    private static Finding error(Place place, String sentence, String fix) {
        return new Finding(Finding.Level.ERROR, place, sentence, fix);
    }

    private static Reading refused(Reading reading, List<Finding> found) {
        List<Finding> all = new ArrayList<>(found);
        all.addAll(reading.findings());
        return new Reading(Optional.empty(), all);
    }
}
