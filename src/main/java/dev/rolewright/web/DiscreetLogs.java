package dev.rolewright.web;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps the addresses that clients ask for out of the log, at every level: a filter names people,
/// and somebody may have made the secret of a link a part of an address.
@Startup
@ApplicationScoped
class DiscreetLogs {

    /// Those of the platform that write down each address when they are asked to tell all.
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("io.quarkus.micrometer.runtime.binder.vertx.VertxHttpServerMetrics"),
            Logger.getLogger("io.quarkus.micrometer.runtime.binder.RequestMetricInfo"),
            Logger.getLogger("io.vertx.ext.web.impl.RouterImpl"));

    DiscreetLogs() {
        TALKATIVE.forEach(logger -> logger.setFilter(line -> line.getLevel().intValue() >= Level.INFO.intValue()));
    }
}
