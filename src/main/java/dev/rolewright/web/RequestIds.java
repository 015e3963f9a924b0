package dev.rolewright.web;

import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/// Gives every request a name that log lines, traces, audit rows and the answer share.
///
/// A sound `X-Request-Id` of the client is kept, anything else is replaced: from here on the request's
/// own header can be trusted, so whoever needs the id reads that header. The answer carries it, too.
@ApplicationScoped
public class RequestIds {

    /// The header, in the request (from this door on) and in the answer.
    public static final String HEADER = "X-Request-Id";

    private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,64}");
    private static final int FIRST = -2000;

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(exchange -> {
            name(exchange);
            exchange.next();
        });
    }

    /// The name of a request that came through this door.
    public static String of(HttpServerRequest request) {
        return Objects.requireNonNull(request.getHeader(HEADER), "the request has no id");
    }

    /// It is a name and no secret, so it need not be hard to guess.
    private static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /// Names a request. Only who answers a request that never came to a route has to ask for it.
    public static void name(RoutingContext exchange) {
        String sent = exchange.request().getHeader(HEADER);
        String id = sent != null && SOUND.matcher(sent).matches() ? sent : made();
        exchange.request().headers().set(HEADER, id);
        exchange.response().putHeader(HEADER, id);
        MDC.put("requestId", id);
        Span.current().setAttribute("rolewright.request", id);
    }
}
