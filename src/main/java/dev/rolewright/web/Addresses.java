package dev.rolewright.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;

/// Refuses requests whose address is no URI, or holds U+0000, which no store keeps, or a semicolon: `/api;x` would be
/// served as `/api`. The SCIM door looks at its own
/// addresses, and puts up with more: the brackets of a filter, for one.
@ApplicationScoped
public class Addresses {

    /// Where the SCIM door is.
    public static final String SCIM = "/scim";

    private static final int SECOND = -1999;

    void register(@Observes Router router) {
        router.route().order(SECOND).handler(Addresses::check);
    }

    private static void check(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (isForScim(exchange)) {
            exchange.next();
        } else if (!isUri(request.uri())) {
            refuse(exchange, 400, "The address is not a URI.");
        } else if (request.uri().contains("%00")) {
            refuse(exchange, 400, "The address holds U+0000.");
        } else if (request.path() != null && request.path().indexOf(';') >= 0) {
            refuse(exchange, 404, "No address here has a semicolon.");
        } else {
            exchange.next();
        }
    }

    /// Says whether it is the SCIM door that answers at an address, however that is spelt.
    public static boolean isForScim(RoutingContext exchange) {
        String path = exchange.request().path();
        if (path == null || isAtScim(path)) {
            return path != null;
        }
        if (path.indexOf('%') < 0 && !path.contains("/.") && !path.contains("//")) {
            return false;
        }
        try {
            return isAtScim(exchange.normalizedPath());
        } catch (IllegalArgumentException undecodable) {
            return false;
        }
    }

    private static boolean isAtScim(String path) {
        return path.equals(SCIM) || path.startsWith(SCIM + "/");
    }

    private static void refuse(RoutingContext exchange, int status, String sentence) {
        exchange.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE)
                .end(Buffer.buffer(ProblemDocument.bytes(status, sentence)));
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
