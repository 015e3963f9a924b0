package dev.rolewright.scim.schema;

import java.util.List;
import java.util.Optional;

/// One attribute definition of a schema (RFC 7643 §7): its shape and the rules every reader and writer of it obeys.
public record Attribute(
        String name,
        Type type,
        boolean multiValued,
        String description,
        boolean required,
        boolean caseExact,
        Mutability mutability,
        Returned returned,
        Uniqueness uniqueness,
        List<String> canonicalValues,
        List<String> referenceTypes,
        List<Attribute> subAttributes) {

    public enum Type {
        STRING,
        BOOLEAN,
        DECIMAL,
        INTEGER,
        DATE_TIME,
        BINARY,
        REFERENCE,
        COMPLEX
    }

    public enum Mutability {
        READ_ONLY,
        READ_WRITE,
        IMMUTABLE,
        WRITE_ONLY
    }

    public enum Returned {
        ALWAYS,
        NEVER,
        DEFAULT,
        REQUEST
    }

    public enum Uniqueness {
        NONE,
        SERVER,
        GLOBAL
    }

    public Attribute {
        canonicalValues = List.copyOf(canonicalValues);
        referenceTypes = List.copyOf(referenceTypes);
        subAttributes = List.copyOf(subAttributes);
    }

    /// The sub-attribute of that name, compared without case (RFC 7643 §2.1).
    public Optional<Attribute> sub(String subName) {
        return named(subAttributes, subName);
    }

    static Optional<Attribute> named(List<Attribute> attributes, String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name.equalsIgnoreCase(name)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    public boolean complex() {
        return type == Type.COMPLEX;
    }
}
