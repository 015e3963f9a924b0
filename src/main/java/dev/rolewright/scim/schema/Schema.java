package dev.rolewright.scim.schema;

import java.util.List;
import java.util.Optional;

/// One schema of `scim-schemas/`: a URN and the attributes it defines.
public record Schema(String id, String name, String description, List<Attribute> attributes) {

    public Schema {
        attributes = List.copyOf(attributes);
    }

    /// The attribute of that name, compared without case (RFC 7643 §2.1).
    public Optional<Attribute> attribute(String attributeName) {
        return Attribute.named(attributes, attributeName);
    }
}
