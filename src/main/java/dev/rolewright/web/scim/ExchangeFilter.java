package dev.rolewright.web.scim;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Prepares the {@link Exchange} of a SCIM request, after the guard has let it in.
class ExchangeFilter {

    private final Exchanges exchanges;

    ExchangeFilter(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @ServerRequestFilter(priority = Priorities.USER)
    public void enter(ContainerRequestContext request, RoutingContext context) {
        if (context.normalizedPath().startsWith("/scim/")) {
            exchanges.open(request, context);
        }
    }
}
