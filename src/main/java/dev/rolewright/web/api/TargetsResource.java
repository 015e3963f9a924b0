package dev.rolewright.web.api;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.reconcile.targets.Servers;
import dev.rolewright.reconcile.targets.TargetStatus;
import dev.rolewright.reconcile.targets.Targets;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import dev.rolewright.web.auth.ForApprovers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
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

@Path("/api/targets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Targets", description = "The servers whose logins are kept, and how they are doing")
class TargetsResource {

    private final Targets targets;
    private final KnownTargets known;
    private final Logins logins;
    private final Servers servers;
    private final TargetsConfig config;

    TargetsResource(Targets targets, KnownTargets known, Logins logins, Servers servers, TargetsConfig config) {
        this.targets = targets;
        this.known = known;
        this.logins = logins;
        this.servers = servers;
        this.config = config;
    }

    /// @param serverId the server's own id of it, once it was seen
    /// @param since since when it is in that state
    /// @param error why it is not as it should be, or what is not done yet
    /// @param seen when it was last seen on the server
    record LoginView(
            String target,
            String name,
            String person,
            @Nullable String serverId,
            KnownLogin.State state,
            Instant since,
            @Nullable String error,
            @Nullable Instant seen) {

        static LoginView of(KnownLogin login) {
            return new LoginView(
                    login.target().value(),
                    login.name().value(),
                    login.person().toString(),
                    login.serverId().orElse(null),
                    login.state(),
                    login.since(),
                    login.error().orElse(null),
                    login.seen().orElse(null));
        }
    }

    /// @param next what to give as `after` for the part after it; null when there is none
    record LoginPage(List<LoginView> items, @Nullable String next) {}

    @GET
    @Operation(summary = "Lists the targets of the active contract")
    public List<TargetView> list() {
        return targets.all().stream().map(this::view).toList();
    }

    @GET
    @Path("/{target}")
    @Operation(summary = "Shows one target: where it is, how it is doing, what a human should know of it")
    public TargetView show(@PathParam("target") String name) {
        return view(known.status(name));
    }

    record Move(String identity, @Nullable String copyOf, String reason) {}

    @POST
    @Path("/{target}/server")
    @Consumes(MediaType.APPLICATION_JSON)
    @ForApprovers
    @Operation(
            summary = "Lets a target be on another server from now on",
            description = "For approvers. Nothing is done on a server that is not the one whose logins are known; the"
                    + " target's failure says which identity answers instead. A copy of a server keeps the identity of the"
                    + " original: `copyOf` names the target that is on the original.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Move.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TargetView.class)))
    public TargetView move(
            @PathParam("target") String name, InputStream stream, @Context ContainerRequestContext request) {
        TargetName target = known.named(name);
        Body body = Body.read(stream, List.of("identity", "copyOf", "reason"));
        try {
            servers.move(
                    target,
                    body.required("identity"),
                    body.optional("copyOf").map(TargetName::new),
                    body.required("reason"),
                    Requests.caller(request));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(String.valueOf(e.getMessage()));
        }
        return view(known.status(name));
    }

    @GET
    @Path("/{target}/logins")
    @Operation(
            summary = "Lists the logins of people on a target by name, as far as Rolewright knows",
            description = "The target itself is not asked; `seen` says when it last was.")
    public LoginPage logins(
            @PathParam("target") String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        TargetName target = known.named(name);
        int most = Parameters.limit(limit);
        List<KnownLogin> found = logins.ofTarget(target, after(after), most + 1);
        Page<KnownLogin, String> page = Page.cut(found, most, login -> login.name() + "/" + login.person());
        return new LoginPage(page.items().stream().map(LoginView::of).toList(), page.next());
    }

    /// The name of a login and whose it is; of a name alone nothing says which of several logins is meant.
    private static Optional<Logins.Place> after(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            int end = text.lastIndexOf('/');
            PersonId person = new PersonId(UUID.fromString(text.substring(end + 1)));
            return Optional.of(new Logins.Place(new LoginName(text.substring(0, Math.max(end, 0))), person));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid("after must be what the page before says as next.");
        }
    }

    private TargetView view(TargetStatus status) {
        var reach =
                Optional.ofNullable(config.byName().get(status.target().name().value()));
        return TargetView.of(
                status,
                reach.map(TargetsConfig.TargetConfig::address),
                reach.map(TargetsConfig.TargetConfig::username));
    }
}
