package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.store.StoreFailure;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.ScimError;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Turns whatever stopped a request into its answer.
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    /// Seconds after which a request that met a store without time for it is worth another try.
    private static final int SOON = 5;

    static final ScimProblem STORE_AWAY = ScimProblem.of(503, "The store does not answer; try again soon.");

    private Refusals() {}

    static Response answer(Throwable failure, RoutingContext exchange) {
        return switch (failure) {
            case ScimProblem problem -> {
                tellsOfTheStore(problem);
                yield envelope(problem, exchange);
            }
            case StoreFailure failed when tellsOfTheStore(failed) -> envelope(STORE_AWAY, exchange);
            // What goes wrong while a streamed answer is prepared comes wrapped.
            case WebApplicationException e when e.getCause() != null -> answer(e.getCause(), exchange);
            case WebApplicationException e
            when e.getResponse().getStatus() < 500 ->
                envelope(ScimProblem.of(e.getResponse().getStatus(), "The request cannot be served."), exchange);
            // The client went away in the middle of its body; nobody reads this answer.
            case IOException e -> envelope(ScimProblem.of(400, "The request body ended too early."), exchange);
            default -> {
                LOG.errorf(failure, "a SCIM request failed, requestId=%s", RequestIds.of(exchange.request()));
                yield envelope(ScimProblem.of(500, "The request failed; the log has its X-Request-Id."), exchange);
            }
        };
    }

    /// Logs that the store is away, when that is what a failure means.
    static boolean tellsOfTheStore(RuntimeException failure) {
        Optional<StoreFailure> away = StoreFailure.away(failure);
        away.ifPresent(why -> LOG.warnf("the store cannot be used at present: %s", why.getMessage()));
        return away.isPresent();
    }

    private static Response envelope(ScimProblem problem, RoutingContext exchange) {
        if (problem.status() == 413) {
            Doorstep.closeAfter(exchange);
        }
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(MediaTypes.SCIM).entity(ScimError.bytes(problem));
        if (problem.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, SOON);
        }
        return answer.build();
    }
}
