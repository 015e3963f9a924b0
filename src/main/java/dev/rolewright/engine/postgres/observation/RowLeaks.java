package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.words.Marks;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Inventory.RowSecurity;
import dev.rolewright.plan.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Ways past the limits on a table's rows: privileges that row security does not look at, views that read with their
/// owner's rights, and owners whom somebody else's limit leaves out.
final class RowLeaks {

    private static final Set<String> BLIND = Set.of("TRUNCATE", "REFERENCES", "TRIGGER");

    private RowLeaks() {}

    static List<Notice> read(
            String database, Catalogue catalogue, Surroundings surroundings, Holdings holdings, Marks marks) {
        List<Notice> notices = new ArrayList<>();
        surroundings.unforced(database).stream()
                .filter(table -> holdings.touches(database, table))
                .map(table -> unforced(database, table))
                .forEach(notices::add);
        Map<Table, RowSecurity> limited = surroundings.rows(database);
        if (!limited.containsValue(RowSecurity.OURS)) {
            return notices;
        }
        holdings.grants((role, grant) -> {
            if (grant.database().equals(database)
                    && BLIND.contains(grant.privilege().value())
                    && limited.get(Holdings.tableOf(grant.object())) == RowSecurity.OURS) {
                notices.add(blind(role, grant));
            }
        });
        catalogue.read(
                "unlimited-views",
                row -> {
                    Table view = new Table(row.getString(1), row.getString(2));
                    Table table = new Table(row.getString(3), row.getString(4));
                    notices.add(view(database, view, table, row.getBoolean(5)));
                },
                marks.everybodyElse());
        catalogue.read(
                "unlimited-parts",
                row -> {
                    Table part = new Table(row.getString(1), row.getString(2));
                    if (holdings.touches(database, part)) {
                        notices.add(part(database, part, new Table(row.getString(3), row.getString(4))));
                    }
                },
                marks.everybodyElse());
        return notices;
    }

    private static Notice unforced(String database, Table table) {
        return new Notice(
                Notice.Kind.OTHER,
                "row security of " + table.label() + " in " + database
                        + " is somebody else's and not forced, so whoever has its owner's rights sees every row",
                Optional.of(
                        "ALTER TABLE " + Quoting.name(table) + " FORCE ROW LEVEL SECURITY;" + Quoting.in(database)));
    }

    private static Notice blind(RoleName role, Grant grant) {
        return new Notice(
                Notice.Kind.OTHER,
                role + " has " + grant.label() + ", which no row limit holds back",
                Optional.empty());
    }

    private static Notice part(String database, Table part, Table table) {
        return new Notice(
                Notice.Kind.OTHER,
                part.label() + " in " + database + " is part of " + table.label()
                        + " and can be read by its own name, where no limit holds back our roles",
                Optional.empty());
    }

    private static Notice view(String database, Table view, Table table, boolean mendable) {
        return new Notice(
                Notice.Kind.OTHER,
                "view " + view.schema() + "." + view.table() + " in " + database
                        + " reads with its owner's rights, so it shows rows of " + table.label()
                        + " that our roles are not to see",
                mendable
                        ? Optional.of("ALTER VIEW " + Quoting.name(view) + " SET (security_invoker = true);"
                                + Quoting.in(database))
                        : Optional.empty());
    }
}
