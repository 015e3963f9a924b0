package dev.rolewright.directory;

import java.time.Instant;
import java.util.UUID;

/// A reference whose target nobody has told us about yet.
///
/// @param source name of the source
/// @param holder the resource that refers
/// @param attribute `members` or `manager`
/// @param value the id or externalId it waits for
public record PendingReference(
        String source, String holderType, UUID holder, String attribute, String value, Instant since) {}
