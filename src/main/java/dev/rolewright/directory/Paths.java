package dev.rolewright.directory;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Folding;
import dev.rolewright.scim.schema.ResourceType;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the values of a path are found, seen from a row `r` of `resource`.
///
/// Most are in the folded copy; `id`, `meta`, `schemas` and what is derived from references are not.
///
/// @param sourceId the source that is searched; derived attributes stay inside it
record Paths(Shape shape, int sourceId, Addresses addresses) {

    sealed interface Values {
        /// At most one value.
        record One(Operand operand) implements Values {}

        /// Elements of a stored array.
        ///
        /// @param array the array
        /// @param from the `FROM` item that makes a row of each
        record Each(String array, String from, Operand operand) implements Values {}

        /// The URNs of the schemas a resource follows.
        record Schemas(String from, Operand operand) implements Values {}

        /// The members of a group, as rows `m` of `membership` and `x` of `resource`.
        record Members() implements Values {}

        /// The groups of a person.
        record Groups() implements Values {}
    }

    Values of(Resolved path) {
        String name = path.attribute().name();
        if (path.extension() == null) {
            switch (name) {
                case "id" -> {
                    return new Values.One(Operand.id("r.id"));
                }
                case "meta" -> {
                    return new Values.One(meta(path));
                }
                case "schemas" -> {
                    return schemas(path.leaf());
                }
                case Shape.MEMBERS -> {
                    if (shape.members()) {
                        return new Values.Members();
                    }
                }
                case Shape.GROUPS -> {
                    if (shape.groups()) {
                        return new Values.Groups();
                    }
                }
                default -> {}
            }
        } else if (path.extension().equals(shape.managerUrn()) && name.equals(Shape.MANAGER)) {
            Operand derived = manager(path.sub());
            if (derived != null) {
                return new Values.One(derived);
            }
        }
        return stored(path);
    }

    /// What a part of an element is, where the element is the row `e (v)`.
    static Operand element(Resolved path) {
        Attribute sub = path.sub();
        return sub == null
                ? Operand.stored("e.v #>> '{}'", "e.v")
                : Operand.stored("e.v ->> " + Sql.literal(sub.name()), "e.v -> " + Sql.literal(sub.name()));
    }

    /// A part of a member, for rows `m` of `membership` and `x` of `resource`; without a part, its id.
    Operand member(Resolved path) {
        Attribute sub = path.sub();
        return switch (sub == null ? "value" : sub.name()) {
            case "value" -> Operand.id("m.member_id");
            case "type" -> Operand.text(path.leaf().caseExact() ? "x.type" : "lower(x.type)");
            case "display" -> display(path.leaf(), "x");
            case "$ref" -> addresses.of(path.leaf(), "x");
            default -> Operand.text("NULL::text");
        };
    }

    /// A part of a group somebody is in, for rows `g` of `resource` and, for the type, `u` of the way there.
    Operand group(Resolved path) {
        Attribute sub = path.sub();
        return switch (sub == null ? "value" : sub.name()) {
            case "value" -> Operand.id("g.id");
            case "type" -> Operand.text("CASE WHEN u.direct THEN 'direct' ELSE 'indirect' END");
            case "display" -> display(path.leaf(), "g");
            case "$ref" -> addresses.of(path.leaf(), "g");
            default -> Operand.text("NULL::text");
        };
    }

    /// Whether the directory has values of that path at all. What an extension declares `readOnly` no client
    /// can set; whoever shows it has it from elsewhere.
    static boolean isKept(Resolved path) {
        return path.extension() == null || path.attribute().mutability() != Mutability.READ_ONLY;
    }

    private Values stored(Resolved path) {
        if (!isKept(path)) {
            throw ScimProblem.of(
                    ScimProblem.Type.invalidFilter, path + " is shown, but not kept here, and cannot be searched for");
        }
        String holder = path.extension() == null ? "r.search" : "r.search -> " + Sql.literal(path.extension());
        String attribute = Sql.literal(path.attribute().name());
        Attribute sub = path.sub();
        if (path.attribute().multiValued()) {
            String array = holder + " -> " + attribute;
            return new Values.Each(
                    array,
                    "jsonb_array_elements(CASE jsonb_typeof(" + array + ") WHEN 'array' THEN " + array
                            + " END) AS e (v)",
                    element(path));
        }
        return new Values.One(
                sub == null
                        ? Operand.stored(holder + " ->> " + attribute, holder + " -> " + attribute)
                        : Operand.stored(
                                holder + " -> " + attribute + " ->> " + Sql.literal(sub.name()),
                                holder + " -> " + attribute + " -> " + Sql.literal(sub.name())));
    }

    private Operand meta(Resolved path) {
        Attribute sub = path.sub();
        if (sub == null) {
            return Operand.text("'present'");
        }
        return switch (sub.name()) {
            case "created" -> Operand.time("r.created");
            case "lastModified" -> Operand.time(Columns.lastModified(shape, "r"));
            case "version" -> Operand.text("'W/\"' || " + Columns.version(shape, "r") + " || '\"'");
            case "resourceType" -> Operand.text(constant(sub, shape.type().name()));
            case "location" -> addresses.of(sub, "r");
            default -> Operand.text("NULL::text");
        };
    }

    private Values schemas(Attribute attribute) {
        String urns = Stream.concat(
                        Stream.of(constant(attribute, shape.type().core().id())),
                        shape.type().extensions().stream()
                                .map(ResourceType.Extension::schema)
                                .map(schema -> "CASE WHEN r.search -> " + Sql.literal(schema.id())
                                        + " IS NOT NULL THEN " + constant(attribute, schema.id()) + " END"))
                .collect(Collectors.joining(", "));
        return new Values.Schemas(
                "(SELECT u FROM unnest(ARRAY[" + urns + "]) u WHERE u IS NOT NULL) AS e (v)", Operand.text("e.v"));
    }

    /// What the manager's own record says, where the person is known.
    private @Nullable Operand manager(@Nullable Attribute sub) {
        if (sub == null) {
            return null;
        }
        return switch (sub.name()) {
            case "displayName" -> Operand.text(ofManager(display(sub, "p").text()));
            case "$ref" -> Operand.text(ofManager(addresses.of(sub, "p").text()));
            default -> null;
        };
    }

    private String ofManager(String expression) {
        return "(SELECT " + expression + " FROM resource p WHERE p.id = " + Columns.managerId(shape, "r")
                + " AND p.source_id IS NOT DISTINCT FROM r.source_id)";
    }

    private static Operand display(Attribute attribute, String row) {
        return Operand.text(row + (attribute.caseExact() ? ".document" : ".search") + " ->> 'displayName'");
    }

    private static String constant(Attribute attribute, String text) {
        return Sql.literal(attribute.caseExact() ? text : Folding.fold(text));
    }
}
