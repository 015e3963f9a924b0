package dev.rolewright.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.View;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.source.Source;
import dev.rolewright.source.SourceToken;
import dev.rolewright.source.Sources;
import dev.rolewright.source.Tokens;
import dev.rolewright.source.Tokens.Minted;
import dev.rolewright.source.Tokens.Wish;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/sources/{source}/tokens")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tokens", description = "The bearer tokens of a source; several live at once, so that rotation has no gap")
class TokensResource {

    private static final Duration LONGEST = Duration.ofDays(3_660);

    private final Sources sources;
    private final Tokens tokens;
    private final Directory directory;
    private final ResourceType user;
    private final Clock clock = Clock.systemUTC();

    TokensResource(Sources sources, Tokens tokens, Directory directory, Catalog catalog) {
        this.sources = sources;
        this.tokens = tokens;
        this.directory = directory;
        this.user = catalog.type("User").orElseThrow();
    }

    /// @param id zero for the token that configuration presets
    /// @param hint how the token begins
    /// @param expiresSoon it ends within two weeks
    /// @param unused it was never used, or not for 30 days
    record TokenView(
            long id,
            String name,
            String hint,
            SourceToken.State state,
            @Nullable UUID person,
            Instant created,
            String createdBy,
            @Nullable Instant expires,
            @Nullable Instant lastUsed,
            @Nullable Instant revoked,
            boolean expiresSoon,
            boolean unused) {

        static TokenView of(SourceToken token, Instant now) {
            return new TokenView(
                    token.id(),
                    token.name(),
                    token.hint(),
                    token.state(now),
                    token.person(),
                    token.created(),
                    token.createdBy(),
                    token.expires(),
                    token.lastUsed(),
                    token.revoked(),
                    token.expiresSoon(now),
                    token.isUnused(now));
        }
    }

    /// @param token the token itself, shown this once
    record NewTokenView(String token, @JsonUnwrapped TokenView about) {}

    record TokenPage(List<TokenView> items, @Nullable Long next) {}

    record NewToken(
            @Schema(required = true, description = "Whose it is; the actor in the audit trail")
            String name,

            @Schema(description = "When it stops to work; without it and lifetime it never does")
            Instant expiresAt,

            @Schema(description = "Instead of expiresAt: how long it works", examples = "P90D")
            String lifetime,

            @Schema(description = "The SCIM id of the person it stands for, if it is not the identity provider's")
            UUID person) {}

    @GET
    @Operation(summary = "Lists the tokens, also the dead ones, without ever showing one")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TokenPage.class)))
    public Page<TokenView, Long> list(
            @PathParam("source") String source,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        long last = after == null ? -1 : Parameters.number("after", after);
        Instant now = clock.instant();
        List<TokenView> found = tokens.list(sources.named(source), last, most + 1).stream()
                .map(token -> TokenView.of(token, now))
                .toList();
        return Page.cut(found, most, TokenView::id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes a token and shows it, this once")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewToken.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = NewTokenView.class)))
    @APIResponse(responseCode = "409", description = "The source has a live token of that name, or too many.")
    public Response create(
            @PathParam("source") String name, InputStream stream, @Context ContainerRequestContext request) {
        Source source = sources.named(name);
        Body body = Body.read(stream, List.of("name", "expiresAt", "lifetime", "person"));
        Instant now = clock.instant();
        Wish wish = new Wish(body.required("name"), expiry(body, now), person(source, body));
        Minted minted = tokens.create(Requests.author(request), source, wish);
        SourceToken token = minted.token();
        return Response.created(URI.create("/api/sources/" + source.name() + "/tokens/" + token.id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new NewTokenView(minted.secret().reveal(), TokenView.of(token, now)))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revokes a token: it is dead at once here, and within seconds on every replica")
    @APIResponse(responseCode = "204")
    public void revoke(
            @PathParam("source") String source, @PathParam("id") String id, @Context ContainerRequestContext request) {
        tokens.revoke(Requests.author(request), sources.named(source), Parameters.number("id", id));
    }

    private static @Nullable Instant expiry(Body body, Instant now) {
        Optional<String> at = body.optional("expiresAt");
        Optional<String> lifetime = body.optional("lifetime");
        if (at.isPresent() && lifetime.isPresent()) {
            throw ApiProblem.invalid("Give expiresAt or lifetime, not both.");
        }
        return lifetime.map(text -> now.plus(duration(text)))
                .orElseGet(() -> Parameters.instant("expiresAt", at.orElse(null)));
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // answered below, together with what is too long
        }
        throw ApiProblem.invalid(
                "lifetime must be a duration of at most " + LONGEST.toDays() + " days, such as P90D or PT12H.");
    }

    private @Nullable UUID person(Source source, Body body) {
        return body.optional("person")
                .map(id -> directory
                        .find(source.id(), user, id, View.PLAIN)
                        .orElseThrow(() -> ApiProblem.invalid("person must be the id of a User of this source."))
                        .id())
                .orElse(null);
    }
}
