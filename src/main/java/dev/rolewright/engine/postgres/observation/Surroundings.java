package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Marks;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.plan.Inventory;
import dev.rolewright.plan.Inventory.RowSecurity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What exists in the managed databases, and which tables limit their rows.
final class Surroundings {

    private final Context context;
    private final Map<String, Set<ObjectRef>> objects = new HashMap<>();
    private final Map<String, Map<Table, RowSecurity>> rows = new HashMap<>();
    private final Map<String, Map<Table, Set<Table>>> parts = new HashMap<>();
    private final Map<String, Set<Table>> unforced = new HashMap<>();
    private final Set<String> unread = new HashSet<>();

    Surroundings(Context context) {
        this.context = context;
    }

    void read(String database, Catalogue catalogue) {
        Set<ObjectRef> here = new HashSet<>();
        catalogue.read(
                "inventory",
                row -> here.add(
                        Holdings.object(row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
        objects.put(database, here);
        Map<Table, RowSecurity> limited = new HashMap<>();
        Set<Table> loose = new HashSet<>();
        catalogue.read(
                "row-security",
                row -> {
                    boolean intact = row.getBoolean(3);
                    boolean ours = row.getBoolean(4);
                    Table table = new Table(row.getString(1), row.getString(2));
                    if (!ours && !row.getBoolean(5)) {
                        loose.add(table);
                    }
                    // One that we forced and somebody loosened is put right like one that is not limited at all.
                    if (intact || !ours) {
                        limited.put(table, ours ? RowSecurity.OURS : RowSecurity.FOREIGN);
                    }
                },
                context.marks().everybodyElse(),
                Marks.WORDING,
                context.everybodyElse(),
                context.marks().policy());
        rows.put(database, limited);
        unforced.put(database, loose);
        Map<Table, Set<Table>> wholes = new HashMap<>();
        catalogue.read(
                "parts",
                row -> wholes.computeIfAbsent(new Table(row.getString(1), row.getString(2)), _ -> new HashSet<>())
                        .add(new Table(row.getString(3), row.getString(4))));
        parts.put(database, wholes);
    }

    void addUnread(String database) {
        unread.add(database);
    }

    Map<Table, RowSecurity> rows(String database) {
        return rows.getOrDefault(database, Map.of());
    }

    /// The tables that somebody else limits, but not for their owner.
    Set<Table> unforced(String database) {
        return unforced.getOrDefault(database, Set.of());
    }

    Inventory inventory() {
        return new Inventory(objects, rows, parts, unread);
    }
}
