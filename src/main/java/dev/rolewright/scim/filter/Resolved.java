package dev.rolewright.scim.filter;

import dev.rolewright.scim.schema.Attribute;
import org.jspecify.annotations.Nullable;

/// A path held against a resource type: which definition it means and where its value sits in a document.
///
/// @param extension the URN (in the schema's own spelling) whose object holds the attribute, or null for the core
/// @param attribute the top attribute
/// @param sub the sub-attribute, or null when the path stops at the top attribute
public record Resolved(
        @Nullable String extension,
        Attribute attribute,
        @Nullable Attribute sub) {

    /// The definition whose rules (type, case) decide comparisons.
    public Attribute leaf() {
        return sub == null ? attribute : sub;
    }
}
