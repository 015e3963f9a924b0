package dev.rolewright.engine.postgres;

import dev.rolewright.credential.Password;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Marks.LoginMark;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Knocks at the server's door as somebody who must not come in.
///
/// A server that asks for a password refuses whoever does not know it, and says nothing about the
/// login. So a suspended login gets a password that only this attempt knows, as a verifier, and
/// loses it again. Nothing else is lost by that: whoever is let in again needs another password
/// anyway. Only a login that carries the person's mark and cannot be used is touched.
final class LoginAttempt {

    private static final SecureRandom RANDOM = new SecureRandom();
    // Where the server looks whether a login that proved to be who it is may be used; its messages are translated.
    private static final String JUDGE = "InitializeSessionUserId";

    /// @param keeper who of ours may change it
    private record Seen(long id, boolean canLogIn, Optional<LoginMark> mark, RoleName keeper) {}

    private final Context context;
    private final Connections connections;
    private final Account account;

    LoginAttempt(Context context, Connections connections, Account account) {
        this.context = context;
        this.connections = connections;
        this.account = account;
    }

    Attempt make() {
        Seen before = look();
        if (before == null) {
            return new Attempt.Refused("there is no such login any more");
        }
        if (!isTheirs(before)) {
            return new Attempt.NotTried("the name belongs to somebody else by now");
        }
        if (before.canLogIn()) {
            return new Attempt.NotTried("the login is not suspended");
        }
        Secret password = Password.mint(RANDOM);
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        RANDOM.nextBytes(salt);
        ScramVerifier verifier = ScramVerifier.of(password, salt, ScramVerifier.FEWEST_ITERATIONS);
        try {
            setPassword(before, Quoting.text(verifier.reveal()));
        } catch (SQLException e) {
            return new Attempt.NotTried(
                    "no password could be set: " + Failures.of(e).getMessage());
        }
        try {
            return knock(password);
        } finally {
            forget(before);
        }
    }

    private Attempt knock(Secret password) {
        try {
            connections.knock(account.login(), password);
        } catch (SQLException e) {
            return judge(e);
        }
        Seen after = look();
        return after == null || after.canLogIn()
                ? new Attempt.NotTried("the login was resumed or replaced meanwhile")
                : new Attempt.Admitted();
    }

    private static Attempt judge(SQLException refusal) {
        String state = Optional.ofNullable(refusal.getSQLState()).orElse("");
        ServerErrorMessage message = refusal instanceof PSQLException it ? it.getServerErrorMessage() : null;
        if (message != null && JUDGE.equals(message.getRoutine())) {
            return new Attempt.Refused("the server does not let this login in");
        }
        return switch (state) {
            case "28000" -> new Attempt.Refused("no rule of the server lets this login in from here");
            case "28P01" -> new Attempt.NotTried("the server asks for something else than its own passwords");
            default -> new Attempt.NotTried("the server could not be asked (" + state + ")");
        };
    }

    private boolean isTheirs(Seen seen) {
        return seen.mark()
                        .filter(mark -> mark.person().equals(account.person()))
                        .isPresent()
                && account.id()
                        .filter(id -> !id.equals(Long.toString(seen.id())))
                        .isEmpty();
    }

    private @Nullable Seen look() {
        return Catalogues.look(connections, context.version(), catalogues -> look(catalogues.maintenance()))
                .orElse(null);
    }

    private Optional<Seen> look(Catalogue catalogue) {
        AtomicReference<Seen> seen = new AtomicReference<>();
        OwnIds own = OwnIds.read(catalogue, context.own(), context.reach().user());
        catalogue.read(
                "named",
                row -> seen.set(new Seen(
                        row.getLong(1),
                        row.getBoolean(3),
                        row.getBoolean(5) ? context.marks().readLogin(row.getString(4)) : Optional.empty(),
                        context.own().grantor())),
                own.marker(),
                own.roleMarker(),
                Set.of(account.login().value()),
                Set.of());
        Seen found = seen.get();
        if (found != null && context.keepsGrantors()) {
            catalogue.read(
                    "keeper",
                    row -> seen.set(
                            new Seen(found.id(), found.canLogIn(), found.mark(), new RoleName(row.getString(1)))),
                    found.id(),
                    own.grantor(),
                    own.registrar());
        }
        return Optional.ofNullable(seen.get());
    }

    // Nobody knows the secret, so it does no harm when the line breaks before it is taken back. Whoever was let in
    // again meanwhile has lost it by that, and may have been given another one.
    private void forget(Seen seen) {
        try {
            Seen after = look();
            if (after != null && !after.canLogIn()) {
                setPassword(seen, "NULL");
            }
        } catch (SQLException | EngineFailure _) {
            // The login is suspended all the same.
        }
    }

    // A session that looks reads only; this one transaction says that it does not.
    private void setPassword(Seen seen, String password) throws SQLException {
        Connection connection = connections.maintenance();
        try (Transaction transaction = Transaction.on(connection)) {
            Verbatim.run(
                    connection,
                    "set transaction read write",
                    "set local role " + Quoting.name(seen.keeper()),
                    // A password of theirs may have ended; this one has to be looked at.
                    "ALTER ROLE " + Quoting.name(account.login()) + " PASSWORD " + password
                            + " VALID UNTIL 'infinity'");
            transaction.commit();
        }
    }
}
