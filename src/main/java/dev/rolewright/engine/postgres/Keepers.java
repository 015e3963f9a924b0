package dev.rolewright.engine.postgres;

import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Who makes logins, and is therefore the one who may change them.
///
/// From PostgreSQL 16 on only a role's ADMIN may alter, comment or drop it, and the server finds out by walking
/// through every role that the asking one has anything to do with. With 100,000 logins of one role that takes longer
/// than anything else we do, for each statement. So logins are spread over keepers with few each. The grantor is no
/// member of any, so its own way stays short; our login becomes a keeper through the registrar, who makes them.
///
/// Before 16 the grantor keeps all.
final class Keepers {

    private static final int ROOM = 256;
    // Whoever may make roles can make one that is called like a keeper. For those that the registrar made the server
    // itself gave it the right to pass them on.
    private static final String NEWEST = """
            select r.rolname, (select count(*) from pg_auth_members m where m.member = r.oid)
            from pg_roles r where r.rolname >= ? and r.rolname < ?
              and exists (select from pg_auth_members made
                          where made.roleid = r.oid and made.member = ?::regrole and made.admin_option
                            and made.grantor = 10)
            order by r.rolname desc limit 1""";

    private final Context context;
    private final Connection connection;
    private final int logins;
    private int number;
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

    /// The least text that is greater than the name of any keeper.
    static String end(Context context) {
        return context.reach().installation() + "_keeper_:";
    }

    /// The keeper of the next new login.
    RoleName next() throws SQLException {
        if (!context.keepsGrantors()) {
            return context.own().grantor();
        }
        if (!known) {
            look();
            make(Math.ceilDiv(logins - room, ROOM));
            known = true;
        }
        if (room == 0) {
            number++;
            room = ROOM;
        }
        room--;
        return name(number);
    }

    private RoleName name(int ordinal) {
        return new RoleName(prefix(context) + "%05d".formatted(ordinal));
    }

    private void look() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setString(1, prefix(context));
            statement.setString(2, end(context));
            statement.setString(3, Quoting.name(context.own().registrar()));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    number = Integer.parseInt(
                            row.getString(1).substring(prefix(context).length()));
                    room = Math.max(0, ROOM - row.getInt(2));
                }
            }
        }
    }

    // The setting lets the registrar become what it makes; asking for it afterwards would take the long walk. So does
    // becoming the registrar, and the grantor again, which is why all that are needed are made together.
    private void make(int keepers) throws SQLException {
        if (keepers <= 0) {
            return;
        }
        StringBuilder sql = new StringBuilder("SET LOCAL ROLE ")
                .append(Quoting.name(context.own().registrar()))
                .append("; SET LOCAL createrole_self_grant = 'set'");
        for (int ordinal = number + 1; ordinal <= number + keepers; ordinal++) {
            sql.append("; CREATE ROLE ").append(Quoting.name(name(ordinal))).append(" NOLOGIN CREATEROLE");
        }
        sql.append("; SET LOCAL createrole_self_grant = ''; SET LOCAL ROLE ")
                .append(Quoting.name(context.own().grantor()));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.toString());
        }
    }
}
