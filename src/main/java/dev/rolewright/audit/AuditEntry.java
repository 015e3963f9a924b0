package dev.rolewright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One row of the trail, as a reader sees it.
///
/// @param id rises with time; rows written at the same moment may become visible in another order
/// @param before SHA-256, in hexadecimal, of the subject's stored document before the change
/// @param after and after it
public record AuditEntry(
        long id,
        Instant at,
        String source,
        String actor,
        String requestId,
        String action,
        String subjectType,
        String subjectId,
        @Nullable String before,
        @Nullable String after,
        JsonNode detail) {}
