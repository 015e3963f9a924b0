package dev.rolewright.audit;

import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Finds in the trail by which requests of identity providers and HR systems somebody was touched.
///
/// It knows requests that name the person, those that took the person, or a group that the person is in, out of a
/// group (or, where that is asked for, into one), and those that called such a group otherwise or deleted it. What
/// happened to the contract names nobody and
/// is not guessed.
@ApplicationScoped
public class Causes {

    /// The mark of a change and its row in the trail are two statements of one transaction.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// Changes of groups are read through; what waited longer is not looked for there.
    private static final Duration LONGEST = Duration.ofDays(7);

    /// A group that is gone has left no members; its own changes before tell who was in it.
    private static final String FIND = """
            WITH above (person, id) AS (SELECT * FROM unnest(?, ?)),
            changes AS (
                SELECT id, request_id, action, subject_id, detail FROM audit_event
                WHERE at BETWEEN greatest(?, ? - ? * interval '1 millisecond') AND ? AND subject_type = 'Group'
                  AND action IN ('members.changed', 'resource.patched', 'resource.replaced', 'resource.deleted'))
            SELECT subject_id, request_id, id FROM audit_event
            WHERE subject_id = ANY (?) AND (action LIKE 'resource.%' OR action LIKE 'hr.%') AND at BETWEEN ? AND ?
            UNION
            SELECT above.person, c.request_id, c.id FROM changes c
            CROSS JOIN LATERAL (
                SELECT jsonb_array_elements_text(c.detail -> 'removed')
                UNION ALL
                SELECT jsonb_array_elements_text(c.detail -> 'added') WHERE ?) AS m (member)
            JOIN above ON above.id = m.member WHERE c.action = 'members.changed'
            UNION
            SELECT above.person, c.request_id, c.id FROM changes c JOIN above ON above.id = c.subject_id
            WHERE c.action IN ('resource.patched', 'resource.replaced')
              AND (c.detail -> 'changed' @> '"displayName"' OR c.detail -> 'changed' @> '"externalId"')
            UNION
            SELECT above.person, c.request_id, c.id FROM changes c
            CROSS JOIN LATERAL (
                SELECT m.member FROM audit_event e
                CROSS JOIN LATERAL (
                    SELECT member, true AS there FROM jsonb_array_elements_text(e.detail -> 'added') AS a (member)
                    UNION ALL
                    SELECT member, false FROM jsonb_array_elements_text(e.detail -> 'removed') AS r (member)) m
                WHERE e.subject_id = c.subject_id AND e.action = 'members.changed' AND e.id < c.id
                GROUP BY m.member HAVING max(e.id) FILTER (WHERE m.there) > coalesce(max(e.id) FILTER (WHERE NOT m.there), 0)
            ) were
            JOIN above ON above.id = were.member WHERE c.action = 'resource.deleted'
            ORDER BY 3""";

    private record Cause(PersonId person, String request) {

        static Cause of(ResultSet row) throws SQLException {
            return new Cause(new PersonId(UUID.fromString(row.getString(1))), row.getString(2));
        }
    }

    private final Store store;

    public Causes(Store store) {
        this.store = store;
    }

    /// What a request can have led to.
    public enum Effect {
        /// Somebody has less than before.
        LOSS,
        /// Somebody has more or less than before.
        ANY
    }

    /// The requests in the order in which they came, each once.
    ///
    /// @param people with the groups that they are in, directly or through other groups
    /// @param since when the oldest change became known
    /// @param until when the last of them was read
    public Map<PersonId, List<String>> requests(
            Effect effect, Map<PersonId, Set<UUID>> people, Instant since, Instant until) {
        Instant from = since.minus(SLACK);
        List<String> persons = new ArrayList<>();
        List<String> above = new ArrayList<>();
        people.forEach((person, groups) -> Stream.concat(Stream.of(person.value()), groups.stream())
                .forEach(id -> {
                    persons.add(person.toString());
                    above.add(id.toString());
                }));
        Map<PersonId, List<String>> found = new HashMap<>();
        store.all(
                        FIND,
                        Cause::of,
                        persons.toArray(String[]::new),
                        above.toArray(String[]::new),
                        from,
                        until,
                        LONGEST.toMillis(),
                        until,
                        people.keySet().stream().map(PersonId::toString).toArray(String[]::new),
                        from,
                        until,
                        effect == Effect.ANY)
                .forEach(cause -> add(found, cause));
        return found;
    }

    private static void add(Map<PersonId, List<String>> found, Cause cause) {
        List<String> requests = found.computeIfAbsent(cause.person(), _ -> new ArrayList<>());
        if (!requests.contains(cause.request())) {
            requests.add(cause.request());
        }
    }
}
