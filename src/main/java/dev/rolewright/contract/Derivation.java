package dev.rolewright.contract;

import dev.rolewright.model.Desired;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What was derived for one target.
///
/// @param withheld people who earn a role and get no login, or have one that is no longer ours to touch, because its
/// name is protected or belongs to something else
/// @param separated people who earn roles that are kept apart and get none of them; what else they earn they get
/// @param displaced roles that wait because somebody's login is called so: who was there first keeps the name
public record Derivation(
        Desired desired,
        Map<PersonId, Reason.Nameless> withheld,
        Map<PersonId, List<Reason.Separated>> separated,
        Set<RoleName> displaced) {

    public Derivation {
        withheld = Map.copyOf(withheld);
        separated = Map.copyOf(separated);
        displaced = Set.copyOf(displaced);
    }

    /// Why somebody does not get what they earn.
    public List<Reason> unmet(PersonId person) {
        return Stream.<Reason>concat(
                        separated.getOrDefault(person, List.of()).stream(),
                        Optional.ofNullable(withheld.get(person)).stream())
                .toList();
    }
}
