package dev.rolewright.web.api;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit", description = "What happened, who did it, and in which request")
class AuditResource {

    private final AuditLog log;

    AuditResource(AuditLog log) {
        this.log = log;
    }

    record AuditPage(List<AuditEntry> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Reads the audit trail, newest first",
            description = "Give the page's `next` as `olderThan` to read on. All other parameters narrow the search.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AuditPage.class)))
    public Page<AuditEntry, Long> read(
            @QueryParam("source") @Nullable String source,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("request") @Nullable String request,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @QueryParam("olderThan") @Nullable String olderThan,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        List<AuditEntry> found = log.read(new AuditQuery(
                source,
                subject,
                request,
                actor,
                action,
                Parameters.instant("from", from),
                Parameters.instant("until", until),
                Parameters.olderThan(olderThan),
                most + 1));
        return Page.cut(found, most, AuditEntry::id);
    }
}
