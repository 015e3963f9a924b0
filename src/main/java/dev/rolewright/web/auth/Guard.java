package dev.rolewright.web.auth;

import dev.rolewright.source.Source;
import dev.rolewright.web.auth.Refusal.Reason;
import dev.rolewright.web.auth.Verdict.Admitted;
import dev.rolewright.web.auth.Verdict.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Stands before every resource method and asks who is there.
///
/// Which door it is follows from the package of the class that would answer, so neither an unusual spelling of the
/// path nor a forgotten annotation opens anything; a class of any other package is nobody's door and stays shut.
///
/// Whatever was wrong with a token, the refusal leaves after the same [#PAUSE]: its timing tells nothing, and trying
/// tokens is slow. There is no lockout on top of it: behind a proxy all clients share one address, so a lockout would
/// let a stranger shut out the identity provider, and 256 random bits do not need one.
class Guard {

    static final Duration PAUSE = Duration.ofMillis(300);

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> FROM_HERE = Set.of("same-origin", "none");

    private final ScimDoor scimDoor;
    private final AdminDoor adminDoor;
    private final HrDoor hrDoor;
    private final PersonDoor personDoor;
    private final Turnstile turnstile;
    private final MeterRegistry metrics;

    Guard(
            ScimDoor scimDoor,
            AdminDoor adminDoor,
            HrDoor hrDoor,
            PersonDoor personDoor,
            Turnstile turnstile,
            MeterRegistry metrics) {
        this.scimDoor = scimDoor;
        this.adminDoor = adminDoor;
        this.hrDoor = hrDoor;
        this.personDoor = personDoor;
        this.turnstile = turnstile;
        this.metrics = metrics;
    }

    /// Gives the refusal, or nothing when the request may go on.
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public @Nullable Response check(ContainerRequestContext request, ResourceInfo resource) {
        Door door = Door.of(resource.getResourceClass());
        Optional<Refusal> refusal = switch (door) {
            case SCIM -> atScim(request, resource);
            case API -> atApi(request, resource);
            case HR -> atHr(request);
            case PERSON -> atPerson(request);
            case PICKUP -> fromHere(request);
            case NONE -> Optional.of(Refusal.notAllowed("Nobody may come in here."));
        };
        return refusal.map(r -> answer(door, r)).orElse(null);
    }

    private Optional<Refusal> atScim(ContainerRequestContext request, ResourceInfo resource) {
        String named = request.getUriInfo().getPathParameters().getFirst("source");
        String source = named == null ? Source.DEFAULT : named;
        return switch (unhurried(() -> scimDoor.admit(source, authorization(request)))) {
            case Refused<Speaker>(Refusal refusal) -> Optional.of(refusal);
            case Admitted<Speaker>(Speaker speaker) -> {
                if (speaker.person() != null && !isOpenToPersons(resource)) {
                    yield Optional.of(
                            Refusal.notAllowed("A person's own token opens /Me and the discovery endpoints only."));
                }
                speaker.enter(request);
                yield turnstile.pass(speaker.source() + "/" + speaker.actor());
            }
        };
    }

    private Optional<Refusal> atApi(ContainerRequestContext request, ResourceInfo resource) {
        return switch (unhurried(() -> adminDoor.admit(authorization(request)))) {
            case Refused<Admin>(Refusal refusal) -> Optional.of(refusal);
            case Admitted<Admin>(Admin admin) -> {
                admin.enter(request);
                yield SAFE.contains(request.getMethod()) ? Optional.empty() : mayChange(request, resource, admin);
            }
        };
    }

    private Optional<Refusal> atPerson(ContainerRequestContext request) {
        return switch (unhurried(() -> personDoor.admit(authorization(request)))) {
            case Refused<Speaker>(Refusal refusal) -> Optional.of(refusal);
            case Admitted<Speaker>(Speaker speaker) -> {
                speaker.enter(request);
                yield fromHere(request).or(() -> turnstile.pass("person:" + speaker.source() + "/" + speaker.actor()));
            }
        };
    }

    private Optional<Refusal> atHr(ContainerRequestContext request) {
        return switch (unhurried(() -> hrDoor.admit(authorization(request)))) {
            case Refused<Sender>(Refusal refusal) -> Optional.of(refusal);
            case Admitted<Sender>(Sender sender) -> {
                sender.enter(request);
                yield turnstile.pass("hr:" + sender.name());
            }
        };
    }

    /// A browser that knows the password of the API documentation would also send it for a page of somebody else;
    /// every current browser says so in `Sec-Fetch-Site`, and other clients do not send that header.
    private static Optional<Refusal> mayChange(ContainerRequestContext request, ResourceInfo resource, Admin admin) {
        Optional<Refusal> elsewhere = fromHere(request);
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        if (resource.getResourceMethod().isAnnotationPresent(ForApprovers.class)) {
            return admin.mayDecide()
                    ? Optional.empty()
                    : Optional.of(Refusal.notAllowed("This is for approvers to decide."));
        }
        return admin.mayChange()
                ? Optional.empty()
                : Optional.of(Refusal.notAllowed("Your role may read here, but not change anything."));
    }

    private static Optional<Refusal> fromHere(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        return SAFE.contains(request.getMethod()) || site == null || FROM_HERE.contains(site)
                ? Optional.empty()
                : Optional.of(Refusal.notAllowed("Changes cannot be asked for by pages of other sites."));
    }

    private static @Nullable String authorization(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.AUTHORIZATION);
    }

    private static boolean isOpenToPersons(ResourceInfo resource) {
        return resource.getResourceMethod().isAnnotationPresent(OpenToPersons.class);
    }

    private Response answer(Door door, Refusal refusal) {
        metrics.counter(
                        "door_refusals",
                        "door",
                        door.label(),
                        "reason",
                        refusal.reason().label())
                .increment();
        return door.answer(refusal);
    }

    /// Gives a door's verdict, a bad one about a token only when [#PAUSE] has passed since it was asked for.
    static <T> Verdict<T> unhurried(Supplier<Verdict<T>> door) {
        long asked = System.nanoTime();
        Verdict<T> verdict = door.get();
        if (verdict instanceof Refused<T>(Refusal refusal) && refusal.reason() == Reason.NOT_ACCEPTED) {
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, PAUSE.toNanos() - (System.nanoTime() - asked))));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return verdict;
    }
}
