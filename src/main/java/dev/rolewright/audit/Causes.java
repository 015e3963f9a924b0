package dev.rolewright.audit;

import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// Finds in the trail by which requests of identity providers and HR systems somebody was touched.
///
/// It knows requests that name the person, those that took the person, or a group that the person is in, out of a
/// group, and those that called such a group otherwise or deleted it. What happened to the contract names nobody and
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
            CROSS JOIN LATERAL jsonb_array_elements_text(c.detail -> 'removed') AS m (member)
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

    private final DataSource store;

    public Causes(DataSource store) {
        this.store = store;
    }

    /// The requests in the order in which they came, each once.
    ///
    /// @param people with the groups that they are in, directly or through other groups
    /// @param since when the oldest change became known
    /// @param until when the last of them was read
    public Map<PersonId, List<String>> requests(Map<PersonId, Set<UUID>> people, Instant since, Instant until) {
        Object from = since.minus(SLACK).atOffset(ZoneOffset.UTC);
        Object to = until.atOffset(ZoneOffset.UTC);
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            List<String> persons = new ArrayList<>();
            List<String> above = new ArrayList<>();
            people.forEach((person, groups) -> Stream.concat(Stream.of(person.value()), groups.stream())
                    .forEach(id -> {
                        persons.add(person.toString());
                        above.add(id.toString());
                    }));
            Object ids = connection.createArrayOf(
                    "text", people.keySet().stream().map(PersonId::toString).toArray());
            List<Object> values = List.of(
                    connection.createArrayOf("text", persons.toArray()),
                    connection.createArrayOf("text", above.toArray()),
                    from,
                    to,
                    LONGEST.toMillis(),
                    to,
                    ids,
                    from,
                    to);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            Map<PersonId, List<String>> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(found, new PersonId(UUID.fromString(rows.getString(1))), rows.getString(2));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail could not be read", e);
        }
    }

    private static void add(Map<PersonId, List<String>> found, PersonId person, String request) {
        List<String> requests = found.computeIfAbsent(person, _ -> new ArrayList<>());
        if (!requests.contains(request)) {
            requests.add(request);
        }
    }
}
