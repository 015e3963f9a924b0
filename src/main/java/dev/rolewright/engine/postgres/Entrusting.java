package dev.rolewright.engine.postgres;

import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Gives a login of ours another password, or takes the one it has.
///
/// It takes no lock on the cluster: the statement changes one row and says which. Where a pass changes the same row at
/// the same moment, one of the two is told so and tries again.
final class Entrusting {

    private static final int TRIES = 6;
    // With the row changed and the change not committed nobody else can rename, drop or replace the login.
    private static final String STILL = "select oid = ?::oid, rolcanlogin from pg_roles where rolname = ?";

    private final Context context;
    private final Connection connection;
    private final Account account;

    Entrusting(Context context, Connection connection, Account account) {
        this.context = context;
        this.connection = connection;
        this.account = account;
    }

    void set(ScramVerifier verifier, Instant until) {
        change(false, Quoting.text(verifier.reveal()), until, () -> true);
    }

    /// @return whether there is none any more; not, when it was not to be taken after all
    boolean take(Instant end, BooleanSupplier still) {
        return change(true, "NULL", end, still);
    }

    private boolean change(boolean taking, String password, Instant until, BooleanSupplier still) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt(taking, password, until, still);
            } catch (SQLException e) {
                if (!Failures.isContended(e) || Failures.isHeld(e) || tries == TRIES) {
                    throw Failures.of(e, Optional.of(Remedies.ofLogin(context, account)));
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000L, 20_000_000L) * tries);
            }
        }
    }

    private boolean attempt(boolean taking, String password, Instant until, BooleanSupplier still) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            RoleBook roles = RoleBook.read(
                    context,
                    connection,
                    List.of(account.login().value()),
                    account.id().stream().toList());
            if (taking && roles.isGone(account)) {
                return true;
            }
            Seen seen = roles.require(account).seen();
            if (!taking && !seen.login()) {
                throw suspended();
            }
            RoleName keeper = seen.keeper() == null ? context.own().grantor() : seen.keeper();
            statement.execute("SET LOCAL ROLE " + Quoting.name(keeper));
            statement.execute("ALTER ROLE " + Quoting.name(account.login()) + " PASSWORD " + password + " VALID UNTIL "
                    + Quoting.text(until.truncatedTo(ChronoUnit.SECONDS).toString()));
            if (!isStill(seen)) {
                throw RoleBook.changed("Login " + account + " is not the one it was.");
            }
            if (!still.getAsBoolean()) {
                return false;
            }
            connection.commit();
            return true;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private boolean isStill(Seen seen) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STILL)) {
            statement.setLong(1, seen.id());
            statement.setString(2, account.login().value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1) && row.getBoolean(2) == seen.login();
            }
        }
    }

    private EngineFailure suspended() {
        return new EngineFailure(
                Kind.UNSAFE,
                "",
                "Login " + account + " is suspended, and nobody who is gets a password.",
                Optional.empty());
    }
}
