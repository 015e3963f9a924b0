package dev.rolewright.web.api;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.GroupSelector;
import dev.rolewright.contract.Mapping;
import dev.rolewright.directory.Rosters;
import dev.rolewright.model.PersonId;
import dev.rolewright.reconcile.answer.Reviews;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/mappings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Mappings", description = "Which groups give which roles to whom")
class MappingsResource {

    private final Contracts contracts;
    private final Reviews reviews;
    private final Rosters rosters;
    private final People people;
    private final Clock clock = Clock.systemUTC();

    MappingsResource(Contracts contracts, Reviews reviews, Rosters rosters, People people) {
        this.contracts = contracts;
        this.reviews = reviews;
        this.rosters = rosters;
        this.people = people;
    }

    /// @param over whether its last day has passed
    /// @param groups those that the directory has
    /// @param people how many are in them, directly or through other groups
    /// @param given how many of them get something by it
    /// @param counted when they were counted
    record MappingEntry(
            ContractView.MappingView mapping,
            boolean over,
            List<GroupView> groups,
            int people,
            long given,
            Instant counted) {

        static MappingEntry of(Reviews.Count count, Instant counted) {
            return new MappingEntry(
                    ContractView.MappingView.of(count.mapping()),
                    count.over(),
                    count.groups().stream().map(GroupView::of).toList(),
                    count.people(),
                    count.given(),
                    counted);
        }
    }

    record GroupView(
            String id,
            String source,
            String displayName,
            @Nullable String externalId) {

        static GroupView of(Reviews.Group group) {
            return new GroupView(
                    group.id(),
                    group.source(),
                    group.displayName(),
                    group.externalId().orElse(null));
        }
    }

    /// @param next what to give as `after` for the part after it; null when there is none
    record ReachedPage(List<ReachedView> items, @Nullable String next) {}

    @GET
    @Operation(
            summary = "Lists the mappings of the contract that holds, with the groups and people they reach",
            description = "Everybody is counted at most once a minute; `counted` tells when.")
    public List<MappingEntry> list() {
        return contracts
                .active()
                .map(reviews::of)
                .map(review -> review.counts().stream()
                        .map(count -> MappingEntry.of(count, review.at()))
                        .toList())
                .orElse(List.of());
    }

    @GET
    @Path("/people")
    @Operation(
            summary = "Lists everybody in the groups of a mapping, and what each gets by it or why not",
            description = "By the person's id; give the page's `next` as `after` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReachedPage.class)))
    @APIResponse(responseCode = "404", description = "No contract holds, or it has no such mapping.")
    public ReachedPage people(
            @QueryParam("mapping") @Nullable String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        if (name == null) {
            throw ApiProblem.invalid("mapping must be the name of a mapping.");
        }
        int most = Parameters.limit(limit);
        Optional<PersonId> last = Parameters.id("after", after).map(PersonId::new);
        Contract contract = contracts
                .active()
                .map(ActiveContract::contract)
                .orElseThrow(() -> new ApiProblem(404, "There is no contract."));
        GroupSelector groups = contract.mappings().stream()
                .filter(mapping -> mapping.name().equals(name))
                .map(Mapping::group)
                .findFirst()
                .orElseThrow(() -> new ApiProblem(404, "The contract that holds has no mapping of that name."));
        Page<PersonId, String> page =
                Page.cut(rosters.people(groups::selects, last, most + 1), most, PersonId::toString);
        return new ReachedPage(reached(contract, name, Set.copyOf(page.items())), page.next());
    }

    private List<ReachedView> reached(Contract contract, String mapping, Set<PersonId> page) {
        return ReachedView.of(contract, people.some(contract, page), page, clock.instant())
                .filter(reached -> reached.mapping().equals(mapping))
                .toList();
    }
}
