package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.batch.Piece;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Privileges;
import dev.rolewright.engine.postgres.words.Queries;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes back what somebody else gave, in his name, and then looks whether it is gone.
///
/// What a server says of a REVOKE is not enough: it may take one to be the owner's although somebody
/// else speaks, as with every superuser, and then does nothing and says so to nobody; and an event
/// trigger may give the same again.
final class TakingBack {

    private static final String MEMBERSHIP = """
            select 1 from pg_auth_members m
            where m.roleid = (select oid from pg_roles where rolname = ?)
              and m.member = (select oid from pg_roles where rolname = ?)
              and m.grantor = (select oid from pg_roles where rolname = ?)""";

    @FunctionalInterface
    private interface Look {
        boolean stands(Connection connection) throws SQLException;
    }

    private TakingBack() {}

    /// @param routines how functions are called in a statement
    static Piece privilege(
            Context context,
            RoleBook roles,
            RoleName holder,
            Grant grant,
            RoleName giver,
            Map<ObjectRef.Function, String> routines) {
        Seen seen = roles.find(holder.value());
        if (seen == null) {
            return Piece.NOTHING;
        }
        String instead = Privileges.endingGrantOption(giver, grant, routines) + ";" + Quoting.in(grant.database());
        List<String> statements;
        try {
            statements = Acting.as(
                    context,
                    roles,
                    giver,
                    Privileges.take(holder, grant, routines).alone());
        } catch (EngineFailure denied) {
            return Piece.task(connection -> {
                throw new EngineFailure(
                        denied.kind(),
                        denied.code(),
                        denied.sentence(),
                        isSuperuserWhoWasGivenIt(connection, context, grant, giver)
                                ? denied.remedy().map(sql -> unpowered(giver, sql))
                                : denied.remedy());
            });
        }
        return piece(
                statements,
                connection -> !rows(context, connection, seen.id(), grant, giver::equals)
                        .isEmpty(),
                giver,
                instead);
    }

    /// @param statement what takes it back
    static Piece membership(
            Context context, RoleBook roles, String member, Membership membership, RoleName giver, String statement) {
        return piece(
                Acting.as(context, roles, giver, statement),
                connection -> stands(connection, membership.role().value(), member, giver.value()),
                giver,
                statement + ";");
    }

    private static Piece piece(List<String> statements, Look look, RoleName giver, String instead) {
        return Piece.task(connection -> {
            // It went with something else that was taken back before.
            if (!look.stands(connection)) {
                return;
            }
            Verbatim.run(connection, statements);
            if (look.stands(connection)) {
                throw new EngineFailure(
                        Kind.UNSAFE,
                        "",
                        "It was given by " + giver + ", and the server did not take it back in that name.",
                        Optional.of(instead));
            }
        });
    }

    private static String unpowered(RoleName giver, String sql) {
        String alter = "ALTER ROLE " + Quoting.name(giver);
        return "BEGIN; " + alter + " NOSUPERUSER; " + sql + " " + alter + " SUPERUSER; COMMIT;";
    }

    // Whoever has become superuser since speaks for the owner alone.
    private static boolean isSuperuserWhoWasGivenIt(Connection connection, Context context, Grant grant, RoleName giver)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select oid::bigint from pg_roles where rolname = ? and rolsuper")) {
            statement.setString(1, giver.value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        && rows(context, connection, row.getLong(1), grant, _ -> true)
                                .contains(true);
            }
        }
    }

    /// The rows in which somebody holds the privilege, each as whether it may be passed on.
    private static List<Boolean> rows(
            Context context, Connection connection, long holder, Grant grant, Predicate<RoleName> givenBy)
            throws SQLException {
        boolean shared = grant.object() instanceof ObjectRef.Rest(ObjectRef.RestKind kind, String _)
                && (kind == ObjectRef.RestKind.PARAMETER || kind == ObjectRef.RestKind.TABLESPACE);
        String query = Queries.of(shared ? "shared-privileges" : "privileges", context.version());
        List<Boolean> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, holder);
            statement.setArray(2, connection.createArrayOf("oid", new Long[] {holder}));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (givenBy.test(new RoleName(rows.getString(8)))
                            && rows.getString(6).equals(grant.privilege().value())
                            && Holdings.object(
                                            rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5))
                                    .equals(grant.object())) {
                        found.add(rows.getBoolean(7));
                    }
                }
            }
        }
        return found;
    }

    private static boolean stands(Connection connection, String... names) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MEMBERSHIP)) {
            for (int i = 0; i < names.length; i++) {
                statement.setString(i + 1, names[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
