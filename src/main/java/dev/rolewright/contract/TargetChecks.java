package dev.rolewright.contract;

import dev.rolewright.contract.Node.Key;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Set;

/// Checks targets: whether anything is given there, and whether anything speaks to them.
final class TargetChecks {

    private TargetChecks() {}

    /// @param keys where the targets stand
    /// @param engines the database products that something here speaks to
    static void check(Contract contract, List<Key> keys, Set<String> engines, Findings findings) {
        for (Key key : keys) {
            Target target = contract.target(new TargetName(key.name()));
            if (contract.rolesOf(target.name()).findAny().isEmpty()) {
                findings.note(
                        key.place(),
                        "No role is on target " + target.name() + ", so nobody gets anything there.",
                        "Take it away if it is not needed.");
            }
            if (!engines.contains(target.engine())) {
                findings.warning(
                        key.place(),
                        "Nothing here speaks to " + target.engine() + " yet; nothing is done on target " + target.name()
                                + ".",
                        "Keep its accounts by hand as long as that is so.");
            }
        }
    }
}
