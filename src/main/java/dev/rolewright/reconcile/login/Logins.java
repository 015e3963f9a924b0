package dev.rolewright.reconcile.login;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.contract.Look;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What we know of people's logins, for whoever asks; no target is spoken to.
@ApplicationScoped
public class Logins {

    /// Of a target that the contract has no more, nothing is told but what was known last, and that
    /// it is not looked after. A login that is settled was seen by the last look at the whole,
    /// which does not touch its row.
    ///
    /// What is locked is told to be, whatever else is the matter with it. A proof that did not hold counts until
    /// the login was looked at again.
    private static final String SELECT = """
            SELECT l.target, l.person, l.name, l.server_id, l.since,
                   CASE WHEN s.retired AND l.state <> 'dropped'
                        THEN 'the contract has no such target any more, so nobody looks after this login'
                        WHEN l.error IS NOT NULL OR l.state <> 'suspended' THEN l.error
                        WHEN l.held THEN 'what is still to be taken from it waits for a human'
                        WHEN r.owed THEN 'it is not proven yet that all is gone that was to go'
                        WHEN r.proven > v.seen THEN 'it is not proven that all is gone that was to go: ' || r.why END,
                   v.seen,
                   CASE WHEN l.state = 'suspended' AND NOT s.retired
                        THEN CASE WHEN l.error IS NOT NULL OR l.held OR r.proven > v.seen THEN 'locked' ELSE l.state END
                        WHEN l.error IS NOT NULL AND NOT s.retired THEN 'failed' WHEN l.held THEN 'held' ELSE l.state END
            FROM login l JOIN target_state s USING (target)
            CROSS JOIN LATERAL (
                SELECT CASE WHEN l.settled AND l.state <> 'dropped' THEN greatest(l.seen, s.last_whole) ELSE l.seen END
            ) v (seen)
            LEFT JOIN LATERAL (
                SELECT verdict IS NULL AS owed, CASE WHEN NOT verdict AND overtaken IS NULL THEN proven END AS proven, why
                FROM receipt WHERE l.state = 'suspended' AND receipt.person = l.person AND receipt.target = l.target
                ORDER BY id DESC LIMIT 1) r ON true
            """;

    private static final String UNTENDED = "WHERE s.retired AND l.state IN ('active', 'suspended')";

    private static final String LOOKING = "SELECT look, person FROM login"
            + " WHERE target = ANY (ARRAY(SELECT target FROM target_state)) AND look = ANY (?)";

    private final Store store;

    Logins(Store store) {
        this.store = store;
    }

    /// A login in the list of a target's. Several people may have had one name: what somebody changed by hand, and
    /// what was known before the store was lost, is kept as it is.
    public record Place(LoginName name, PersonId person) {

        public static Place of(KnownLogin login) {
            return new Place(login.name(), login.person());
        }
    }

    /// The logins of a target by name.
    ///
    /// @param after the last of the page before
    public List<KnownLogin> ofTarget(TargetName target, Optional<Place> after, int limit) {
        return store.all(
                SELECT + "WHERE l.target = ? AND (?::uuid IS NULL OR (l.name, l.person) > (?, ?))"
                        + " ORDER BY l.name, l.person LIMIT ?",
                Logins::login,
                target.value(),
                after.map(place -> place.person().value()).orElse(null),
                after.map(place -> place.name().value()).orElse(null),
                after.map(place -> place.person().value()).orElse(null),
                limit);
    }

    /// The logins of these people on all targets; who has none is missing.
    public Map<PersonId, List<KnownLogin>> of(Set<PersonId> people) {
        return store
                .all(SELECT + "WHERE l.person = ANY (?) ORDER BY l.person, l.target", Logins::login, (Object)
                        PersonId.ids(people))
                .stream()
                .collect(groupingBy(KnownLogin::person));
    }

    /// Whose login somewhere has, or had, one of these looks.
    public Map<Look, Set<PersonId>> looking(Collection<Look> looks) {
        return store
                .all(
                        LOOKING,
                        row -> Map.entry(new Look(row.getString(1)), new PersonId(row.getObject(2, UUID.class))),
                        (Object) looks.stream().map(Look::value).toArray(String[]::new))
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));
    }

    /// The logins on targets that the contract has no more.
    public List<UntendedLogin> untended(int most) {
        return store.all(
                // A target is put down for a look at the moment it leaves; who works on it then may put it off once.
                "SELECT k.*, least(t.whole_due, now()) FROM (" + SELECT + UNTENDED
                        + ") k JOIN target_state t USING (target) ORDER BY target, name LIMIT ?",
                row -> new UntendedLogin(login(row), Store.instant(row, 9)),
                most);
    }

    public long countUntended() {
        return store.first(
                        "SELECT count(*) FROM login l JOIN target_state s USING (target) " + UNTENDED,
                        row -> row.getLong(1))
                .orElseThrow();
    }

    private static KnownLogin login(ResultSet row) throws SQLException {
        return new KnownLogin(
                new TargetName(row.getString(1)),
                new PersonId(row.getObject(2, UUID.class)),
                new LoginName(row.getString(3)),
                Store.text(row, 4),
                Store.word(KnownLogin.State.class, row.getString(8)),
                Store.instant(row, 5),
                Store.text(row, 6),
                Store.time(row, 7));
    }
}
