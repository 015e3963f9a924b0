package dev.rolewright.contract;

import dev.rolewright.contract.Fields.Placed;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Suggestion;
import dev.rolewright.model.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Reads what a role may do with what.
final class GrantReader {

    private static final String EVERY = "*";

    private static final List<String> KINDS =
            List.of("table", "tables", "sequence", "sequences", "function", "functions", "type", "types");

    static final Map<String, Set<String>> PRIVILEGES = Map.of(
            "database", Set.of("CONNECT", "CREATE", "TEMPORARY"),
            "schema", Set.of("USAGE", "CREATE"),
            "table", Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"),
            "column", Set.of("SELECT", "INSERT", "UPDATE", "REFERENCES"),
            "sequence", Set.of("USAGE", "SELECT", "UPDATE"),
            "function", Set.of("EXECUTE"),
            "type", Set.of("USAGE"));

    private final Findings findings;

    GrantReader(Findings findings) {
        this.findings = findings;
    }

    Optional<RoleGrant> grant(Fields fields, Optional<Target> target) {
        Optional<String> database = database(fields, target);
        List<String> named = KINDS.stream().filter(fields::has).toList();
        if (named.size() > 1) {
            findings.error(
                    fields.place(named.get(1)),
                    "One grant is on one kind of thing, not on " + String.join(" and ", named) + ".",
                    "Write one grant for each.");
            return Optional.empty();
        }
        String kind = named.isEmpty() ? (fields.has("schema") ? "schema" : "database") : singular(named.getFirst());
        if (!named.isEmpty() && !fields.has("schema")) {
            findings.error(fields.place(), "A " + kind + " lies in a schema.", "Add the key \"schema\".");
            return Optional.empty();
        }
        if (fields.has("columns") && !(kind.equals("table") && fields.has("table"))) {
            findings.error(fields.place("columns"), "Columns are of one table.", "Name it with the key \"table\".");
            return Optional.empty();
        }
        String word = fields.has("columns") ? "column" : kind;
        Set<PrivilegeName> privileges = values(fields.list("privileges", privilege(word)));
        Optional<String> schema = fields.value("schema", Words::schemaName);
        Set<ObjectRef> objects = named.isEmpty()
                ? values(bare(schema, fields))
                : schema.map(in -> objects(fields, named.getFirst(), kind, in)).orElse(Set.of());
        Set<RoleName> creators = creators(fields, objects);
        return database.isPresent() && !privileges.isEmpty() && !objects.isEmpty()
                ? Optional.of(new RoleGrant(database.get(), objects, privileges, creators, fields.place()))
                : Optional.empty();
    }

    Optional<Role.RowRule> row(Fields fields, Optional<Target> target) {
        Optional<String> database = database(fields, target);
        Optional<ObjectRef.Table> table = fields.value("table", GrantReader::qualified);
        return fields.value("using", GrantReader::condition)
                .flatMap(using -> database.flatMap(in -> table.map(on -> RowPolicy.of(in, on, using))))
                .map(policy -> new Role.RowRule(policy, fields.place()));
    }

    private Optional<String> database(Fields fields, Optional<Target> target) {
        return fields.value("database", name -> {
            if (target.isPresent() && (!target.get().manages(name) || name.equals(Target.EVERY_DATABASE))) {
                throw new Misspelt(
                        "Target " + target.get().name() + " does not manage a database \"" + name + "\".",
                        Suggestion.of(name, target.get().databases()));
            }
            return Words.name(name);
        });
    }

    private static ObjectRef.Table qualified(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || dot == text.length() - 1) {
            throw new Misspelt("A row rule is on a table of a schema.", "Write schema and table: sales.orders.");
        }
        return new ObjectRef.Table(Words.schemaName(text.substring(0, dot)), Words.name(text.substring(dot + 1)));
    }

    private static String condition(String text) {
        if (!RowPolicy.isOneExpression(text)) {
            throw new Misspelt(
                    "A row rule is one whole expression.",
                    "Close brackets and quotes, and leave out semicolons, comments, dollar quotes and backslashes.");
        }
        return text;
    }

    private static List<Placed<ObjectRef>> bare(Optional<String> schema, Fields fields) {
        if (fields.has("schema") && schema.isEmpty()) {
            return List.of();
        }
        ObjectRef object = schema.<ObjectRef>map(ObjectRef.Schema::new).orElseGet(ObjectRef.Database::new);
        return List.of(new Placed<>(object, fields.place()));
    }

    private Set<ObjectRef> objects(Fields fields, String key, String kind, String schema) {
        boolean several = !key.equals(kind);
        if (fields.has("columns")) {
            return fields.value(key, Words::name)
                    .map(table -> values(fields.<ObjectRef>list(
                            "columns", column -> new ObjectRef.Column(schema, table, Words.name(column)))))
                    .orElse(Set.of());
        }
        if (!several || fields.node(key).filter(Node.Scalar.class::isInstance).isPresent()) {
            return fields.value(
                            key,
                            name -> several
                                    ? every(kind, schema, name)
                                    : object(kind, schema).apply(name))
                    .map(Set::of)
                    .orElse(Set.of());
        }
        return values(fields.list(key, object(kind, schema)));
    }

    private static ObjectRef every(String kind, String schema, String name) {
        if (!name.equals(EVERY)) {
            throw new Misspelt(
                    "\"" + kind + "s\" is a list, or \"*\" for all.", "Write [" + name + "] or use \"" + kind + "\".");
        }
        return switch (kind) {
            case "table" -> new ObjectRef.EveryTable(schema);
            case "sequence" -> new ObjectRef.EverySequence(schema);
            case "function" -> new ObjectRef.EveryFunction(schema);
            default -> throw new Misspelt("Types are named one by one.", "List them.");
        };
    }

    private static Function<String, ObjectRef> object(String kind, String schema) {
        return name -> {
            if (name.contains(EVERY)) {
                throw new Misspelt(
                        "A name has no *.", "Write " + kind + "s: \"*\" for every " + kind + " of the schema.");
            }
            Words.name(kind.equals("function") ? name.substring(0, Math.max(0, name.indexOf('('))) : name);
            return switch (kind) {
                case "table" -> new ObjectRef.Table(schema, name);
                case "sequence" -> new ObjectRef.Sequence(schema, name);
                case "function" -> ObjectRef.Function.written(schema, name);
                default -> new ObjectRef.Type(schema, name);
            };
        };
    }

    private Set<RoleName> creators(Fields fields, Set<ObjectRef> objects) {
        Set<RoleName> creators = fields.part("future", Shape.FUTURE)
                .map(future -> values(future.list("createdBy", name -> new RoleName(Words.name(name)))))
                .orElse(Set.of());
        if (fields.has("future") && !objects.isEmpty() && !objects.stream().allMatch(ObjectRef::isWildcard)) {
            findings.error(
                    fields.place("future"),
                    "Only a grant on all tables, sequences or functions of a schema has a future.",
                    "Write \"*\" for the objects or take \"future\" away.");
        }
        return creators;
    }

    private static Function<String, PrivilegeName> privilege(String kind) {
        Set<String> possible = PRIVILEGES.getOrDefault(kind, Set.of());
        UnaryOperator<String> fix = text -> Suggestion.of(text, possible);
        return text -> {
            if (!possible.contains(text)) {
                throw new Misspelt("There is no privilege \"" + text + "\" on a " + kind + ".", fix.apply(text));
            }
            return new PrivilegeName(text);
        };
    }

    private static String singular(String key) {
        return key.endsWith("s") ? key.substring(0, key.length() - 1) : key;
    }

    private static <T> Set<T> values(List<Placed<T>> placed) {
        return placed.stream().map(Placed::value).collect(Collectors.toCollection(HashSet::new));
    }
}
