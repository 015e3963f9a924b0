package dev.rolewright.reconcile.hold;

import static java.util.function.Predicate.not;

import dev.rolewright.audit.LastChanges;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.LastWord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When HR or the identity provider dismissed people for the last time who are dismissed now.
///
/// What an identity provider repeats changes nothing and leaves no trace, so it does not count; what HR says under
/// a name of its own does.
@ApplicationScoped
class Dismissals {

    private final LastWord hr;
    private final Identities identities;
    private final LastChanges changes;

    Dismissals(LastWord hr, Identities identities, LastChanges changes) {
        this.hr = hr;
        this.identities = identities;
        this.changes = changes;
    }

    Map<PersonId, Instant> last(Collection<PersonId> people) {
        if (people.isEmpty()) {
            return Map.of();
        }
        Map<PersonId, Instant> last = new HashMap<>(hr.of(people));
        List<PersonId> inactive = identities.known(people).stream()
                .filter(not(Known::active))
                .map(Known::person)
                .toList();
        changes.of("active", inactive)
                .forEach((person, at) -> last.merge(person, at, (one, other) -> one.isAfter(other) ? one : other));
        return last;
    }
}
