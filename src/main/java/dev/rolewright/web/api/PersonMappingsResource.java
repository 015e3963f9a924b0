package dev.rolewright.web.api;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.model.PersonId;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/people/{person}/mappings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Mappings")
class PersonMappingsResource {

    private final Contracts contracts;
    private final People people;
    private final Clock clock = Clock.systemUTC();

    PersonMappingsResource(Contracts contracts, People people) {
        this.contracts = contracts;
        this.people = people;
    }

    @GET
    @Operation(summary = "Lists the mappings that reach a person, and what each gives to the person or why nothing")
    public List<ReachedView> list(@PathParam("person") String id) {
        PersonId person = Parameters.person(id).orElseThrow();
        Contract contract = contracts
                .active()
                .orElseThrow(() -> new ApiProblem(404, "There is no contract."))
                .contract();
        Snapshot snapshot = people.some(contract, Set.of(person));
        if (!snapshot.people().containsKey(person)) {
            throw new ApiProblem(404, "The directory does not know that person.");
        }
        return ReachedView.of(contract, snapshot, Set.of(person), clock.instant())
                .toList();
    }
}
