package dev.rolewright.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One member of a group.
///
/// @param group the group it is a direct member of
/// @param type the member's resource type, by name
public record MemberRef(
        UUID group, UUID id, String type, @Nullable String display) {}
