package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One resource as the directory keeps it.
///
/// @param version the number behind its ETag; for a group it also counts changes of its members
/// @param document its attributes in canonical names, without `id`, `meta`, `schemas`, `groups` and `members`; the
///     reader owns it and may change it
/// @param groups the groups a person belongs to, when the {@link View} asked for them
/// @param manager the person the `manager` attribute leads to, when the {@link View} asked for references and that
///     person is known
public record Entry(
        UUID id,
        ResourceType type,
        long version,
        Instant created,
        Instant lastModified,
        ObjectNode document,
        List<GroupRef> groups,
        @Nullable PersonRef manager) {

    public Entry {
        groups = List.copyOf(groups);
    }

    Entry withGroups(List<GroupRef> others) {
        return new Entry(id, type, version, created, lastModified, document, others, manager);
    }

    /// A group somebody belongs to: directly, or through a group inside it.
    public record GroupRef(UUID id, @Nullable String display, boolean direct) {}

    /// A person somebody else's attribute leads to.
    public record PersonRef(UUID id, @Nullable String display) {}
}
