package dev.rolewright.reconcile;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Finds in the audit trail by which requests of identity providers somebody was touched.
///
/// It knows requests that name the person, and those that took the person out of a group. What happened to a group
/// further up, or to the contract, names nobody and is not guessed.
@ApplicationScoped
class Requests {

    /// The mark of a change and its row in the trail are two statements of one transaction.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// Changes of groups are read through; what waited longer is not looked for there.
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String FIND = """
            SELECT subject_id, id, request_id FROM audit_event
            WHERE subject_id = ANY (?) AND action LIKE 'resource.%' AND at BETWEEN ? AND ?
            UNION
            SELECT m.person, e.id, e.request_id FROM audit_event e
            CROSS JOIN LATERAL jsonb_array_elements_text(e.detail -> 'removed') AS m (person)
            WHERE e.at BETWEEN greatest(?, ? - ? * interval '1 millisecond') AND ? AND e.action = 'members.changed'
              AND m.person = ANY (?)
            ORDER BY 2""";

    private final Store store;

    Requests(Store store) {
        this.store = store;
    }

    private record Found(PersonId person, String request) {}

    /// @param since when the oldest change became known
    /// @param until when the last of them was read
    Map<PersonId, List<String>> of(Collection<PersonId> people, Instant since, Instant until) {
        String[] ids = people.stream().map(PersonId::toString).toArray(String[]::new);
        Instant from = since.minus(SLACK);
        return store
                .all(
                        FIND,
                        row -> new Found(new PersonId(UUID.fromString(row.getString(1))), row.getString(3)),
                        ids,
                        from,
                        until,
                        from,
                        until,
                        LONGEST.toMillis(),
                        until,
                        ids)
                .stream()
                .distinct()
                .collect(groupingBy(Found::person, mapping(Found::request, toList())));
    }
}
