package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who makes logins, and is therefore the one who may change them.
///
/// From PostgreSQL 16 on only a role's ADMIN may alter, comment or drop it, and the server finds out by walking
/// through every role that the asking one has anything to do with. With 100,000 logins of one role that takes longer
/// than anything else we do, for each statement. So logins are spread over keepers with few each. The grantor is no
/// member of any, so its own way stays short; our login becomes a keeper through the registrar, who makes them.
///
/// To become one the server walks through the logins of all, the longer the more there are. So early keepers have few
/// logins, which are made and marked the faster, and later ones more, which asks for fewer changes of role.
///
/// Before 16 the grantor keeps all.
///
/// Whoever holds the lock on the cluster is alone in making logins. So what one transaction found out and left over is
/// true for the next one of the session, as long as each is committed.
public final class Keepers {

    private static final int FEWEST = 64;
    private static final int MOST = 256;

    /// For so many logins at most keepers are made at once.
    private static final int AHEAD = 2_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{5,8}");

    // Whoever may make roles can make one that is called like a keeper. For those that the registrar made the server
    // itself gave it the right to pass them on.
    private static final String NEWEST = """
            select r.rolname, (select count(*) from pg_auth_members m where m.member = r.oid)
            from pg_roles r where r.rolname >= ? and r.rolname < ?
              and exists (select from pg_auth_members made
                          where made.roleid = r.oid and made.member = ?::regrole and made.admin_option
                            and made.grantor = 10)
            order by r.rolname desc""";
    private static final String TAKEN = "select rolname from pg_roles where rolname >= ? and rolname < ?";

    private record Keeper(RoleName name, int room) {

        Keeper withOneMore() {
            return new Keeper(name, room - 1);
        }
    }

    private final Context context;
    private final Deque<Keeper> free = new ArrayDeque<>();
    private final Set<String> taken = new HashSet<>();
    private int newest;
    private boolean known;
    private int expected;
    private @Nullable Connection connection;
    private int logins;
    private boolean prepared;
    private boolean committed;

    public Keepers(Context context) {
        this.context = context;
    }

    /// So many logins are to come, in several transactions.
    public void expect(int more) {
        expected = more;
    }

    /// A transaction is about to make logins. Of one before that was not committed nothing is left.
    ///
    /// @param logins how many it makes at most
    void begin(Connection connection, int logins) {
        this.connection = connection;
        this.logins = logins;
        known &= committed || !prepared;
        committed = false;
        prepared = false;
    }

    /// The transaction was committed.
    void commit() {
        committed = true;
        expected = Math.max(0, expected - logins);
    }

    /// The keeper of the next new login. Not before are any looked for: a login that is there already needs none.
    RoleName next() throws SQLException {
        if (!context.keepsGrantors()) {
            return context.own().grantor();
        }
        if (!prepared) {
            prepare(Objects.requireNonNull(connection));
            prepared = true;
        }
        Keeper keeper = free.removeFirst();
        if (keeper.room() > 1) {
            free.addFirst(keeper.withOneMore());
        }
        return keeper.name();
    }

    /// As many logins as there are keepers before it, more or less.
    private static int room(int number) {
        return Math.clamp(number, FEWEST, MOST);
    }

    private void prepare(Connection connection) throws SQLException {
        if (!known) {
            forget();
            readTaken(connection);
            readNewest(connection);
            known = true;
        }
        int places = free.stream().mapToInt(Keeper::room).sum();
        if (logins > places) {
            make(connection, Math.max(logins, Math.min(expected, AHEAD)) - places);
        }
    }

    private void forget() {
        free.clear();
        taken.clear();
        newest = 0;
    }

    /// Finds the newest keepers, down to the first that keeps somebody, and how many more they may keep.
    private void readNewest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setString(1, context.keeperPrefix());
            statement.setString(2, end());
            statement.setString(3, Quoting.name(context.own().registrar()));
            statement.setFetchSize(1); // the members of the others need not be counted
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String digits =
                            row.getString(1).substring(context.keeperPrefix().length());
                    if (NUMBER.matcher(digits).matches()) {
                        int number = Integer.parseInt(digits);
                        newest = Math.max(newest, number);
                        int kept = row.getInt(2);
                        if (kept < room(number)) {
                            free.addFirst(new Keeper(new RoleName(row.getString(1)), room(number) - kept));
                        }
                        if (kept > 0) {
                            return;
                        }
                    }
                }
            }
        }
    }

    // The setting lets the registrar become what it makes; asking for it afterwards would take the long walk. So does
    // becoming the registrar, and the grantor again, which is why all that are needed are made together.
    private void make(Connection connection, int homeless) throws SQLException {
        List<Keeper> made = new ArrayList<>();
        for (int left = homeless; left > 0; ) {
            newest++;
            String name = context.keeperPrefix() + "%05d".formatted(newest);
            if (!taken.contains(name)) {
                made.add(new Keeper(new RoleName(name), room(newest)));
                left -= room(newest);
            }
        }
        StringBuilder sql = new StringBuilder("SET LOCAL ROLE ")
                .append(Quoting.name(context.own().registrar()))
                .append("; SET LOCAL createrole_self_grant = 'set'");
        made.forEach(keeper ->
                sql.append("; CREATE ROLE ").append(Quoting.name(keeper.name())).append(" NOLOGIN CREATEROLE"));
        sql.append("; SET LOCAL createrole_self_grant = ''; SET LOCAL ROLE ")
                .append(Quoting.name(context.own().grantor()));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.toString());
        }
        free.addAll(made);
    }

    /// The names that are given away, by whomever.
    private void readTaken(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
            statement.setString(1, context.keeperPrefix());
            statement.setString(2, end());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getString(1));
                }
            }
        }
    }

    /// The least text that is greater than the name of any keeper.
    private String end() {
        return context.keeperPrefix() + ":";
    }
}
