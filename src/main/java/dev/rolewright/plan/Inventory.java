package dev.rolewright.plan;

import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.ObjectRef.EveryFunction;
import dev.rolewright.model.ObjectRef.EverySequence;
import dev.rolewright.model.ObjectRef.EveryTable;
import dev.rolewright.model.ObjectRef.Function;
import dev.rolewright.model.ObjectRef.Schema;
import dev.rolewright.model.ObjectRef.Sequence;
import dev.rolewright.model.ObjectRef.Table;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The schemas, tables, sequences and functions that exist in the managed databases. Columns are not listed.
///
/// @param objects by database; a database that is missing here was not looked into
/// @param rows by database, the tables with row-level security; a table that is missing here shows every row
/// @param parts by database, the partitions and the tables that inherit from others, each with all that it is part of
/// @param unread the managed databases that could not be looked into, although it was tried
public record Inventory(
        Map<String, Set<ObjectRef>> objects,
        Map<String, Map<Table, RowSecurity>> rows,
        Map<String, Map<Table, Set<Table>>> parts,
        Set<String> unread) {

    public static final Inventory EMPTY = new Inventory(Map.of(), Map.of(), Map.of(), Set.of());

    public enum RowSecurity {
        /// Switched on and forced by us, with our policy that lets everybody else through as before.
        OURS,
        /// Switched on by somebody else: we add and remove policies of our roles and leave the rest alone.
        FOREIGN
    }

    public Inventory {
        objects = objects.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
        rows = rows.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
        parts = parts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
        unread = Set.copyOf(unread);
    }

    public boolean knows(String database) {
        return objects.containsKey(database);
    }

    /// What a table is part of; nothing for most.
    Set<Table> wholes(String database, Table table) {
        return parts.getOrDefault(database, Map.of()).getOrDefault(table, Set.of());
    }

    /// Whether it is there. What is not listed (a column, a type) is taken to be there when its table or
    /// database is.
    public boolean has(String database, ObjectRef object) {
        Set<ObjectRef> known = objects.getOrDefault(database, Set.of());
        return switch (object) {
            case ObjectRef.Column column -> known.contains(new Table(column.schema(), column.table()));
            case EveryTable(String schema) -> known.contains(new Schema(schema));
            case EverySequence(String schema) -> known.contains(new Schema(schema));
            case EveryFunction(String schema) -> known.contains(new Schema(schema));
            case ObjectRef.Type(String schema, String _) -> known.contains(new Schema(schema));
            case ObjectRef.Database _, ObjectRef.Rest _ -> knows(database);
            case Schema _, Table _, Sequence _, Function _ -> known.contains(object);
        };
    }

    /// The objects that a wildcard stands for; anything else stands for itself.
    public Stream<ObjectRef> expand(String database, ObjectRef object) {
        return switch (object) {
            case EveryTable(String schema) ->
                all(database, it -> it instanceof Table(String in, String _) && in.equals(schema));
            case EverySequence(String schema) ->
                all(database, it -> it instanceof Sequence(String in, String _) && in.equals(schema));
            case EveryFunction(String schema) ->
                all(database, it -> it instanceof Function(String in, String _) && in.equals(schema));
            case ObjectRef.Database _, ObjectRef.Rest _, ObjectRef.Type _, ObjectRef.Column _ -> Stream.of(object);
            case Schema _, Table _, Sequence _, Function _ -> Stream.of(object);
        };
    }

    private Stream<ObjectRef> all(String database, Predicate<ObjectRef> chosen) {
        return objects.getOrDefault(database, Set.of()).stream().filter(chosen);
    }
}
