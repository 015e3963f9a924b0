package dev.rolewright.scim.filter;

import org.jspecify.annotations.Nullable;

/// Where a PATCH operation works: `attr`, `attr.sub`, `attr[filter]` or `attr[filter].sub`.
///
/// For `attr[filter].sub` the attribute path names only `attr`; the sub-attribute stands in `subOfMatch`.
/// A bare extension URN (`urn:…:User`) is what `Resolver.extension` finds for the attribute path.
public record PatchPath(
        AttributePath attribute,
        @Nullable Filter selector,
        @Nullable String subOfMatch) {}
