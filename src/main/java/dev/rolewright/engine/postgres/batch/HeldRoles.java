package dev.rolewright.engine.postgres.batch;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which roles somebody holds, as far as was noticed by waiting for them.
///
/// What needs a role that is held does not wait at all once that is certain: very many people are put into one role.
final class HeldRoles {

    private final Map<RoleName, PersonId> suspected = new HashMap<>();
    private final Set<RoleName> held = new HashSet<>();

    /// Somebody was waited for in vain by one step alone about a membership. It may be the person's login that is
    /// held; when the same happens to another person it is the role.
    void waitedInVainFor(Step.OfMembership step) {
        PersonId person = step.account().person();
        PersonId other = suspected.putIfAbsent(step.membership().role(), person);
        if (other != null && !other.equals(person)) {
            held.add(step.membership().role());
        }
    }

    /// Whether somebody holds the role, so that whoever needs it can wait for the next pass.
    boolean isHeld(Step.OfMembership step) {
        return held.contains(step.membership().role());
    }
}
