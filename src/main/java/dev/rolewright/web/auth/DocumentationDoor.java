package dev.rolewright.web.auth;

import dev.rolewright.web.auth.Verdict.Admitted;
import dev.rolewright.web.auth.Verdict.Refused;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Keeps the API documentation (`/q/openapi`, `/q/swagger-ui`) behind the admin login in production.
///
/// Everything under `/q` is shut but health and, if configured so, metrics: what a later version of the platform puts
/// there is not opened by accident. The refusal asks for HTTP Basic, so that a browser shows its login: any user name,
/// and the admin token as the password.
@ApplicationScoped
class DocumentationDoor {

    private static final String ROOT = "/q";
    private static final int BEFORE_THE_PAGES = -1500;

    private final DocumentationConfig config;
    private final AdminDoor door;

    DocumentationDoor(DocumentationConfig config, AdminDoor door) {
        this.config = config;
        this.door = door;
    }

    void register(@Observes Router router) {
        if (!config.openDocumentation()) {
            router.route().order(BEFORE_THE_PAGES).handler(this::enter);
        }
    }

    private void enter(RoutingContext exchange) {
        if (isOpen(exchange.normalizedPath())) {
            exchange.next();
            return;
        }
        // To check a token may take a while: not on the thread that serves all the others.
        Context here = exchange.vertx().getOrCreateContext();
        exchange.request().pause();
        String authorization = exchange.request().getHeader(HttpHeaders.AUTHORIZATION);
        Thread.startVirtualThread(() -> {
            Verdict<Admin> verdict = Guard.unhurried(() -> door.admit(authorization));
            here.runOnContext(back -> go(exchange, verdict));
        });
    }

    private boolean isOpen(String path) {
        if (!isAt(ROOT, path)) {
            return true;
        }
        return isAt(ROOT + "/health", path) || (config.openMetrics() && isAt(ROOT + "/metrics", path));
    }

    private static boolean isAt(String place, String path) {
        return path.equals(place) || path.startsWith(place + "/");
    }

    private static void go(RoutingContext exchange, Verdict<Admin> verdict) {
        exchange.request().resume();
        switch (verdict) {
            case Admitted<Admin> welcome -> exchange.next();
            case Refused<Admin>(Refusal refusal) -> refuse(exchange, refusal);
        }
    }

    private static void refuse(RoutingContext exchange, Refusal refusal) {
        exchange.response()
                .setStatusCode(refusal.reason().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Door.API.mediaType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("WWW-Authenticate", "Basic realm=\"Rolewright: admin token as password\", charset=\"UTF-8\"")
                .end(Buffer.buffer(Door.API.body(refusal)));
    }
}
