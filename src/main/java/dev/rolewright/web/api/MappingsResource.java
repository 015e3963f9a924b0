package dev.rolewright.web.api;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Audience;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.KnownNames;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.model.PersonId;
import dev.rolewright.reconcile.People;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/mappings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Mappings", description = "Which groups give which roles to whom")
class MappingsResource {

    private final Contracts contracts;
    private final People people;
    private final Clock clock = Clock.systemUTC();

    MappingsResource(Contracts contracts, People people) {
        this.contracts = contracts;
        this.people = people;
    }

    /// @param over whether its last day has passed
    /// @param groups those that the directory has
    /// @param people how many are in them, directly or through other groups
    /// @param given how many of them get something by it
    record MappingEntry(
            ContractView.MappingView mapping, boolean over, List<GroupView> groups, int people, long given) {

        static MappingEntry of(Audience audience) {
            return new MappingEntry(
                    ContractView.MappingView.of(audience.mapping()),
                    audience.over(),
                    audience.groups().stream().map(GroupView::of).toList(),
                    audience.people().size(),
                    audience.people().stream()
                            .filter(it -> !it.roles().isEmpty())
                            .count());
        }
    }

    record GroupView(
            String id, String displayName, @Nullable String externalId) {

        static GroupView of(Snapshot.Group group) {
            return new GroupView(
                    group.id().toString(),
                    group.displayName(),
                    group.externalId().orElse(null));
        }
    }

    /// @param next what to give as `after` for the part after it; null when there is none
    record ReachedPage(List<ReachedView> items, @Nullable String next) {}

    @GET
    @Operation(summary = "Lists the mappings of the contract that holds, with the groups and people they reach")
    public List<MappingEntry> list() {
        return contract()
                .map(contract -> Audience.of(contract, everybody(contract)).stream()
                        .map(MappingEntry::of)
                        .toList())
                .orElse(List.of());
    }

    @GET
    @Path("/people")
    @Operation(
            summary = "Lists everybody in the groups of a mapping, and what each gets by it or why not",
            description = "By the person's id; give the page's `next` as `after` to read on.")
    public ReachedPage people(
            @QueryParam("mapping") @Nullable String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        if (name == null) {
            throw ApiProblem.invalid("mapping must be the name of a mapping.");
        }
        int most = Parameters.limit(limit);
        Optional<PersonId> last = Parameters.id("after", after).map(PersonId::new);
        Audience audience = contract().stream()
                .flatMap(contract -> Audience.of(contract, everybody(contract)).stream())
                .filter(it -> it.mapping().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiProblem(404, "The contract that holds has no mapping of that name."));
        List<ReachedView> found = audience.people().stream()
                .filter(it -> last.isEmpty() || it.person().id().compareTo(last.get()) > 0)
                .limit(most + 1L)
                .map(it -> ReachedView.of(audience, it))
                .toList();
        if (found.size() <= most) {
            return new ReachedPage(found, null);
        }
        List<ReachedView> page = found.subList(0, most);
        return new ReachedPage(page, page.getLast().person());
    }

    private Optional<Contract> contract() {
        return contracts.active().map(active -> active.contract());
    }

    private Facts everybody(Contract contract) {
        return new Facts(people.whole(contract), KnownNames.all(Map.of()), Optional.empty(), clock.instant());
    }
}
