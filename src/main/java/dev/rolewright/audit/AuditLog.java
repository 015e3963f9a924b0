package dev.rolewright.audit;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the trail, newest first.
@ApplicationScoped
public class AuditLog {

    private static final String SELECT = "SELECT id, at, source, actor, request_id, action, subject_type, subject_id,"
            + " before_digest, after_digest, detail FROM audit_event";

    /// What was said of somebody, rather than done about them.
    private static final String SAID = "(action LIKE 'resource.%' OR action LIKE 'hr.%')";

    /// By which a group may become another one for whoever is in it, or none.
    private static final String TURNED = "('resource.patched', 'resource.replaced', 'resource.deleted')";

    /// A request that came at some time in between: clients choose its id, and some choose the same again.
    public record Request(String id, Instant since, Instant until) {}

    private final Store store;
    private final ObjectMapper json;

    AuditLog(Store store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    /// The newest rows the query asks for; the next page asks for what is older than the last of them.
    public List<AuditEntry> read(AuditQuery query) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        add(conditions, values, "source = ?", query.source());
        add(conditions, values, "subject_id = ?", query.subject());
        add(conditions, values, "request_id = ?", query.request());
        add(conditions, values, "actor = ?", query.actor());
        add(conditions, values, "action = ?", query.action());
        add(conditions, values, "at >= ?", query.from());
        add(conditions, values, "at < ?", query.until());
        add(conditions, values, "id < ?", query.olderThan());
        values.add(query.limit());
        String sql = SELECT
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY id DESC LIMIT ?";
        return store.all(sql, this::entry, values.toArray());
    }

    /// What was said of a person, and of groups as far as the person, or one of the groups, came or went; newest
    /// first.
    ///
    /// @param takers of these requests also what they did to groups that the person is in no more
    /// @param limit for the person and for groups, each: who is told of every day has not joined every day
    public List<AuditEntry> of(UUID person, Collection<UUID> groups, Collection<Request> takers, int limit) {
        Set<UUID> all = new HashSet<>(groups);
        all.add(person);
        String[] members = all.stream().map(UUID::toString).toArray(String[]::new);
        String[] subjects = groups.stream().map(UUID::toString).toArray(String[]::new);
        String[] ids = takers.stream().map(Request::id).toArray(String[]::new);
        return store.all(
                "SELECT * FROM ((" + SELECT + " WHERE subject_id = ? AND " + SAID
                        + " ORDER BY id DESC LIMIT ?) UNION ALL ("
                        + SELECT
                        + " WHERE (subject_id = ANY (?) AND (detail -> 'added' ??| ? OR detail -> 'removed' ??| ?))"
                        + " OR (request_id = ANY (?) AND subject_type = 'Group' AND EXISTS (SELECT FROM"
                        + " unnest(?, ?, ?) AS t (request, since, until) WHERE request = request_id AND at BETWEEN since AND until)"
                        + " AND (detail -> 'removed' ??| ? OR action IN " + TURNED
                        + ")) ORDER BY id DESC LIMIT ?)) said"
                        + " ORDER BY id DESC",
                this::entry,
                person.toString(),
                limit,
                subjects,
                members,
                members,
                ids,
                ids,
                takers.stream().map(it -> Store.offset(it.since())).toArray(OffsetDateTime[]::new),
                takers.stream().map(it -> Store.offset(it.until())).toArray(OffsetDateTime[]::new),
                members,
                limit);
    }

    /// When each of these people was last spoken of.
    public Map<UUID, Instant> lastSaid(Collection<UUID> people) {
        return store
                .all(
                        "SELECT DISTINCT ON (subject_id) subject_id, at FROM audit_event WHERE subject_id = ANY (?) AND "
                                + SAID + " ORDER BY subject_id, id DESC",
                        row -> Map.entry(UUID.fromString(row.getString(1)), Store.instant(row, 2)),
                        (Object) people.stream().map(UUID::toString).toArray(String[]::new))
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private AuditEntry entry(ResultSet row) throws SQLException {
        try {
            return new AuditEntry(
                    row.getLong(1),
                    Store.instant(row, 2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    hex(row.getBytes(9)),
                    hex(row.getBytes(10)),
                    json.readTree(row.getString(11)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of an audit row is not JSON", e);
        }
    }

    private static void add(List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private static @Nullable String hex(byte @Nullable [] digest) {
        return digest == null ? null : HexFormat.of().formatHex(digest);
    }
}
