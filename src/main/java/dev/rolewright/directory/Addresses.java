package dev.rolewright.directory;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.Folding;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The URLs of resources as SQL, for filters on `$ref` and `meta.location`.
///
/// @param base the address of the source, as the client spelt it; null where none is known
record Addresses(@Nullable String base, List<ResourceType> types) {

    /// For a place without an address, such as the path of a PATCH.
    static final Addresses NONE = new Addresses(null, List.of());

    Addresses {
        types = List.copyOf(types);
    }

    static Addresses of(String base, Catalog catalog) {
        return new Addresses(base, catalog.types());
    }

    /// The URL of a resource in the form in which that attribute compares.
    ///
    /// @param row alias of its row
    Operand of(Attribute attribute, String row) {
        if (base == null) {
            throw ScimProblem.of(
                    ScimProblem.Type.invalidFilter, attribute.name() + ": a URL cannot be compared here; use the id");
        }
        StringBuilder text = new StringBuilder("CASE " + row + ".type");
        for (ResourceType type : types) {
            String url = base + type.endpoint() + "/";
            text.append(" WHEN ")
                    .append(Sql.literal(type.name()))
                    .append(" THEN ")
                    .append(Sql.literal(attribute.caseExact() ? url : Folding.fold(url)));
        }
        return Operand.address(text + " END || " + row + ".id::text", row + ".id");
    }
}
