package dev.rolewright.web.api;

import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Contradiction;
import dev.rolewright.offboarding.Contradictions;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/contradictions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Contradictions", description = "About whom HR and the identity provider do not agree")
class ContradictionsResource {

    private final Contradictions contradictions;
    private final Clock clock = Clock.systemUTC();

    ContradictionsResource(Contradictions contradictions) {
        this.contradictions = contradictions;
    }

    /// @param people SCIM ids; several when it is not clear who is meant
    /// @param sender the HR system
    /// @param event what it says, by its own name for it
    /// @param since since when they cannot both be right
    /// @param detail what is wrong, what it means until it is put right, and who can do that
    record ContradictionView(
            Contradiction.Kind kind,
            List<String> people,
            String sender,
            String event,
            Instant since,
            long ageSeconds,
            String detail) {

        static ContradictionView of(Contradiction contradiction, Instant now) {
            return new ContradictionView(
                    contradiction.kind(),
                    contradiction.people().stream().map(PersonId::toString).toList(),
                    contradiction.sender(),
                    contradiction.event(),
                    contradiction.since(),
                    Math.max(0, Duration.between(contradiction.since(), now).toSeconds()),
                    contradiction.kind().sentence());
        }
    }

    /// @param total how many there are
    /// @param items the oldest of them
    record ContradictionList(long total, List<ContradictionView> items) {}

    @GET
    @Operation(
            summary = "Shows about whom HR and the identity provider do not agree, longest first",
            description =
                    "Whoever either says is gone has no access meanwhile, but for what a hold keeps. Of whom it is"
                            + " unclear who is meant, nobody is stopped.")
    public ContradictionList list(@QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        Instant now = clock.instant();
        List<Contradiction> all = contradictions.all();
        return new ContradictionList(
                all.size(),
                all.stream()
                        .limit(most)
                        .map(it -> ContradictionView.of(it, now))
                        .toList());
    }
}
