package dev.rolewright.audit;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/// Finds in the trail since when the identity provider says what it says of people.
@ApplicationScoped
public class LastChanges {

    private final Store store;

    LastChanges(Store store) {
        this.store = store;
    }

    private record Changed(PersonId person, Instant at) {}

    /// When an attribute of these people was given another value for the last time; who still has the first is not
    /// told of.
    public Map<PersonId, Instant> of(String attribute, Collection<PersonId> people) {
        return store
                .all(
                        "SELECT p.person, e.at FROM unnest(?) p (person) CROSS JOIN LATERAL (SELECT at FROM audit_event"
                                + " WHERE subject_id = p.person AND action IN ('resource.patched', 'resource.replaced')"
                                + " AND detail -> 'changed' @> to_jsonb(?::text) ORDER BY id DESC LIMIT 1) e",
                        row -> new Changed(new PersonId(UUID.fromString(row.getString(1))), Store.instant(row, 2)),
                        people.stream().map(PersonId::toString).toArray(String[]::new),
                        attribute)
                .stream()
                .collect(toMap(Changed::person, Changed::at));
    }
}
