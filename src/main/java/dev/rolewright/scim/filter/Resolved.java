package dev.rolewright.scim.filter;

import dev.rolewright.scim.schema.Attribute;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A path held against a resource type: which definition it means and where its value sits in a document.
///
/// @param extension the URN (in the schema's own spelling) whose object holds the attribute, or null
///     for the core
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

    /// Under which name a document holds it: the extension's URN or the top attribute's name.
    public String top() {
        return extension == null ? attribute.name() : extension;
    }

    /// The path whose values can be compared or sorted by: this one when it is simple; for a complex
    /// attribute its `value`, which is what `emails co "x"` and `manager eq "x"` mean (RFC 7643 §2.4); empty
    /// when it has none.
    public Optional<Resolved> comparable() {
        if (!leaf().complex()) {
            return Optional.of(this);
        }
        return attribute.sub("value").map(value -> new Resolved(extension, attribute, value));
    }

    /// The path in the schemas' own spelling.
    @Override
    public String toString() {
        return new AttributePath(extension, attribute.name(), sub == null ? null : sub.name()).toString();
    }
}
