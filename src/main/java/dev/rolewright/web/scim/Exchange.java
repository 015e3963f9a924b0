package dev.rolewright.web.scim;

import dev.rolewright.directory.Precondition;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.auth.Speaker;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One request that came through the guard: who speaks, under which address, with which parameters.
///
/// @param links addresses as the client sees them
record Exchange(Speaker speaker, Links links, QueryString query, HttpServerRequest http) {

    private static final String KEY = Exchange.class.getName();

    static Exchange of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "the request did not pass the guard");
    }

    void enter(RoutingContext context) {
        context.put(KEY, this);
    }

    Caller caller(List<String> quirks) {
        return speaker.caller(RequestIds.of(http), quirks);
    }

    Optional<EntityTags> ifMatch() {
        return EntityTags.parse(http.headers().getAll("If-Match"));
    }

    Optional<EntityTags> ifNoneMatch() {
        return EntityTags.parse(http.headers().getAll("If-None-Match"));
    }

    /// What `attributes` and `excludedAttributes` leave of a resource of that type.
    Projection projection(ResourceType type) {
        return Projection.of(
                type,
                query.value("attributes").orElse(null),
                query.value("excludedAttributes").orElse(null));
    }

    boolean asksForAttributes() {
        return query.value("attributes").isPresent()
                || query.value("excludedAttributes").isPresent();
    }

    static Precondition precondition(Optional<EntityTags> ifMatch) {
        if (ifMatch.isEmpty()) {
            return Precondition.NONE;
        }
        EntityTags tags = ifMatch.get();
        return tags.any() ? new Precondition.Any() : new Precondition.Versions(tags.versions());
    }
}
