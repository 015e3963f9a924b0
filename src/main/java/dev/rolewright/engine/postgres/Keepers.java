package dev.rolewright.engine.postgres;

import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
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
final class Keepers {

    private static final int FEWEST = 64;
    private static final int MOST = 256;
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

    private record Keeper(RoleName name, int room) {}

    private final Context context;
    private final Connection connection;
    private final int logins;
    private final Deque<Keeper> fresh = new ArrayDeque<>();
    private @Nullable RoleName current;
    private int room;
    private boolean known;

    /// @param connection in the transaction that makes the logins
    /// @param logins how many it makes at most
    Keepers(Context context, Connection connection, int logins) {
        this.context = context;
        this.connection = connection;
        this.logins = logins;
    }

    /// What the names of all keepers begin with.
    static String prefix(Context context) {
        return context.reach().installation() + "_keeper_";
    }

    /// By whom a look knows keepers; zero where there are none.
    static long registrar(Context context, OwnIds own) {
        return context.keepsGrantors() ? own.registrar() : 0;
    }

    /// The keeper of the next new login.
    RoleName next() throws SQLException {
        if (!context.keepsGrantors()) {
            return context.own().grantor();
        }
        if (!known) {
            int newest = look();
            if (logins > room) {
                make(newest, logins - room);
            }
            known = true;
        }
        RoleName keeper = current;
        if (keeper == null || room == 0) {
            Keeper next = fresh.removeFirst();
            keeper = next.name();
            current = keeper;
            room = next.room();
        }
        room--;
        return keeper;
    }

    /// As many logins as there are keepers before it, more or less.
    private static int room(int number) {
        return Math.clamp(number, FEWEST, MOST);
    }

    /// @return the number of the newest keeper; zero when there is none
    private int look() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setString(1, prefix(context));
            statement.setString(2, end());
            statement.setString(3, Quoting.name(context.own().registrar()));
            statement.setFetchSize(1); // the members of the others need not be counted
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String digits = row.getString(1).substring(prefix(context).length());
                    if (NUMBER.matcher(digits).matches()) {
                        int number = Integer.parseInt(digits);
                        current = new RoleName(row.getString(1));
                        room = Math.max(0, room(number) - row.getInt(2));
                        return number;
                    }
                }
            }
        }
        return 0;
    }

    // The setting lets the registrar become what it makes; asking for it afterwards would take the long walk. So does
    // becoming the registrar, and the grantor again, which is why all that are needed are made together.
    private void make(int newest, int homeless) throws SQLException {
        Set<String> taken = taken();
        int left = homeless;
        for (int number = newest + 1; left > 0; number++) {
            String name = prefix(context) + "%05d".formatted(number);
            if (!taken.contains(name)) {
                fresh.add(new Keeper(new RoleName(name), room(number)));
                left -= room(number);
            }
        }
        StringBuilder sql = new StringBuilder("SET LOCAL ROLE ")
                .append(Quoting.name(context.own().registrar()))
                .append("; SET LOCAL createrole_self_grant = 'set'");
        fresh.forEach(keeper ->
                sql.append("; CREATE ROLE ").append(Quoting.name(keeper.name())).append(" NOLOGIN CREATEROLE"));
        sql.append("; SET LOCAL createrole_self_grant = ''; SET LOCAL ROLE ")
                .append(Quoting.name(context.own().grantor()));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.toString());
        }
    }

    /// The names that somebody else gave away.
    private Set<String> taken() throws SQLException {
        Set<String> taken = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
            statement.setString(1, prefix(context));
            statement.setString(2, end());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getString(1));
                }
            }
        }
        return taken;
    }

    /// The least text that is greater than the name of any keeper.
    private String end() {
        return prefix(context) + ":";
    }
}
