package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.web.Addresses;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.ScimError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What happens to a request for `/scim` before and besides any resource method: faults of HTTP itself, and failures
/// nobody else answered. Both are answered in the error envelope.
@ApplicationScoped
class Doorstep {

    private static final Logger LOG = Logger.getLogger(Doorstep.class);
    /// After requests have got their ids, and before anybody decodes a path that cannot be.
    private static final int BEFORE_PATHS_ARE_DECODED = -1900;
    private static final int LAST = 1_000_000;
    private static final ScimProblem NOTHING_HERE = ScimProblem.of(404, "There is nothing at this address.");

    private final ScimConfig.Limits limits;

    Doorstep(ScimConfig config) {
        limits = config.limits();
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_PATHS_ARE_DECODED).handler(this::enter).failureHandler(Doorstep::fail);
        router.route(Addresses.SCIM + "*").order(LAST).handler(Doorstep::leave);
        // A path that cannot be decoded fails while routes are looked for, so no route is asked.
        router.errorHandler(400, Doorstep::unrouted);
    }

    private void enter(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (!Addresses.isForScim(exchange)) {
            exchange.next();
            return;
        }
        ScimProblem problem = refusal(request);
        if (problem == null) {
            route(exchange);
        } else {
            answer(exchange, problem);
        }
    }

    private @Nullable ScimProblem refusal(HttpServerRequest request) {
        if (request.uri().length() > limits.uriLength()) {
            return ScimProblem.of(414, "The path and query are longer than " + limits.uriLength() + " characters.");
        }
        if (!wellEncoded(request.path())) {
            return ScimProblem.of(400, "The path is not percent-encoded text.");
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 18 || Long.parseLong(length) > limits.bodyBytes())) {
            return BodyReader.tooLarge(limits.bodyBytes());
        }
        return null;
    }

    /// Lets those go on who ask for something there is, in a way it knows.
    private static void route(RoutingContext exchange) {
        List<String> methods = Routes.methods(exchange.normalizedPath());
        if (methods.contains(exchange.request().method().name())) {
            exchange.next();
            return;
        }
        if (methods.isEmpty()) {
            answer(exchange, NOTHING_HERE);
            return;
        }
        String known = String.join(", ", methods);
        exchange.response().putHeader(HttpHeaders.ALLOW, known);
        if (exchange.request().method().equals(HttpMethod.OPTIONS)) {
            exchange.response().setStatusCode(204).end();
        } else {
            answer(exchange, ScimProblem.of(405, "This address knows " + known + " only."));
        }
    }

    /// Nobody has taken the request.
    private static void leave(RoutingContext exchange) {
        if (Addresses.isForScim(exchange)) {
            answer(exchange, NOTHING_HERE);
        } else {
            exchange.next();
        }
    }

    private static void unrouted(RoutingContext exchange) {
        if (Addresses.isForScim(exchange) && !exchange.response().headWritten()) {
            RequestIds.name(exchange);
            answer(exchange, ScimProblem.of(400, "The address cannot be decoded."));
        }
    }

    private static void fail(RoutingContext exchange) {
        if (!Addresses.isForScim(exchange) || exchange.response().headWritten()) {
            exchange.next();
            return;
        }
        int status = exchange.statusCode();
        if (status >= 400 && status < 500) {
            answer(exchange, ScimProblem.of(status, "The request cannot be understood."));
            return;
        }
        LOG.errorf(exchange.failure(), "a SCIM request failed, requestId=%s", RequestIds.of(exchange.request()));
        answer(exchange, ScimProblem.of(500, "The request failed; the log has its X-Request-Id."));
    }

    private static void answer(RoutingContext exchange, ScimProblem problem) {
        HttpServerResponse response = exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.SCIM);
        if (problem.status() == 413) {
            closeAfter(exchange);
        }
        response.end(Buffer.buffer(ScimError.bytes(problem)));
    }

    /// Ends the connection with the answer: what the client still has to send is not read.
    static void closeAfter(RoutingContext exchange) {
        exchange.response().putHeader(HttpHeaders.CONNECTION, "close");
        exchange.addEndHandler(sent -> exchange.request().connection().close());
    }

    /// A percent sign must be followed by two hexadecimal digits, and may not hide a slash or a control
    /// character: no URL of ours has those.
    private static boolean wellEncoded(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 127 || c == '\\') {
                return false;
            }
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = high >= 0 ? Character.digit(path.charAt(i + 2), 16) : -1;
                int decoded = high * 16 + low;
                if (low < 0 || decoded < 32 || decoded == 127 || decoded == '/' || decoded == '\\') {
                    return false;
                }
                i += 2;
            }
        }
        return true;
    }
}
