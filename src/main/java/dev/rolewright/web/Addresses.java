package dev.rolewright.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;

/// Refuses requests whose address is no URI. The SCIM door looks at its own addresses, and puts up with more: the
/// brackets of a filter, for one.
@ApplicationScoped
class Addresses {

    private static final int SECOND = -1999;

    void register(@Observes Router router) {
        router.route().order(SECOND).handler(Addresses::check);
    }

    private static void check(RoutingContext exchange) {
        String address = exchange.request().uri();
        if (address.startsWith("/scim") || isUri(address)) {
            exchange.next();
            return;
        }
        exchange.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end("{\"status\":400,\"title\":\"Bad Request\",\"detail\":\"The address is not a URI.\"}");
    }

    private static boolean isUri(String address) {
        try {
            new URI(address);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
