package dev.rolewright.directory;

import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the schemas of a resource type mean for its rows: which attributes are derived instead of stored, and which
/// values are unique.
///
/// @param members whether resources of the type hold members, as groups do
/// @param groups whether they show the groups they belong to, as people do
/// @param memberTypes which types a member may have
/// @param managerUrn the extension in which the `manager` lives; null for a type without
/// @param managerTypes which types a manager may have
/// @param uniques the attributes whose values are kept in `unique_value`
record Shape(
        ResourceType type,
        boolean members,
        boolean groups,
        List<String> memberTypes,
        @Nullable String managerUrn,
        List<String> managerTypes,
        List<Resolved> uniques) {

    static final String MEMBERS = "members";
    static final String GROUPS = "groups";
    static final String MANAGER = "manager";

    private static final Map<String, Shape> KNOWN = new ConcurrentHashMap<>();

    Shape {
        memberTypes = List.copyOf(memberTypes);
        managerTypes = List.copyOf(managerTypes);
        uniques = List.copyOf(uniques);
    }

    /// The types of a catalog are made once; comparing them attribute by attribute would cost more than this saves.
    @SuppressWarnings("ReferenceEquality")
    static Shape of(ResourceType type) {
        Shape known = KNOWN.get(type.name());
        if (known == null || known.type() != type) {
            known = read(type);
            KNOWN.put(type.name(), known);
        }
        return known;
    }

    /// The name as a constant, so that the planner knows how many resources of the type there are.
    String typeLiteral() {
        return Sql.literal(type.name());
    }

    private static Shape read(ResourceType type) {
        Optional<Attribute> members = type.core().attribute(MEMBERS).filter(Shape::references);
        Optional<Schema> managed = type.managerExtension().map(ResourceType.Extension::schema);
        List<Resolved> uniques = new ArrayList<>(uniques(null, type.core()));
        for (ResourceType.Extension extension : type.extensions()) {
            uniques.addAll(uniques(extension.schema().id(), extension.schema()));
        }
        return new Shape(
                type,
                members.isPresent(),
                type.core().attribute(GROUPS).filter(Shape::references).isPresent(),
                members.map(Shape::referenceTypes).orElse(List.of()),
                managed.map(Schema::id).orElse(null),
                managed.flatMap(schema -> schema.attribute(MANAGER))
                        .map(Shape::referenceTypes)
                        .orElse(List.of()),
                uniques);
    }

    private static boolean references(Attribute attribute) {
        return attribute.complex() && attribute.multiValued();
    }

    private static List<String> referenceTypes(Attribute attribute) {
        return attribute.sub("$ref").map(Attribute::referenceTypes).orElse(List.of());
    }

    /// `userName` has an index of its own.
    private static List<Resolved> uniques(@Nullable String urn, Schema schema) {
        return schema.attributes().stream()
                .filter(attribute -> attribute.uniqueness() != Uniqueness.NONE)
                .filter(attribute -> urn != null || !attribute.name().equals("userName"))
                .map(attribute -> new Resolved(urn, attribute, null))
                .toList();
    }
}
