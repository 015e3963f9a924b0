package dev.rolewright.web.api;

import dev.rolewright.handover.GivenPassword;
import dev.rolewright.handover.GivenPasswords;
import dev.rolewright.handover.GivenPasswords.Place;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/passwords")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passwords")
class PasswordsResource {

    private final GivenPasswords passwords;

    PasswordsResource(GivenPasswords passwords) {
        this.passwords = passwords;
    }

    /// @param ends when it stops to work, unless the person takes another one before
    record GivenView(String target, String login, String person, Instant given, Instant ends) {

        static GivenView of(GivenPassword password) {
            return new GivenView(
                    password.target().value(),
                    password.login().value(),
                    password.person().toString(),
                    password.given(),
                    password.ends());
        }
    }

    /// @param next what to give as `after` to read on; null when there is no more
    record PasswordPage(List<GivenView> items, @Nullable String next) {}

    @GET
    @Operation(
            summary = "Lists whose passwords end when, those that end first, first",
            description = "No password is in it: nobody but its owner has ever seen it. Give the page's `next` as"
                    + " `after` to read on.")
    public PasswordPage list(
            @QueryParam("target") @Nullable String target,
            @QueryParam("person") @Nullable String person,
            @QueryParam("endingBefore") @Nullable String endingBefore,
            @Parameter(description = "Those that end within that time, such as P14D") @QueryParam("within") @Nullable
                    String within,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        if (endingBefore != null && within != null) {
            throw ApiProblem.invalid("Either endingBefore or within can be given.");
        }
        int most = Parameters.limit(limit);
        Optional<Instant> before = Parameters.duration("within", within)
                .map(Instant.now()::plus)
                .or(() -> Optional.ofNullable(Parameters.instant("endingBefore", endingBefore)));
        List<GivenPassword> found =
                passwords.list(Parameters.target(target), Parameters.person(person), before, place(after), most + 1);
        Page<GivenPassword, String> page = Page.cut(found, most, last -> text(Place.of(last)));
        return new PasswordPage(page.items().stream().map(GivenView::of).toList(), page.next());
    }

    static String text(Place place) {
        return place.ends() + "/" + place.id();
    }

    static Optional<Place> place(@Nullable String after) {
        if (after == null) {
            return Optional.empty();
        }
        int slash = after.indexOf('/');
        Instant ends = Parameters.instant("after", after.substring(0, Math.max(0, slash)));
        return Optional.ofNullable(ends)
                .map(moment ->
                        new Place(moment, Parameters.number("after", after.substring(slash + 1), 1, Long.MAX_VALUE)));
    }
}
