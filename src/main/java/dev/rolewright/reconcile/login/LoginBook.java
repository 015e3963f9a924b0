package dev.rolewright.reconcile.login;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.rolewright.contract.Look;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The rows about logins: which names are given, and how each login is doing.
@ApplicationScoped
public class LoginBook {

    private static final String COLUMNS =
            "person, name, server_id, server, state, since, held, settled, hiding, error, attempts, due"
                    + " FROM login WHERE target = ?";

    private static final String DOUBTFUL =
            " AND state IN ('active', 'suspended') AND (state = 'suspended' OR NOT settled"
                    + " OR person IN (SELECT person FROM dirty d WHERE d.target = login.target AND at < now() - interval '1 minute'))";

    private static final String WRITE = """
            INSERT INTO login (target, person, name, look, server_id, server, state, since, held, settled, hiding, error, attempts, due, seen)
            SELECT ?, person, name, look, server_id, server, state, since, held, settled, hiding, error, attempts, due,
                   CASE WHEN server_id IS NOT NULL THEN now() END
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS t (person, name, look, server_id, server, state, since, held, settled, hiding, error, attempts, due)
            ON CONFLICT (target, person) DO UPDATE SET
                name = excluded.name, look = excluded.look, server_id = excluded.server_id,
                server = excluded.server, state = excluded.state,
                since = excluded.since, held = excluded.held, settled = excluded.settled,
                hiding = excluded.hiding, error = excluded.error,
                attempts = excluded.attempts, due = excluded.due, seen = coalesce(excluded.seen, login.seen)""";

    private final Store store;

    LoginBook(Store store) {
        this.store = store;
    }

    public Map<PersonId, LoginRow> all(TargetName target) {
        return byPerson(store.many("SELECT " + COLUMNS, rows(), target.value()));
    }

    public Map<PersonId, LoginRow> of(TargetName target, Set<PersonId> people) {
        return byPerson(
                store.all("SELECT " + COLUMNS + " AND person = ANY (?)", rows(), target.value(), PersonId.ids(people)));
    }

    /// Who among these people may have a login now. Of one that is gone that is known only where nothing was begun
    /// since.
    public Set<PersonId> present(TargetName target, Set<PersonId> people) {
        return people.isEmpty()
                ? people
                : Set.copyOf(store.all(
                        "SELECT person FROM login WHERE target = ? AND person = ANY (?)"
                                + " AND (state <> 'dropped' OR NOT settled)",
                        row -> new PersonId(row.getObject(1, UUID.class)),
                        target.value(),
                        PersonId.ids(people)));
    }

    /// The logins that are there and may have to be locked or gone: those that are locked or not as
    /// desired, and those of people about whom something has waited for a while.
    public List<LoginRow> doubtful(TargetName target) {
        return store.many("SELECT " + COLUMNS + DOUBTFUL, rows(), target.value());
    }

    /// Which of these looks some login has or had.
    public Set<Look> taken(TargetName target, Collection<Look> looks) {
        return store
                .all(
                        "SELECT DISTINCT look FROM login WHERE target = ? AND look = ANY (?)",
                        row -> new Look(row.getString(1)),
                        target.value(),
                        looks.stream().map(Look::value).toArray(String[]::new))
                .stream()
                .collect(toUnmodifiableSet());
    }

    public void write(TargetName target, List<LoginRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        store.run(
                WRITE,
                target.value(),
                column(rows, UUID[]::new, row -> row.person().value()),
                column(rows, String[]::new, row -> row.name().value()),
                column(rows, String[]::new, row -> Look.of(row.name()).value()),
                column(rows, String[]::new, row -> row.serverId().orElse(null)),
                column(rows, String[]::new, row -> row.server().orElse(null)),
                column(rows, String[]::new, row -> Store.word(row.state())),
                column(rows, OffsetDateTime[]::new, row -> Store.offset(row.since())),
                column(rows, Boolean[]::new, LoginRow::held),
                column(rows, Boolean[]::new, LoginRow::settled),
                column(rows, Boolean[]::new, LoginRow::hiding),
                column(rows, String[]::new, row -> row.error().orElse(null)),
                column(rows, Integer[]::new, LoginRow::attempts),
                column(
                        rows,
                        OffsetDateTime[]::new,
                        row -> row.due().map(Store::offset).orElse(null)));
    }

    private static <T> T[] column(List<LoginRow> rows, IntFunction<T[]> array, Function<LoginRow, @Nullable T> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static Map<PersonId, LoginRow> byPerson(List<LoginRow> rows) {
        return rows.stream().collect(toUnmodifiableMap(LoginRow::person, Function.identity()));
    }

    // There are very many logins and few servers.
    private static Store.Row<LoginRow> rows() {
        Map<Optional<String>, Optional<String>> servers = new HashMap<>();
        return row -> row(row, servers.computeIfAbsent(Store.text(row, 4), it -> it));
    }

    private static LoginRow row(ResultSet row, Optional<String> server) throws SQLException {
        return new LoginRow(
                new PersonId(row.getObject(1, UUID.class)),
                new LoginName(row.getString(2)),
                Store.text(row, 3),
                server,
                Store.word(LoginRow.State.class, row.getString(5)),
                Store.instant(row, 6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(9),
                Store.text(row, 10),
                row.getInt(11),
                Store.time(row, 12));
    }
}
