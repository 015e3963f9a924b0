package dev.rolewright.offboarding;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.directory.Identities.Known;
import dev.rolewright.directory.Identity;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The names that senders gave, and to whom they lead: the rows.
@ApplicationScoped
class NameBook {

    private static final String COLUMNS = "s.id, s.sender, s.key, s.value, s.person, s.candidates, s.was";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM hr_subject s";

    /// The names of a sender, each looked for by itself: the server knows nothing of a table that just began to
    /// fill.
    private static final String GIVEN = """
            unnest(?, ?) n (key, value) CROSS JOIN LATERAL (
                SELECT * FROM hr_subject WHERE key = n.key AND value = n.value AND sender = ? AND NOT past OFFSET 0) s""";

    private static final String NEVER_GIVEN_AGAIN = Store.word(Identity.Key.ID);

    /// By name, each way by an index of its own, and those of which it was not clear who of these people is meant.
    private static final String CONCERNING = """
            SELECT %1$s FROM unnest(?, ?) n (key, value)
            CROSS JOIN LATERAL (
                SELECT * FROM hr_subject WHERE key = n.key AND value = n.value AND NOT past
                UNION ALL SELECT * FROM hr_subject WHERE key = n.key AND value = n.value AND past) s
            UNION
            SELECT %1$s FROM hr_subject s WHERE s.person IS NULL AND s.candidates <> '{}' AND s.candidates && ?
            ORDER BY 1""".formatted(COLUMNS);

    private static final String AFTER = """
            SELECT %1$s FROM hr_subject s WHERE s.was = ANY (?) AND s.person IS NULL
            UNION
            SELECT %1$s FROM (SELECT * FROM hr_subject WHERE was = ANY (?) AND person IS NULL AND past OFFSET 0) p
            CROSS JOIN LATERAL (
                SELECT * FROM hr_subject WHERE key = p.key AND value = p.value AND sender = p.sender AND NOT past
                AND person IS NULL AND was IS NULL OFFSET 0) s
            ORDER BY 1""".formatted(COLUMNS);

    private static final String BEFORE = """
            SELECT %s, n.id FROM unnest(?) i (id)
            CROSS JOIN LATERAL (SELECT * FROM hr_subject WHERE id = i.id OFFSET 0) n
            CROSS JOIN LATERAL (
                SELECT * FROM hr_subject WHERE key = n.key AND value = n.value AND sender = n.sender AND past
                ORDER BY id DESC LIMIT 1) s
            WHERE NOT n.past AND (
                SELECT (array_agg(kind ORDER BY id))[1] FROM hr_fact WHERE subject = n.id) = ANY (?)""".formatted(COLUMNS);

    private final Store store;

    NameBook(Store store) {
        this.store = store;
    }

    /// A name of a sender.
    ///
    /// @param person whom it leads to; empty as long as it waits
    /// @param candidates who might be meant, when that is why it waits
    /// @param was whom it led to until that person went; what waits so waits for the same human
    record Name(
            long id,
            String sender,
            Identity identity,
            Optional<PersonId> person,
            Set<PersonId> candidates,
            Optional<PersonId> was) {}

    boolean isEmpty() {
        return store.all("SELECT FROM hr_subject LIMIT 1", _ -> true).isEmpty();
    }

    List<Name> of(Collection<Long> ids) {
        return store.all(
                SELECT + " WHERE s.id = ANY (?) ORDER BY s.id", NameBook::name, (Object) ids.toArray(Long[]::new));
    }

    /// Those of these names that a sender gave before.
    List<Name> of(String sender, Collection<Identity> identities) {
        return store.all(
                "SELECT " + COLUMNS + " FROM " + GIVEN, NameBook::name, keys(identities), values(identities), sender);
    }

    /// Parts what is said from now on under these names from what was said of people who are gone: whoever
    /// has such a name now, or next, may be somebody else. An id has nobody else.
    void part(String sender, Collection<Identity> identities) {
        store.run(
                "UPDATE hr_subject SET past = true WHERE id = ANY (ARRAY(SELECT id FROM hr_subject"
                        + " WHERE id = ANY (ARRAY(SELECT s.id FROM " + GIVEN + ")) AND person IS NULL"
                        + " AND was IS NOT NULL AND key <> ? ORDER BY id FOR UPDATE))",
                keys(identities),
                values(identities),
                sender,
                NEVER_GIVEN_AGAIN);
    }

    /// Adds names where they are not there, and keeps others from changing any of them until the caller's
    /// transaction ends. Everybody who does so takes them in the same order, so that nobody waits in a circle.
    ///
    /// @param people to whom a name leads that is new; for a name without one, it waits
    Map<Identity, Name> add(String sender, Collection<Identity> identities, Map<Identity, PersonId> people) {
        List<Identity> sorted = identities.stream()
                .sorted(Comparator.comparing(Identity::key).thenComparing(Identity::value))
                .toList();
        Map<Identity, Name> all = new HashMap<>();
        store.all(
                        "INSERT INTO hr_subject AS s (sender, key, value, person) SELECT ?, * FROM unnest(?, ?, ?)"
                                + " ON CONFLICT (key, value, sender) WHERE NOT past DO NOTHING RETURNING " + COLUMNS,
                        NameBook::name,
                        sender,
                        keys(sorted),
                        values(sorted),
                        sorted.stream()
                                .map(identity -> Optional.ofNullable(people.get(identity))
                                        .map(PersonId::value)
                                        .orElse(null))
                                .toArray(UUID[]::new))
                .forEach(name -> all.put(name.identity(), name));
        List<Identity> known =
                sorted.stream().filter(identity -> !all.containsKey(identity)).toList();
        if (!known.isEmpty()) {
            store.all(
                            SELECT + " WHERE s.id = ANY (ARRAY(SELECT s.id FROM " + GIVEN
                                    + ")) ORDER BY s.id FOR UPDATE",
                            NameBook::name,
                            keys(known),
                            values(known),
                            sender)
                    .forEach(name -> all.put(name.identity(), name));
        }
        return all;
    }

    /// Names that may lead to one of these people, or no longer to them.
    List<Name> concerning(Collection<Known> known, Set<PersonId> people) {
        List<Identity> names =
                known.stream().flatMap(each -> each.identities().stream()).toList();
        return store.all(CONCERNING, NameBook::name, keys(names), values(names), PersonId.ids(people));
    }

    /// A part of all names that wait for somebody who never was there.
    List<Name> waiting(long after, int limit) {
        return store.all(
                SELECT + " WHERE s.person IS NULL AND s.was IS NULL AND s.id > ? ORDER BY s.id LIMIT ?",
                NameBook::name,
                after,
                limit);
    }

    /// Names that wait since one of these people is gone, and those that were given again since and wait for
    /// whoever has them.
    List<Name> after(Collection<PersonId> gone) {
        return store.all(AFTER, NameBook::name, PersonId.ids(gone), PersonId.ids(gone));
    }

    /// Of these names the last one of who had it before, when the first thing said since is that somebody is back:
    /// that is said of who was away. Of whom it is first said that they go, that may be somebody else.
    Map<Long, Name> before(Collection<Long> ids) {
        Map<Long, Name> before = new HashMap<>();
        store.all(
                BEFORE,
                row -> before.put(row.getLong(8), name(row)),
                ids.toArray(Long[]::new),
                Arrays.stream(Fact.Kind.values())
                        .filter(kind -> !kind.takes())
                        .map(Store::word)
                        .toArray(String[]::new));
        return before;
    }

    /// Whose names wait since lately because they are gone.
    Set<PersonId> goneLately(Duration time) {
        return Set.copyOf(store.all(
                "SELECT DISTINCT was FROM hr_subject WHERE person IS NULL AND was IS NOT NULL"
                        + " AND since > now() - ? * interval '1 second'",
                row -> new PersonId(row.getObject(1, UUID.class)),
                time.toSeconds()));
    }

    /// Lets the names of these people wait. They are taken in the same order as when a sender gives them.
    List<Name> free(Collection<PersonId> people) {
        return store.all(
                "UPDATE hr_subject s SET person = NULL, was = person, since = now() WHERE s.id = ANY (ARRAY("
                        + "SELECT id FROM hr_subject WHERE person = ANY (?) ORDER BY id FOR UPDATE)) RETURNING "
                        + COLUMNS,
                NameBook::name,
                (Object) PersonId.ids(people));
    }

    /// Lets a name that waits lead to somebody.
    ///
    /// @return whether it still waited
    boolean lead(Name name, PersonId person) {
        return store.run(
                        "UPDATE hr_subject SET person = ?, was = NULL, candidates = '{}', since = now()"
                                + " WHERE id = ? AND person IS NULL",
                        person.value(),
                        name.id())
                == 1;
    }

    void unclear(Name name, Set<PersonId> candidates) {
        store.run(
                "UPDATE hr_subject SET candidates = ? WHERE id = ? AND person IS NULL",
                PersonId.ids(candidates),
                name.id());
    }

    private static String[] keys(Collection<Identity> identities) {
        return identities.stream().map(identity -> Store.word(identity.key())).toArray(String[]::new);
    }

    private static String[] values(Collection<Identity> identities) {
        return identities.stream().map(Identity::value).toArray(String[]::new);
    }

    private static Name name(ResultSet row) throws SQLException {
        return new Name(
                row.getLong(1),
                row.getString(2),
                new Identity(Store.word(Identity.Key.class, row.getString(3)), row.getString(4)),
                Optional.ofNullable(row.getObject(5, UUID.class)).map(PersonId::new),
                Arrays.stream((UUID[]) row.getArray(6).getArray())
                        .map(PersonId::new)
                        .collect(toSet()),
                Optional.ofNullable(row.getObject(7, UUID.class)).map(PersonId::new));
    }
}
