package dev.rolewright.directory;

import static java.util.stream.Collectors.groupingBy;

import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.scim.schema.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is meant by a name, and by which names people are known, in the whole installation: whoever asks here is no
/// identity provider and does not know of sources.
@ApplicationScoped
public class Identities {

    /// More people of one name than this are not told: it is not clear who is meant.
    public static final int MOST = 10;

    private static final String ENTERPRISE = "'" + Schema.ENTERPRISE + "'";

    private static final String IN_ANY_SOURCE = "source_id = ANY (ARRAY(SELECT id FROM source)) AND type = 'User' AND ";

    /// Whoever is not said to be inactive is active.
    static final String ACTIVE = "coalesce((r.document -> 'active')::boolean, true)";

    private static final String KNOWN = """
            SELECT r.id, %s, r.document ->> 'timezone',
                   r.search ->> 'userName', r.search ->> 'externalId', r.search -> %s ->> 'employeeNumber',
                   ARRAY(SELECT e ->> 'value' FROM jsonb_array_elements(r.search -> 'emails') e WHERE e ->> 'value' IS NOT NULL),
                   r.created, r.source_id
            FROM unnest(?) p (id) CROSS JOIN LATERAL (SELECT * FROM resource WHERE id = p.id OFFSET 0) r
            WHERE r.type = 'User'""".formatted(ACTIVE, ENTERPRISE);

    private final DirectoryStore store;

    Identities(DirectoryStore store) {
        this.store = store;
    }

    /// Somebody whom the directory knows.
    ///
    /// @param active what the identity provider says; whoever is not said to be inactive is active
    /// @param timezone as the identity provider wrote it
    /// @param created since when the directory knows the person
    /// @param source which of the identity providers it is that knows the person
    public record Known(
            PersonId person,
            boolean active,
            Optional<String> timezone,
            Set<Identity> identities,
            Instant created,
            int source) {

        public Known {
            identities = Set.copyOf(identities);
        }
    }

    /// Those of these people whom the directory knows.
    public List<Known> known(Collection<PersonId> people) {
        Object ids = PersonId.ids(people);
        return store.all(Sql.of(KNOWN, ids), Identities::known);
    }

    /// Those of these people whom the directory knows, and nothing about them.
    public Set<PersonId> there(Collection<PersonId> people) {
        return some(people, "r.type = 'User'");
    }

    /// The time zones of those of these people who have one, as the identity provider wrote them.
    public Map<PersonId, String> timezones(Collection<PersonId> people) {
        Map<PersonId, String> zones = new HashMap<>();
        if (people.isEmpty()) {
            return zones;
        }
        Object ids = PersonId.ids(people);
        store.each(
                Sql.of(
                        "SELECT r.id, r.document ->> 'timezone' FROM unnest(?) p (id) CROSS JOIN LATERAL"
                                + " (SELECT * FROM resource WHERE id = p.id OFFSET 0) r"
                                + " WHERE r.type = 'User' AND r.document ->> 'timezone' IS NOT NULL",
                        ids),
                row -> zones.put(new PersonId(row.getObject(1, UUID.class)), row.getString(2)));
        return zones;
    }

    /// Those of these people whom the identity provider says to be active.
    public Set<PersonId> active(Collection<PersonId> people) {
        return some(people, "r.type = 'User' AND " + ACTIVE);
    }

    private Set<PersonId> some(Collection<PersonId> people, String condition) {
        if (people.isEmpty()) {
            return new HashSet<>();
        }
        Object ids = PersonId.ids(people);
        return new HashSet<>(store.all(
                Sql.of(
                        "SELECT r.id FROM unnest(?) p (id) CROSS JOIN LATERAL (SELECT * FROM resource WHERE id = p.id"
                                + " OFFSET 0) r WHERE " + condition,
                        ids),
                row -> new PersonId(row.getObject(1, UUID.class))));
    }

    /// Lets nobody change these people, or let them go, until the caller's transaction ends: whoever is about
    /// to do so waits, and sees then what the caller has written.
    ///
    /// @return those who are there, with their time zones as the identity provider wrote them
    public Map<PersonId, Optional<String>> hold(Collection<PersonId> people) {
        Map<PersonId, Optional<String>> held = new HashMap<>();
        if (!people.isEmpty()) {
            Object ids = PersonId.ids(people);
            store.each(
                    Sql.of(
                            "SELECT id, document ->> 'timezone' FROM resource WHERE id = ANY (?) AND type = 'User'"
                                    + " ORDER BY id FOR SHARE",
                            ids),
                    row -> held.put(new PersonId(row.getObject(1, UUID.class)), Optional.ofNullable(row.getString(2))));
        }
        return held;
    }

    /// How many people the identity providers say to be active. It looks at everybody.
    public long active() {
        return store.first(
                        Sql.of("SELECT count(*) FROM resource r WHERE r.type = 'User' AND " + ACTIVE),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /// The people of each name; a name that nobody has is not in the answer.
    public Map<Identity, Set<PersonId>> people(Collection<Identity> identities) {
        Map<Identity, Set<PersonId>> found = new HashMap<>();
        identities.stream()
                .distinct()
                .collect(groupingBy(Identity::key))
                .forEach((key, some) -> store.each(
                        named(key, some.stream().map(Identity::value).toList()),
                        row -> found.computeIfAbsent(new Identity(key, row.getString(1)), _ -> new HashSet<>())
                                .add(new PersonId(row.getObject(2, UUID.class)))));
        return found;
    }

    /// The people whose userName is one of these names before an `@`; a name that begins nobody's is not in the
    /// answer.
    ///
    /// @param names folded as userName compares
    public Map<String, Set<PersonId>> beforeAt(Collection<String> names) {
        Map<String, Set<PersonId>> found = new HashMap<>();
        store.each(
                begun(names),
                row -> found.computeIfAbsent(row.getString(1), _ -> new HashSet<>())
                        .add(new PersonId(row.getObject(2, UUID.class))));
        return found;
    }

    static Sql begun(Collection<String> names) {
        String userName = "(search ->> 'userName') COLLATE \"C\"";
        return Sql.of(
                "SELECT k.value, r.id FROM unnest(?) k (value) CROSS JOIN LATERAL (SELECT id FROM resource WHERE "
                        + IN_ANY_SOURCE + userName + " > k.value || '@' AND " + userName
                        + " < k.value || 'A' LIMIT " + (MOST + 1) + ") r", // A comes after @
                (Object) Sql.texts(names));
    }

    static Sql named(Key key, List<String> values) {
        return Sql.of(
                "SELECT k.value, r.id FROM unnest(?) k (value) CROSS JOIN LATERAL (SELECT id FROM resource WHERE "
                        + condition(key) + " LIMIT " + (MOST + 1) + ") r",
                (Object) Sql.texts(values));
    }

    /// Each goes by an index.
    private static String condition(Key key) {
        String number = "(search -> " + ENTERPRISE + " ->> 'employeeNumber')";
        return switch (key) {
            case ID -> "id = k.value::uuid AND type = 'User'";
            case USER_NAME -> IN_ANY_SOURCE + "(search ->> 'userName') COLLATE \"C\" = k.value";
            case EXTERNAL_ID -> IN_ANY_SOURCE + "(search ->> 'externalId') COLLATE \"C\" = k.value";
            case EMPLOYEE_NUMBER ->
                "type = 'User' AND " + number + " IS NOT NULL AND " + number + " COLLATE \"C\" = k.value";
            case EMAIL ->
                "type = 'User' AND search -> 'emails' @> jsonb_build_array(jsonb_build_object('value', k.value))";
        };
    }

    private static Known known(ResultSet row) throws SQLException {
        PersonId person = new PersonId(row.getObject(1, UUID.class));
        Set<Identity> identities = new HashSet<>();
        identities.add(new Identity(Key.ID, person.toString()));
        add(identities, Key.USER_NAME, row.getString(4));
        add(identities, Key.EXTERNAL_ID, row.getString(5));
        add(identities, Key.EMPLOYEE_NUMBER, row.getString(6));
        for (String email : (String[]) row.getArray(7).getArray()) {
            add(identities, Key.EMAIL, email);
        }
        return new Known(
                person,
                row.getBoolean(2),
                Optional.ofNullable(row.getString(3)),
                identities,
                Columns.time(row, 8),
                row.getInt(9));
    }

    private static void add(Set<Identity> identities, Key key, @Nullable String value) {
        // A name that no sender can say leads nowhere.
        if (value != null && Identity.isName(value)) {
            identities.add(new Identity(key, value));
        }
    }
}
