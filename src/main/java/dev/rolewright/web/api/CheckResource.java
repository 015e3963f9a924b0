package dev.rolewright.web.api;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Check;
import dev.rolewright.reach.TargetCheck;
import dev.rolewright.reach.TargetChecks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/targets/{target}/check")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Targets")
class CheckResource {

    private final TargetChecks checks;

    CheckResource(TargetChecks checks) {
        this.checks = checks;
    }

    /// @param contracted whether the active contract names the target; else only what every target needs is looked
    /// at
    /// @param ready whether nothing that people need is in the way
    record ExaminationView(String target, boolean contracted, boolean ready, Instant at, List<CheckView> checks) {

        static ExaminationView of(TargetCheck check) {
            return new ExaminationView(
                    check.target().value(),
                    check.contracted(),
                    check.isReady(),
                    check.at(),
                    check.checks().stream().map(CheckView::of).toList());
        }
    }

    /// @param verdict `ok`, `unknown`, `missing` or `dangerous`
    /// @param needed whether people are not served without it
    /// @param purpose what it is for
    /// @param found what is so
    /// @param statement what puts it right
    /// @param by who can run that
    record CheckView(
            String name,
            String verdict,
            boolean needed,
            String purpose,
            String found,
            @Nullable String statement,
            @Nullable String by) {

        static CheckView of(Check check) {
            return new CheckView(
                    check.name(),
                    check.verdict().name().toLowerCase(Locale.ROOT),
                    check.needed(),
                    check.purpose(),
                    check.found(),
                    check.remedy().map(Check.Remedy::statement).orElse(null),
                    check.remedy().map(Check.Remedy::by).orElse(null));
        }
    }

    @GET
    @Operation(
            summary = "Says whether a target is as Rolewright needs it, with the statement for what is not",
            description =
                    "The target is asked now, over connections that change nothing. One that the configuration knows"
                            + " and no contract names yet is looked at as well, and one that cannot be reached says why.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "Nothing says how to reach a target of that name.")
    @APIResponse(responseCode = "503", description = "The file with our own password cannot be read.")
    public ExaminationView show(@PathParam("target") String name) {
        return TargetName.of(name)
                .flatMap(checks::of)
                .map(ExaminationView::of)
                .orElseThrow(() ->
                        new ApiProblem(404, "There is no such target: nothing says how to reach one of that name."));
    }
}
