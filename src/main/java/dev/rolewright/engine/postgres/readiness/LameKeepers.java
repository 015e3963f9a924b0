package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.engine.postgres.words.Waits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Keepers that somebody took something from that they need to change their logins. The registrar, who made them, gives
/// it back: the logins of one that is lame could not be locked.
final class LameKeepers {

    private LameKeepers() {}

    /// What cannot be mended is told by a look, and by the steps that need it. Leavers wait meanwhile: of
    /// keepers that somebody else holds each costs little, and all together one patience.
    ///
    /// @param registrar the id of one that may create roles and that our login may become
    /// @param connection outside of any transaction, in our own login's name
    static void mend(Context context, long registrar, Connection connection) throws SQLException {
        List<String> lame = statements(context, registrar, connection);
        String begin = "SET LOCAL ROLE " + Quoting.name(context.own().registrar()) + "; SET LOCAL lock_timeout = "
                + Waits.BRIEF.toMillis() + "; ";
        Waits waits = Waits.upTo(context.reach().patience().lock());
        for (String keeper : lame) {
            if (!mend(connection, begin + keeper)) {
                waits.waitedInVain(Waits.BRIEF);
                if (waits.isBrief()) {
                    return;
                }
            }
        }
    }

    // Somebody who holds one keeper keeps the others from nothing.
    private static boolean mend(Connection connection, String sql) throws SQLException {
        try (Transaction transaction = Transaction.on(connection)) {
            Verbatim.run(connection, sql);
            transaction.commit();
            return true;
        } catch (SQLException e) {
            if (Failures.isServerWide(e)) {
                throw e;
            }
            return !Failures.isHeld(e);
        }
    }

    /// What each of them needs.
    private static List<String> statements(Context context, long registrar, Connection connection) {
        Entitlements entitlements = Entitlements.of(context);
        List<String> statements = new ArrayList<>();
        Catalogue.reading(
                connection,
                context.version(),
                catalogue -> catalogue.read(
                        "lame-keepers",
                        row -> statements.add(String.join(
                                "; ", entitlements.keep(row.getString(1), row.getBoolean(2), row.getBoolean(3)))),
                        registrar));
        return statements;
    }
}
