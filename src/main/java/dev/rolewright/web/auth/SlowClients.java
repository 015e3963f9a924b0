package dev.rolewright.web.auth;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends connections of clients that do not get on: half-open ones, and those that send or take a byte now and then.
///
/// The server's own time-outs only count silence, and nothing of ours is called before a header is complete. So every
/// connection is looked at once a second, on the thread that serves it, and closed when it has been without a request,
/// or with the same one, for too long.
@ApplicationScoped
class SlowClients {

    private static final Logger LOG = Logger.getLogger(SlowClients.class);
    private static final int BEFORE_EVERYTHING = -3000;
    private static final long EVERY_MILLIS = 1_000;

    // Not a constant: live reload loads our classes anew while connections stay.
    private final AttributeKey<Visit> visits = AttributeKey.newInstance("visit " + UUID.randomUUID());

    private final VertxInternal vertx;
    private final Duration idle;
    private final Duration body;
    private final Duration request;
    private long timer;

    SlowClients(Vertx vertx, SlowClientsConfig config) {
        this.vertx = (VertxInternal) vertx;
        this.idle = config.idle();
        this.body = config.body();
        this.request = config.request();
    }

    /// What a connection is doing; only its own thread touches it.
    private static final class Visit {

        private long since = System.nanoTime();

        @Nullable
        private HttpServerRequest request;

        void begin(HttpServerRequest begun) {
            since = System.nanoTime();
            request = begun;
        }

        void end() {
            since = System.nanoTime();
            request = null;
        }
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_EVERYTHING).handler(this::enter);
    }

    void start(@Observes StartupEvent starting) {
        timer = vertx.setPeriodic(
                EVERY_MILLIS, tick -> vertx.getEventLoopGroup().forEach(this::lookThrough));
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    private void enter(RoutingContext exchange) {
        Visit visit = visit(((ConnectionBase) exchange.request().connection()).channel());
        visit.begin(exchange.request());
        exchange.addEndHandler(done -> visit.end());
        exchange.next();
    }

    private void lookThrough(EventExecutor thread) {
        if (thread instanceof SingleThreadEventLoop loop) {
            loop.execute(() -> {
                List<Channel> overdue = new ArrayList<>();
                loop.registeredChannelsIterator().forEachRemaining(channel -> {
                    if (isOverdue(channel)) {
                        overdue.add(channel);
                    }
                });
                overdue.forEach(SlowClients::close);
            });
        }
    }

    private boolean isOverdue(Channel channel) {
        if (channel.parent() == null) {
            return false; // not a connection of a client, but the door itself
        }
        Visit visit = visit(channel);
        return System.nanoTime() - visit.since > allowed(visit.request).toNanos();
    }

    /// Closes without the courtesy of the pipeline, which would wait until the client has taken what is written.
    private static void close(Channel channel) {
        LOG.debugf("%s took too long, its connection is closed", channel.remoteAddress());
        channel.unsafe().close(channel.newPromise());
    }

    private Duration allowed(@Nullable HttpServerRequest current) {
        if (current == null) {
            return idle;
        }
        return current.isEnded() ? request : body;
    }

    private Visit visit(Channel channel) {
        Visit known = channel.attr(visits).get();
        if (known != null) {
            return known;
        }
        Visit visit = new Visit();
        channel.attr(visits).set(visit);
        return visit;
    }
}
