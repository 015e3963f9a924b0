package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.batch.Piece;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Marks;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Row-level security: switching it on and off for a table, and the policies of contract roles.
public final class RowLimits {

    /// What the server made of a policy's conditions, in a query over `pg_policy`.
    public static final String SERVER_FORM =
            "coalesce(pg_get_expr(polqual, polrelid), '') || '/' || coalesce(pg_get_expr(polwithcheck, polrelid), '')";

    private static final String POLICIES = """
            select polname, obj_description(oid, 'pg_policy'), %s
            from pg_policy
            where polrelid = ?::regclass and polcmd = ?::"char"
              and polroles = array[(select oid from pg_roles where rolname = ?)]""".formatted(SERVER_FORM);
    private static final String STATE = """
            select c.relrowsecurity, c.relrowsecurity and c.relforcerowsecurity,
                   (select count(*) from pg_policy where polrelid = c.oid),
                   base.comment, base.form, base.everybody,
                   (select count(*) from pg_policy
                    where polrelid = c.oid and starts_with(obj_description(oid, 'pg_policy'), ?)),
                   exists (select from pg_policy
                           where polrelid = c.oid and starts_with(obj_description(oid, 'pg_policy'), ?))
            from pg_class c
                 left join (select polrelid, obj_description(oid, 'pg_policy') as comment, %s as form,
                                   polroles = '{0}' as everybody
                            from pg_policy where polname = ?) base on base.polrelid = c.oid
            where c.oid = ?::regclass""".formatted(SERVER_FORM);
    private static final String MARK =
            "select obj_description(oid, 'pg_policy') from pg_policy where polrelid = ?::regclass and polname = ?";

    private final Context context;

    RowLimits(Context context) {
        this.context = context;
    }

    /// The name of a role's policy for a command; two of them never share one.
    String name(RoleName role, RowPolicy.Command command) {
        String tail = "_" + command.name().toLowerCase(Locale.ROOT);
        String head = context.reach().installation() + "_";
        String plain = head + role + tail;
        return Quoting.bytes(plain) <= Quoting.LONGEST_NAME ? plain : head + Sha256.hex(role.value(), 6) + tail;
    }

    Piece add(RoleName role, RowPolicy policy) {
        String condition = "(" + Condition.check(policy.using()) + ")";
        String name = name(role, policy.command());
        String table = Quoting.name(policy.table());
        String create = "CREATE POLICY " + Quoting.name(name) + " ON " + table + " AS PERMISSIVE FOR "
                + policy.command() + " TO " + Quoting.name(role)
                + switch (policy.command()) {
                    case SELECT, DELETE -> " USING " + condition;
                    case INSERT -> " WITH CHECK " + condition;
                    case UPDATE -> " USING " + condition + " WITH CHECK " + condition;
                    case HELD -> throw new IllegalArgumentException("A plan names the command of a policy.");
                };
        return Piece.task(connection -> {
            List<Found> found = find(connection, role, policy);
            if (found.stream().anyMatch(it -> it.words().equals(policy.using()))) {
                return;
            }
            if (isOurs(
                    connection, table, name)) { // and not this role's any more, since somebody changed for whom it is
                Verbatim.run(connection, "DROP POLICY " + Quoting.name(name) + " ON " + table);
            }
            Verbatim.run(connection, create);
            String beginning = state(connection, table).ours()
                    ? context.marks().policy()
                    : context.marks().guestPolicy();
            String form = find(connection, role, policy).stream()
                    .filter(it -> it.name().equals(name))
                    .map(Found::form)
                    .findFirst()
                    .orElseThrow();
            Verbatim.run(
                    connection,
                    "COMMENT ON POLICY " + Quoting.name(name) + " ON " + table + " IS "
                            + Quoting.text(Marks.policy(beginning, policy.using(), form)));
        });
    }

    Piece remove(RoleName role, RowPolicy policy) {
        return Piece.task(connection -> {
            for (Found found : find(connection, role, policy)) {
                if (found.words().equals(policy.using())) {
                    Verbatim.run(
                            connection,
                            "DROP POLICY " + Quoting.name(found.name()) + " ON " + Quoting.name(policy.table()));
                }
            }
        });
    }

    private static String isMember(RoleName role) {
        return "pg_catalog.pg_has_role(current_user, " + Quoting.text(role.value()) + ", 'MEMBER')";
    }

    // Membership of the marker roles tells who holds a role of ours, directly or through others, but not of whoever
    // made the grantor, as services let their customers' administrators do: he is a member of all that it may pass on,
    // and holds nothing. In a subquery it is asked once for a statement and not once for a row.
    Piece protect(ObjectRef.Table table) {
        String name = Quoting.name(table);
        String everybodyElse = "((SELECT " + isMember(context.own().grantor()) + " OR NOT ("
                + isMember(context.own().marker()) + " OR "
                + isMember(context.own().roleMarker()) + ")))";
        return Piece.task(connection -> {
            State state = state(connection, name);
            // What is left of ours tells that nobody but us limited the table, when our policy for everybody is gone.
            boolean others = state.policies() > state.marked() || (state.on() && !state.remains());
            if (!state.ours() && others) {
                throw new SQLException("row-level security of somebody else", "42710");
            }
            if (state.ours() && !state.unchanged()) {
                Verbatim.run(connection, "DROP POLICY " + Quoting.name(context.everybodyElse()) + " ON " + name);
            }
            if (!state.unchanged()) {
                Verbatim.run(
                        connection,
                        "CREATE POLICY " + Quoting.name(context.everybodyElse()) + " ON " + name
                                + " AS PERMISSIVE FOR ALL TO PUBLIC USING " + everybodyElse + " WITH CHECK "
                                + everybodyElse);
                Verbatim.run(
                        connection,
                        "COMMENT ON POLICY " + Quoting.name(context.everybodyElse()) + " ON " + name + " IS "
                                + Quoting.text(context.marks()
                                        .everybodyElse(state(connection, name).form())));
            }
            if (!state.forced()) {
                Verbatim.run(
                        connection, "ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
            }
        });
    }

    Piece unprotect(ObjectRef.Table table) {
        String name = Quoting.name(table);
        return Piece.task(connection -> {
            State state = state(connection, name);
            if (!state.ours()) {
                return;
            }
            if (state.policies() > 1) {
                throw new EngineFailure(
                        Kind.UNSAFE,
                        "Others have added policies to " + table.label() + ", which would limit nobody any more.");
            }
            Verbatim.run(
                    connection, "ALTER TABLE " + name + " NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY");
            Verbatim.run(connection, "DROP POLICY " + Quoting.name(context.everybodyElse()) + " ON " + name);
        });
    }

    /// @param ours whether our policy for everybody else is there
    /// @param unchanged whether it says what we wrote, to everybody
    /// @param marked how many of the policies carry a mark of ours
    /// @param remains whether one of them was made while the table was limited by us
    private record State(
            boolean on,
            boolean forced,
            int policies,
            boolean ours,
            boolean unchanged,
            String form,
            int marked,
            boolean remains) {}

    private record Found(String name, String form, String words) {}

    private State state(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATE)) {
            statement.setString(1, context.marks().ours());
            statement.setString(2, context.marks().policy());
            statement.setString(3, context.everybodyElse());
            statement.setString(4, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String comment = row.getString(4);
                String form = Optional.ofNullable(row.getString(5)).orElse("");
                return new State(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getInt(3),
                        context.marks().isEverybodyElse(comment),
                        context.marks().everybodyElse(form).equals(comment) && row.getBoolean(6),
                        form,
                        row.getInt(7),
                        row.getBoolean(8));
            }
        }
    }

    private boolean isOurs(Connection connection, String table, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            statement.setString(1, table);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && context.marks().isPolicy(row.getString(1));
            }
        }
    }

    private List<Found> find(Connection connection, RoleName role, RowPolicy policy) throws SQLException {
        String letter = switch (policy.command()) {
            case SELECT -> "r";
            case INSERT -> "a";
            case UPDATE -> "w";
            case DELETE -> "d";
            case HELD -> "*";
        };
        List<Found> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(POLICIES)) {
            statement.setString(1, Quoting.name(policy.table()));
            statement.setString(2, letter);
            statement.setString(3, role.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String form = rows.getString(3);
                    found.add(new Found(
                            rows.getString(1),
                            form,
                            context.marks().readPolicy(rows.getString(2), form).orElse(form)));
                }
            }
        }
        return found;
    }
}
