package dev.rolewright.directory;

import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A search over one resource type or, at the root, several.
///
/// @param base the absolute address under which clients see this source, without a slash at its end; filters on `$ref`
///     and `meta.location` compare with it
public record Query(
        List<ResourceType> types,
        @Nullable Filter filter,
        @Nullable Sort sort,
        Paging paging,
        View view,
        String base) {

    public Query {
        types = List.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("a search needs a type");
        }
    }
}
