package dev.rolewright.model;

import java.util.Locale;

/// What a privilege is on, inside one database.
///
/// The `Every…` forms stand on the desired side alone: the planner replaces them by the objects that a target
/// has.
public sealed interface ObjectRef extends Comparable<ObjectRef> {

    /// The database itself.
    record Database() implements ObjectRef {}

    record Schema(String schema) implements ObjectRef {

        public Schema {
            Names.check("schema name", schema);
        }
    }

    /// A table, view, materialised view or foreign table.
    record Table(String schema, String table) implements ObjectRef {

        public Table {
            Names.check("schema name", schema);
            Names.check("table name", table);
        }
    }

    record Column(String schema, String table, String column) implements ObjectRef {

        public Column {
            Names.check("schema name", schema);
            Names.check("table name", table);
            Names.check("column name", column);
        }
    }

    record Sequence(String schema, String sequence) implements ObjectRef {

        public Sequence {
            Names.check("schema name", schema);
            Names.check("sequence name", sequence);
        }
    }

    /// @param signature name and argument types exactly as the server prints them: `order_total(bigint, text)`; a
    /// blank may belong to the name
    record Function(String schema, String signature) implements ObjectRef {

        /// Longer than a hundred arguments, the most there can be, of types with the longest names.
        private static final int LONGEST = 32_768;

        public Function {
            Names.check("schema name", schema);
            if (signature.indexOf('(') < 1 || !signature.endsWith(")") || signature.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "A function is named with its argument types: order_total(bigint, text).");
            }
        }

        /// As a person writes it, with blanks where nobody minds them.
        public static Function written(String schema, String signature) {
            return new Function(
                    schema,
                    signature
                            .strip()
                            .replaceAll("\\s+", " ")
                            .replaceAll(" ?([(),]) ?", "$1")
                            .replace(",", ", "));
        }
    }

    record Type(String schema, String type) implements ObjectRef {

        public Type {
            Names.check("schema name", schema);
            Names.check("type name", type);
        }
    }

    /// Anything else that privileges can be on. It is never desired, only found and taken back.
    record Rest(RestKind kind, String name) implements ObjectRef {

        public Rest {
            Names.check("name", name);
        }
    }

    /// Every table of a schema that exists when the plan is made.
    record EveryTable(String schema) implements ObjectRef {

        public EveryTable {
            Names.check("schema name", schema);
        }
    }

    record EverySequence(String schema) implements ObjectRef {

        public EverySequence {
            Names.check("schema name", schema);
        }
    }

    record EveryFunction(String schema) implements ObjectRef {

        public EveryFunction {
            Names.check("schema name", schema);
        }
    }

    enum RestKind {
        LANGUAGE,
        FOREIGN_DATA_WRAPPER,
        FOREIGN_SERVER,
        LARGE_OBJECT,
        /// Of the whole server; reported with the database it was seen from.
        PARAMETER,
        /// Of the whole server; reported with the database it was seen from.
        TABLESPACE
    }

    /// Whether the planner has to replace it by the objects it stands for.
    default boolean isWildcard() {
        return switch (this) {
            case EveryTable _, EverySequence _, EveryFunction _ -> true;
            case Database _, Schema _, Table _, Column _, Sequence _, Function _, Type _, Rest _ -> false;
        };
    }

    /// As people read it: `table sales.orders`. Not SQL.
    default String label() {
        return switch (this) {
            case Database _ -> "database";
            case Schema(String schema) -> "schema " + schema;
            case Table(String schema, String table) -> "table " + schema + "." + table;
            case Column(String schema, String table, String column) -> "column " + schema + "." + table + "." + column;
            case Sequence(String schema, String sequence) -> "sequence " + schema + "." + sequence;
            case Function(String schema, String signature) -> "function " + schema + "." + signature;
            case Type(String schema, String type) -> "type " + schema + "." + type;
            case Rest(RestKind kind, String name) ->
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name;
            case EveryTable(String schema) -> "every table of " + schema;
            case EverySequence(String schema) -> "every sequence of " + schema;
            case EveryFunction(String schema) -> "every function of " + schema;
        };
    }

    @Override
    default int compareTo(ObjectRef other) {
        int byLabel = label().compareTo(other.label());
        return byLabel != 0 || equals(other) ? byLabel : toString().compareTo(other.toString());
    }
}
