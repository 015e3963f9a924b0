package dev.rolewright.engine.postgres;

import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.translation.Remedies;
import dev.rolewright.engine.postgres.translation.RoleBook;
import dev.rolewright.engine.postgres.translation.Seen;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Gives a login of ours another password, or takes the one it has.
///
/// It takes no lock on the cluster: the statement changes one row and says which. Where a pass changes the same row at
/// the same moment, one of the two is told so and tries again.
final class Entrusting {

    private static final int TRIES = 6;
    // With the row changed and the change not committed nobody else can rename, drop or replace the login.
    private static final String STILL = """
            select oid = %1$d, rolcanlogin, (select system_identifier from pg_control_system())::text,
                   (select count(*) from pg_stat_activity where usesysid = %1$d)
            from pg_roles where rolname = %2$s""";

    /// What the server says of the login then.
    private record Changed(boolean canLogIn, String server, int sessions) {}

    private final Context context;
    private final Connection connection;
    private final Account account;

    Entrusting(Context context, Connection connection, Account account) {
        this.context = context;
        this.connection = connection;
        this.account = account;
    }

    /// @return how many sessions are open
    int set(ScramVerifier verifier, Instant until, Consumer<String> check) {
        return change(Quoting.text(verifier.reveal()), until, seen -> {
                    if (!seen.canLogIn()) {
                        throw suspended();
                    }
                    check.accept(seen.server());
                    return true;
                })
                .orElseThrow();
    }

    /// @return how many sessions are open; empty when it was not to be taken after all
    Optional<Integer> take(Instant end, Predicate<String> still) {
        return change("NULL", end, seen -> still.test(seen.server()));
    }

    /// @return how many sessions are open; empty when it is not well, and nothing was changed
    private Optional<Integer> change(String password, Instant until, Predicate<Changed> well) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt(password, until, well);
            } catch (SQLException e) {
                if (!Failures.isContended(e) || Failures.isHeld(e) || tries == TRIES) {
                    throw Failures.of(e, Remedies.ofLogin(context, connection, account));
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000L, 20_000_000L) * tries);
            }
        }
    }

    private Optional<Integer> attempt(String password, Instant until, Predicate<Changed> well) throws SQLException {
        try (Transaction transaction = Transaction.on(connection);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            RoleBook roles = RoleBook.read(
                    context,
                    connection,
                    List.of(account.login().value()),
                    account.id().stream().toList());
            Seen seen = roles.require(account).seen();
            RoleName keeper = seen.keeper() == null ? context.own().grantor() : seen.keeper();
            statement.execute("SET LOCAL ROLE " + Quoting.name(keeper) + "; ALTER ROLE " + Quoting.name(account.login())
                    + " PASSWORD " + password + " VALID UNTIL "
                    + Quoting.text(until.truncatedTo(ChronoUnit.SECONDS).toString()) + "; "
                    + STILL.formatted(seen.id(), Quoting.text(account.login().value())));
            Changed changed = changed(statement);
            if (!well.test(changed)) {
                return Optional.empty();
            }
            transaction.commit();
            return Optional.of(changed.sessions());
        }
    }

    /// @param told of several statements the last of which is [#STILL]
    private Changed changed(Statement told) throws SQLException {
        while (!told.getMoreResults()) {
            if (told.getUpdateCount() < 0) {
                throw new SQLException("the server did not say whose row it changed", "08P01");
            }
        }
        try (ResultSet row = told.getResultSet()) {
            if (!row.next() || !row.getBoolean(1)) {
                throw Failures.changed("Login " + account + " is not the one it was.");
            }
            return new Changed(row.getBoolean(2), row.getString(3), row.getInt(4));
        }
    }

    private EngineFailure suspended() {
        return new EngineFailure(Kind.UNSAFE, "Login " + account + " is suspended, and nobody who is gets a password.");
    }
}
