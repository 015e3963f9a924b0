package dev.rolewright.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The last resource of a page: the next page begins behind it.
///
/// @param key what the search is ordered by, as a text; null when the resource has no such value
record Position(@Nullable String key, UUID id) {}
