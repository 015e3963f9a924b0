package dev.rolewright.engine.postgres.departure;

import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Takes from others what lets them put code of their own on a leaver's table, before somebody else owns it.
///
/// Whoever may make triggers on a table has them run by everybody who writes there, and whoever may refer to it has his
/// casts run as its owner. What the heir will own is not the leaver's to open like that. Contract roles keep what they
/// have: every look compares that with the contract.
final class WaysIn {

    private static final String HELD = """
            select distinct case when held.grantee = 0 then 'PUBLIC'
                                 else quote_ident(pg_get_userbyid(held.grantee)) end
            from pg_class c,
                 lateral (select a.grantee, a.privilege_type from aclexplode(c.relacl) a
                          union all
                          select a.grantee, a.privilege_type
                          from pg_attribute t, aclexplode(t.attacl) a
                          where t.attrelid = c.oid and t.attacl is not null) held
            where c.oid = ?::regclass and held.privilege_type in ('TRIGGER', 'REFERENCES')
              and held.grantee <> c.relowner
              and not exists (select from pg_auth_members m
                              where m.member = held.grantee
                                and m.roleid = (select oid from pg_roles where rolname = ?))""";

    private WaysIn() {}

    /// @param table as it stands in a statement
    /// @param marker whose members are the contract roles
    static void close(Connection connection, String table, RoleName marker) throws SQLException {
        List<String> others = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(HELD)) {
            statement.setString(1, table);
            statement.setString(2, marker.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    others.add(rows.getString(1));
                }
            }
        }
        if (!others.isEmpty()) {
            Verbatim.run(
                    connection,
                    "REVOKE TRIGGER, REFERENCES ON " + table + " FROM " + String.join(", ", others) + " CASCADE");
        }
    }
}
