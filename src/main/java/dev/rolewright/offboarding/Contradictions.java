package dev.rolewright.offboarding;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.audit.LastChanges;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Contradiction.Kind;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Finds about whom HR and the directory do not agree, since whichever of both spoke last.
///
/// Nothing depends on it: the fence holds meanwhile, and a person whom either says is gone has no access. It is for
/// whoever puts right what one of the two has wrong.
@ApplicationScoped
public class Contradictions {

    private static final int AT_ONCE = 1_000;

    private static final UUID FIRST = new UUID(0, 0);

    /// The oldest fence of everybody who is fenced, of those who are gone the oldest because of that.
    private static final String GONE = """
            SELECT DISTINCT ON (person) person, sender, event, since, kind = 'leave' FROM fence
            WHERE person > ? AND since <= statement_timestamp() AND (until IS NULL OR until > statement_timestamp())
            ORDER BY person, kind = 'leave', since LIMIT\s""" + AT_ONCE;

    /// The fence that was lifted last of everybody who was fenced and is not.
    private static final String BACK = """
            SELECT DISTINCT ON (person) person, sender, event, until, false FROM fence f
            WHERE person > ? AND until <= statement_timestamp() AND NOT EXISTS (
                SELECT FROM fence o WHERE o.person = f.person AND o.since <= statement_timestamp()
                AND (o.until IS NULL OR o.until > statement_timestamp()))
            ORDER BY person, until DESC LIMIT\s""" + AT_ONCE;

    /// But for what the sender has answered since, by ids: the same of one who may be meant, or of each of them
    /// that they are there from then on. Whatever else it says of one of them says nothing of the others.
    private static final String UNCLEAR = """
            WITH unclear AS (
                SELECT f.*, s.candidates, greatest(s.since, f.received) AS begun,
                       coalesce(f.moment, f.first_day, f.last_day + 1) AS effect
                FROM hr_subject s JOIN hr_fact f ON f.subject = s.id WHERE s.person IS NULL AND s.candidates <> '{}'),
            answer AS (
                SELECT u.id, a.person,
                       g.kind = u.kind AND (g.moment, g.first_day, g.last_day)
                           IS NOT DISTINCT FROM (u.moment, u.first_day, u.last_day) AS same,
                       g.kind = 'rehire' AND coalesce(g.moment, g.first_day, g.last_day + 1) >= u.effect AS there
                FROM unclear u
                JOIN hr_subject a ON a.person = ANY (u.candidates) AND a.sender = u.sender AND a.key = 'id'
                JOIN hr_fact g ON g.subject = a.id AND g.received > u.begun)
            SELECT maybe, sender, event, begun FROM unclear u CROSS JOIN LATERAL (SELECT ARRAY(
                SELECT unnest(u.candidates) EXCEPT SELECT person FROM answer WHERE id = u.id AND there) AS maybe) m
            WHERE maybe <> '{}' AND NOT EXISTS (SELECT FROM answer WHERE id = u.id AND same)""";

    private final Store store;
    private final Identities identities;
    private final LastChanges changes;

    Contradictions(Store store, Identities identities, LastChanges changes) {
        this.store = store;
        this.identities = identities;
        this.changes = changes;
    }

    /// @param away whether the person is only away
    private record Said(PersonId person, String sender, String event, Instant at, boolean away) {}

    /// The oldest first.
    public List<Contradiction> all() {
        List<Contradiction> all = new ArrayList<>();
        find(GONE, Kind.GONE_BUT_ACTIVE, true, all);
        find(BACK, Kind.BACK_BUT_INACTIVE, false, all);
        all.addAll(store.all(
                UNCLEAR,
                row -> new Contradiction(
                        Kind.UNCLEAR,
                        Arrays.stream((UUID[]) row.getArray(1).getArray())
                                .map(PersonId::new)
                                .sorted()
                                .toList(),
                        row.getString(2),
                        row.getString(3),
                        Store.instant(row, 4))));
        all.sort(Comparator.comparing(Contradiction::since).thenComparing(Contradiction::event));
        return List.copyOf(all);
    }

    /// @param active what the identity provider says when it does not agree
    private void find(String sql, Kind kind, boolean active, List<Contradiction> all) {
        List<Said> some = store.all(sql, Contradictions::said, FIRST);
        while (!some.isEmpty()) {
            Map<PersonId, Known> known = identities
                    .known(some.stream().map(Said::person).toList())
                    .stream()
                    .collect(toMap(Known::person, it -> it));
            List<Known> otherwise = known.values().stream()
                    .filter(person -> person.active() == active)
                    .toList();
            Map<PersonId, Instant> changed =
                    changes.of("active", otherwise.stream().map(Known::person).toList());
            for (Said said : some) {
                Known person = known.get(said.person());
                if (person != null && person.active() == active) {
                    Instant spoken = changed.getOrDefault(person.person(), person.created());
                    Instant since = said.at().isBefore(spoken) ? spoken : said.at();
                    all.add(new Contradiction(
                            said.away() ? Kind.AWAY_BUT_ACTIVE : kind,
                            List.of(said.person()),
                            said.sender(),
                            said.event(),
                            since));
                }
            }
            some = store.all(sql, Contradictions::said, some.getLast().person().value());
        }
    }

    private static Said said(ResultSet row) throws SQLException {
        return new Said(
                new PersonId(row.getObject(1, UUID.class)),
                row.getString(2),
                row.getString(3),
                Store.instant(row, 4),
                row.getBoolean(5));
    }
}
