package dev.rolewright.scim.filter;

import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import dev.rolewright.scim.schema.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a path means for a resource type. Names and URNs compare without case (RFC 7643 §2.1);
/// attributes of an extension are reached by its URN only (RFC 7644 §3.10).
public final class Resolver {

    private Resolver() {}

    /// The definition a path names; empty when the type has no such attribute or sub-attribute.
    public static Optional<Resolved> resolve(ResourceType type, AttributePath path) {
        String urn = path.urn();
        if (urn == null || urn.equalsIgnoreCase(type.core().id())) {
            return find(null, type.core(), path);
        }
        return type.extension(urn).flatMap(extension -> find(extension.schema().id(), extension.schema(), path));
    }

    /// The extension whose bare URN the path spells, whichever way its last segment was read.
    public static Optional<Extension> extension(ResourceType type, AttributePath path) {
        return path.urn() == null ? Optional.empty() : type.extension(path.toString());
    }

    /// What a path between brackets means: a sub-attribute of a complex attribute. The elements of a simple
    /// multi-valued attribute have no parts; they are called `value` there, or no filter could pick one.
    public static Optional<Resolved> resolveElement(Resolved holder, AttributePath path) {
        if (path.urn() != null || path.sub() != null || holder.sub() != null) {
            return Optional.empty();
        }
        Attribute attribute = holder.attribute();
        if (attribute.complex()) {
            return attribute.sub(path.name()).map(sub -> new Resolved(holder.extension(), attribute, sub));
        }
        return attribute.multiValued() && path.name().equalsIgnoreCase("value")
                ? Optional.of(holder)
                : Optional.empty();
    }

    private static Optional<Resolved> find(@Nullable String extension, Schema schema, AttributePath path) {
        Optional<Attribute> attribute = schema.attribute(path.name());
        String sub = path.sub();
        if (sub == null) {
            return attribute.map(top -> new Resolved(extension, top, null));
        }
        return attribute.flatMap(top -> top.sub(sub).map(leaf -> new Resolved(extension, top, leaf)));
    }
}
