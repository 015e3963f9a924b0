package dev.rolewright.reconcile.look;

import dev.rolewright.audit.Causes;
import dev.rolewright.audit.Causes.Effect;
import dev.rolewright.contract.Contract;
import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Finds the requests by which something is done about people: those about themselves, and those
/// about a group that they are in, directly or through other groups.
@ApplicationScoped
public class Occasions {

    private final Causes causes;
    private final People people;

    Occasions(Causes causes, People people) {
        this.causes = causes;
        this.people = people;
    }

    /// @param since when the oldest change became known
    /// @param until when the last of them was read
    public Map<PersonId, List<String>> of(
            Effect effect, Contract contract, Set<PersonId> some, Instant since, Instant until) {
        return some.isEmpty() ? Map.of() : causes.requests(effect, groups(contract, some), since, until);
    }

    private Map<PersonId, Set<UUID>> groups(Contract contract, Set<PersonId> some) {
        Map<UUID, Set<UUID>> above = new HashMap<>();
        people.some(contract, some)
                .groups()
                .values()
                .forEach(group -> group.members()
                        .forEach(member -> above.computeIfAbsent(member, _ -> new HashSet<>())
                                .add(group.id())));
        Map<PersonId, Set<UUID>> groups = new HashMap<>();
        for (PersonId person : some) {
            Set<UUID> found = new HashSet<>();
            List<UUID> open = new ArrayList<>(List.of(person.value()));
            while (!open.isEmpty()) {
                above.getOrDefault(open.removeLast(), Set.of()).stream()
                        .filter(found::add)
                        .forEach(open::add);
            }
            groups.put(person, found);
        }
        return groups;
    }
}
