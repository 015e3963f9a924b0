package dev.rolewright.web.scim;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// SCIM for the default source.
@Singleton
@Path("/scim/v2")
@Tag(name = "SCIM", description = "SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865)")
class DefaultSourceResource extends ScimResource {

    DefaultSourceResource(Desks desks) {
        super(desks);
    }

    /// Whatever goes wrong in a method, or in a filter before it, ends as an error envelope.
    @ServerExceptionMapper
    public Response refuse(Throwable failure, RoutingContext context) {
        return Refusals.answer(failure, context);
    }
}
