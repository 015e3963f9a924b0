package dev.rolewright.web.scim;

import dev.rolewright.web.auth.Speaker;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/// Opens exchanges: finds out under which address the client speaks to which source.
@ApplicationScoped
class Exchanges {

    private static final String DEFAULT_ROOT = "/scim/v2";

    private final Types types;
    private final Optional<String> baseUrl;

    Exchanges(Types types, ScimConfig config) {
        this.types = types;
        this.baseUrl = config.baseUrl().map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    void open(ContainerRequestContext request, RoutingContext context) {
        HttpServerRequest http = context.request();
        MediaTypes.requireAcceptable(http.headers().getAll("Accept"));
        Speaker speaker = Speaker.of(request);
        String path = context.normalizedPath();
        boolean byName = !path.equals(DEFAULT_ROOT) && !path.startsWith(DEFAULT_ROOT + "/");
        String root = byName ? "/scim/" + speaker.source() + "/v2" : DEFAULT_ROOT;
        Links links = types.links(baseUrl.orElseGet(() -> address(http)) + root);
        new Exchange(speaker, links, QueryString.parse(http.query()), http).enter(context);
    }

    /// The address the client used; what a proxy says about it counts only when Quarkus is told to trust proxies.
    private static String address(HttpServerRequest http) {
        HostAndPort authority = http.authority();
        return http.scheme() + "://"
                + (authority != null
                        ? authority
                        : http.localAddress().hostName() + ":"
                                + http.localAddress().port());
    }
}
