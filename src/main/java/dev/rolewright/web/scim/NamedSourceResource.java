package dev.rolewright.web.scim;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// SCIM for every source by its name; the guard has seen to it that the token belongs to that source.
@Singleton
@Path("/scim/{source}/v2")
@Tag(name = "SCIM of a further source")
class NamedSourceResource extends ScimResource {

    NamedSourceResource(Desks desks) {
        super(desks);
    }

    /// Whatever goes wrong in a method, or in a filter before it, ends as an error envelope.
    @ServerExceptionMapper
    public Response refuse(Throwable failure, RoutingContext context) {
        return Refusals.answer(failure, context);
    }
}
