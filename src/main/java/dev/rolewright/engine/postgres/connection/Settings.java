package dev.rolewright.engine.postgres.connection;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What every connection of ours sets, because a server, the owner of a database and whoever may change our login can
/// say something else for every session that begins (`ALTER DATABASE … SET`, `ALTER ROLE … SET`).
///
/// `RESET` leads back to what they said. So nobody of us ever resets anything, a role least of all.
final class Settings {

    // Longer than from one look at everybody to the next, so that one connection is always there: when somebody takes
    // all that the server has, nobody gets in to suspend him.
    private static final Duration IDLE = Duration.ofMinutes(30);

    private Settings() {}

    /// @param maintenance whether it is the database in which a server says that it takes no changes
    static String of(int version, Purpose purpose, boolean maintenance, Reach.Patience patience) {
        List<String> settings = new ArrayList<>(List.of(
                "set role none",
                // Names mean what the catalogue says.
                "set search_path = pg_catalog, pg_temp",
                // What is written means one thing, and a condition's text, of which a digest is kept, is always the
                // same.
                "set standard_conforming_strings = on",
                "set quote_all_identifiers = off",
                "set transform_null_equals = off",
                "set datestyle = 'ISO, MDY'",
                "set intervalstyle = 'postgres'",
                "set bytea_output = 'hex'",
                "set timezone = 'UTC'",
                // A second question in a transaction sees what others did since the first.
                "set default_transaction_isolation = 'read committed'",
                "set row_security = on",
                // A grant that did nothing is a warning, and an error is no reason to leave.
                "set client_min_messages = warning",
                "set exit_on_error = off",
                "set jit = off",
                "set lock_timeout = " + patience.lock().toMillis(),
                "set statement_timeout = " + patience.statement().toMillis(),
                // One waits in its transaction while another one works.
                "set idle_in_transaction_session_timeout = "
                        + 2 * patience.statement().toMillis(),
                "set idle_session_timeout = " + IDLE.toMillis(),
                // What is done stays done when the server breaks down; stronger promises are the server's own affair.
                "select set_config('synchronous_commit', 'on', false)"
                        + " where current_setting('synchronous_commit') = 'off'"));
        if (purpose == Purpose.LOOK || purpose == Purpose.PROVE) {
            settings.add("set default_transaction_read_only = on");
        } else if (!maintenance) {
            // The owner of one database does not decide for the server.
            settings.add("set default_transaction_read_only = off");
        }
        if (version >= 16) {
            settings.add("set createrole_self_grant = ''");
        }
        if (version >= 17) {
            settings.add("set transaction_timeout = 0");
        }
        return String.join("; ", settings);
    }
}
