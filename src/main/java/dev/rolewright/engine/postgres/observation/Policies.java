package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.plan.Inventory.RowSecurity;
import dev.rolewright.plan.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The row policies of the managed databases: those that are one contract role's alone are its own, and of the rest
/// whatever shows or hides rows to our roles is told.
final class Policies {

    private static final long EVERYBODY = 0;

    private final Context context;
    private final Map<Long, RoleName> roles;
    private final Holdings holdings;
    private final Surroundings surroundings;
    private final List<Notice> notices = new ArrayList<>();

    Policies(Context context, Map<Long, RoleName> roles, Holdings holdings, Surroundings surroundings) {
        this.context = context;
        this.roles = roles;
        this.holdings = holdings;
        this.surroundings = surroundings;
    }

    void read(String database, Catalogue catalogue) {
        catalogue.read("policies", row -> add(database, row));
    }

    List<Notice> notices() {
        return notices;
    }

    private void add(String database, ResultSet row) throws SQLException {
        Table table = new Table(row.getString(1), row.getString(2));
        String name = row.getString(3);
        boolean permissive = row.getBoolean(5);
        List<Long> members = ids(row);
        String form = row.getString(7);
        String comment = row.getString(8);
        if (context.marks().isEverybodyElse(comment) && name.equals(context.everybodyElse())) {
            return;
        }
        RoleName role = members.size() == 1 ? roles.get(members.getFirst()) : null;
        if (role != null && permissive) {
            String words = context.marks().readPolicy(comment, form).orElse(form);
            holdings.add(members.getFirst(), new RowPolicy(database, table, Holdings.command(row.getString(4)), words));
        } else if (concernsUs(database, table, members)) {
            notices.add(new Notice(
                    Notice.Kind.FOREIGN_POLICY,
                    "policy " + name + " on " + table.label() + " in " + database + " "
                            + (permissive ? "shows rows" : "hides rows")
                            + " to our roles and was made by somebody else",
                    Optional.of("DROP POLICY " + Quoting.name(name) + " ON " + Quoting.name(table) + ";"
                            + Quoting.in(database))));
        }
    }

    private boolean concernsUs(String database, Table table, List<Long> members) {
        return members.stream().anyMatch(roles::containsKey)
                || (members.contains(EVERYBODY)
                        && (surroundings.rows(database).get(table) == RowSecurity.OURS
                                || holdings.touches(database, table)));
    }

    private static List<Long> ids(ResultSet row) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Object id : (Object[]) row.getArray(6).getArray()) {
            ids.add(((Number) id).longValue());
        }
        return ids;
    }
}
