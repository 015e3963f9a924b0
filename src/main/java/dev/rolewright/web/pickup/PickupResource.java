package dev.rolewright.web.pickup;

import dev.rolewright.credential.Secret;
import dev.rolewright.handover.Handover;
import dev.rolewright.handover.PasswordResult;
import dev.rolewright.web.RequestIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

@Path("/pickup")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class PickupResource {

    private static final int GONE = 410;
    private static final int NOTHING_YET = 409;
    private static final int TARGETS_AWAY = 503;

    private final Handover handover;

    PickupResource(Handover handover) {
        this.handover = handover;
    }

    @GET
    @Operation(hidden = true)
    public Response open() {
        return answer(200, Page.asking());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response take(
            @FormParam("link") @Nullable String link,
            @FormParam("end") @Nullable String end,
            @Context ContainerRequestContext request) {
        Optional<List<PasswordResult>> results = handover.byLink(
                Secret.of(secret(link == null ? "" : link)),
                "yes".equals(end),
                request.getHeaderString(RequestIds.HEADER));
        if (results.isEmpty()) {
            return answer(GONE, Page.useless());
        }
        if (results.get().isEmpty()) {
            return answer(NOTHING_YET, Page.nothing());
        }
        boolean given = results.get().stream().anyMatch(PasswordResult.Given.class::isInstance);
        return answer(given ? 200 : TARGETS_AWAY, Page.results(results.get()));
    }

    /// Without a script people paste the whole link.
    private static String secret(String link) {
        return link.substring(link.indexOf('#') + 1).strip();
    }

    private static Response answer(int status, String page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", Page.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .entity(page)
                .build();
    }
}
