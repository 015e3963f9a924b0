package dev.rolewright.handover;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.login.Joins;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The passwords that people have and when each ends, for whoever has to be told in time; no target is spoken to.
///
/// Nobody but its owner may see a password, so nobody can be given the next one without asking for it.
@ApplicationScoped
public class GivenPasswords {

    /// Whoever was suspended since has none any more.
    private static final String GIVEN = """
             FROM password p JOIN %s l USING (target, person)
            WHERE p.given AND NOT p.taken AND l.usable AND p.asked > l.since - interval '1 minute'""".formatted(Joins.LOGINS);

    private static final String SELECT = "SELECT p.id, p.target, l.name, p.person, p.asked, p.ends" + GIVEN;

    /// No later than in the last third of a password's time: else everybody would be told all the time.
    private static final int SHARE = 3;

    private final Store store;
    private final Contracts contracts;
    private final PasswordConfig config;

    GivenPasswords(Store store, Contracts contracts, PasswordConfig config) {
        this.store = store;
        this.contracts = contracts;
        this.config = config;
    }

    /// A place in the list.
    public record Place(Instant ends, long id) {

        public static Place of(GivenPassword password) {
            return new Place(password.ends(), password.id());
        }
    }

    /// Those that end first, first.
    ///
    /// @param before those that end before
    /// @param after the last one of the page before
    public List<GivenPassword> list(
            Optional<TargetName> target,
            Optional<PersonId> person,
            Optional<Instant> before,
            Optional<Place> after,
            int limit) {
        StringBuilder sql = new StringBuilder(SELECT);
        List<Object> values = new ArrayList<>();
        target.ifPresent(name -> {
            sql.append(" AND p.target = ?");
            values.add(name.value());
        });
        person.ifPresent(id -> {
            sql.append(" AND p.person = ?");
            values.add(id.value());
        });
        before.ifPresent(moment -> {
            sql.append(" AND p.ends < ?");
            values.add(moment);
        });
        after.ifPresent(place -> {
            sql.append(" AND (p.ends, p.id) > (?, ?)");
            values.add(place.ends());
            values.add(place.id());
        });
        values.add(limit);
        return store.all(
                sql.append(" ORDER BY p.ends, p.id LIMIT ?").toString(), GivenPasswords::password, values.toArray());
    }

    /// When the passwords of these people end, by target.
    public Map<PersonId, Map<TargetName, Instant>> ends(Set<PersonId> people) {
        // Of two that were given at the same moment the later one is there.
        return store
                .all(SELECT + " AND p.person = ANY (?) ORDER BY p.id", GivenPasswords::password, (Object)
                        PersonId.ids(people))
                .stream()
                .collect(groupingBy(
                        GivenPassword::person,
                        toMap(GivenPassword::target, GivenPassword::ends, (earlier, later) -> later)));
    }

    /// How long before its end a password is worth a word; empty where the contract gives nobody any.
    public Optional<Duration> warning() {
        return contracts
                .active()
                .flatMap(active -> active.contract().lifecycle().passwordLasts())
                .map(lasts -> lasts.dividedBy(SHARE))
                .map(most -> config.warnBefore().compareTo(most) < 0 ? config.warnBefore() : most);
    }

    /// How many of a target end within that time.
    long ending(TargetName target) {
        return warning()
                .flatMap(within -> store.first(
                        "SELECT count(*)" + GIVEN + " AND p.target = ? AND p.ends < now() + ?::interval",
                        row -> row.getLong(1),
                        target.value(),
                        within.toString()))
                .orElse(0L);
    }

    private static GivenPassword password(ResultSet row) throws SQLException {
        return new GivenPassword(
                row.getLong(1),
                new TargetName(row.getString(2)),
                new LoginName(row.getString(3)),
                new PersonId(row.getObject(4, UUID.class)),
                Store.instant(row, 5),
                Store.instant(row, 6));
    }
}
