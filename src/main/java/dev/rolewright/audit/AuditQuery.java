package dev.rolewright.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which rows of the trail a reader wants; what is null does not matter.
///
/// @param source name of the source spoken about
/// @param subject id of what was changed
/// @param request id of the request that changed it
/// @param from at this time or later
/// @param until before this time
/// @param olderThan only rows with a smaller id: the last id of the page before
/// @param limit at most so many rows
public record AuditQuery(
        @Nullable String source,
        @Nullable String subject,
        @Nullable String request,
        @Nullable String actor,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Long olderThan,
        int limit) {

    public AuditQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row");
        }
    }
}
