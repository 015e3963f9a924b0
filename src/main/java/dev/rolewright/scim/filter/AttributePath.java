package dev.rolewright.scim.filter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attribute as a client wrote it: an optional schema URN, a name and an optional sub-attribute
/// (`attrPath` of RFC 7644 §3.4.2.2). Not yet held against a schema; {@link Resolved} is.
public record AttributePath(
        @Nullable String urn, String name, @Nullable String sub) {

    public static AttributePath of(String name) {
        return new AttributePath(null, name, null);
    }

    public static AttributePath of(String name, String sub) {
        return new AttributePath(null, name, sub);
    }

    public Optional<String> subName() {
        return Optional.ofNullable(sub);
    }

    /// The spelling that parses back to this path.
    @Override
    public String toString() {
        return (urn == null ? "" : urn + ":") + name + (sub == null ? "" : "." + sub);
    }
}
