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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/// Finds in the trail by which requests of identity providers and HR systems somebody was touched.
///
/// It knows requests that name the person, and those that took the person out of a group. What happened to a group
/// further up, or to the contract, names nobody and is not guessed.
@ApplicationScoped
public class Causes {

    /// The mark of a change and its row in the trail are two statements of one transaction.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// Changes of groups are read through; what waited longer is not looked for there.
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String FIND = """
            SELECT subject_id, request_id, id FROM audit_event
            WHERE subject_id = ANY (?) AND (action LIKE 'resource.%' OR action LIKE 'hr.%') AND at BETWEEN ? AND ?
            UNION
            SELECT m.person, e.request_id, e.id FROM audit_event e
            CROSS JOIN LATERAL jsonb_array_elements_text(e.detail -> 'removed') AS m (person)
            WHERE e.at BETWEEN greatest(?, ? - ? * interval '1 millisecond') AND ? AND e.action = 'members.changed'
              AND m.person = ANY (?)
            ORDER BY 3""";

    private final DataSource store;

    public Causes(DataSource store) {
        this.store = store;
    }

    /// The requests in the order in which they came, each once.
    ///
    /// @param since when the oldest change became known
    /// @param until when the last of them was read
    public Map<PersonId, List<String>> requests(Collection<PersonId> people, Instant since, Instant until) {
        Object from = since.minus(SLACK).atOffset(ZoneOffset.UTC);
        Object to = until.atOffset(ZoneOffset.UTC);
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            Object ids = connection.createArrayOf(
                    "text", people.stream().map(PersonId::toString).toArray());
            List<Object> values = List.of(ids, from, to, from, to, LONGEST.toMillis(), to, ids);
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
