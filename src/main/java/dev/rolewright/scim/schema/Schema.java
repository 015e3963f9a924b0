package dev.rolewright.scim.schema;

import java.util.List;
import java.util.Optional;

/// One schema of `scim-schemas/`: a URN and the attributes it defines.
public record Schema(String id, String name, String description, List<Attribute> attributes) {

    /// What RFC 7643 §4.3 knows about people at work.
    public static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    public Schema {
        attributes = List.copyOf(attributes);
    }

    /// The attribute of that name, compared without case (RFC 7643 §2.1).
    public Optional<Attribute> attribute(String attributeName) {
        return Attribute.named(attributes, attributeName);
    }

    /// What follows this schema's URN and a colon in a name; empty when the name does not begin so.
    public Optional<String> nameWithin(String qualified) {
        int length = id.length();
        boolean inside = qualified.length() > length + 1
                && qualified.charAt(length) == ':'
                && qualified.regionMatches(true, 0, id, 0, length);
        return inside ? Optional.of(qualified.substring(length + 1)) : Optional.empty();
    }
}
