package dev.rolewright.scim.schema;

import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import java.util.List;

/// What every resource has whatever its schema says (RFC 7643 §3 and §3.1). No schema lists these attributes, so they
/// do not appear under `/Schemas`; a resource type's core has them.
final class CommonAttributes {

    static final List<Attribute> ALL = List.of(
            attribute(
                    "schemas",
                    Type.REFERENCE,
                    true,
                    "The URNs of the schemas the resource follows.",
                    false,
                    Mutability.READ_WRITE,
                    Returned.ALWAYS,
                    List.of()),
            attribute(
                    "id",
                    Type.STRING,
                    false,
                    "The key of the resource, made by this service and never used again.",
                    true,
                    Mutability.READ_ONLY,
                    Returned.ALWAYS,
                    List.of()),
            attribute(
                    "externalId",
                    Type.STRING,
                    false,
                    "The key of the resource in the identity provider.",
                    true,
                    Mutability.READ_WRITE,
                    Returned.DEFAULT,
                    List.of()),
            attribute(
                    "meta",
                    Type.COMPLEX,
                    false,
                    "What the service knows about the resource itself.",
                    false,
                    Mutability.READ_ONLY,
                    Returned.DEFAULT,
                    List.of(
                            meta("resourceType", Type.STRING, "The name of the resource's type."),
                            meta("created", Type.DATE_TIME, "When the resource appeared."),
                            meta("lastModified", Type.DATE_TIME, "When the resource last changed."),
                            meta("location", Type.REFERENCE, "The URL of the resource."),
                            meta("version", Type.STRING, "The entity tag of the resource's present state."))));

    private CommonAttributes() {}

    private static Attribute meta(String name, Type type, String description) {
        return attribute(name, type, false, description, true, Mutability.READ_ONLY, Returned.DEFAULT, List.of());
    }

    private static Attribute attribute(
            String name,
            Type type,
            boolean multiValued,
            String description,
            boolean caseExact,
            Mutability mutability,
            Returned returned,
            List<Attribute> subAttributes) {
        return new Attribute(
                name,
                type,
                multiValued,
                description,
                false,
                caseExact,
                mutability,
                returned,
                Uniqueness.NONE,
                List.of(),
                type == Type.REFERENCE ? List.of("uri") : List.of(),
                subAttributes);
    }
}
