package dev.rolewright.web.api;

import dev.rolewright.amendment.Activation;
import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.ContractVersion;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.amendment.FilesReading;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.reconcile.answer.Reviews;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/contract")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Contract", description = "Roles and mappings as code: what holds, what was refused, what held before")
class ContractResource {

    private final Contracts contracts;
    private final Reviews reviews;

    ContractResource(Contracts contracts, Reviews reviews) {
        this.contracts = contracts;
        this.reviews = reviews;
    }

    /// @param number of the version that holds; null when there is none, and then nothing is done to any database
    /// @param digest SHA-256 of what it says
    /// @param since when it came to hold
    /// @param files what each replica with a directory finds in it
    record Holding(
            @Nullable Long number,
            @Nullable String digest,
            @Nullable Instant since,
            @Nullable ContractView contract,
            List<FilesView> files) {}

    /// @param number the version that the files say; null when they are refused
    record FilesView(
            String replica,
            String origin,
            @Nullable Long number,
            boolean refused,
            Instant since,
            List<FindingView> findings) {

        static FilesView of(FilesReading reading) {
            return new FilesView(
                    reading.replica().toString(),
                    reading.origin(),
                    reading.number().orElse(null),
                    reading.isRefused(),
                    reading.since(),
                    FindingView.of(reading.findings()));
        }
    }

    /// @param held when it came to hold and by what, newest first
    record VersionView(
            long number, String digest, String origin, Instant read, List<HeldView> held, List<FindingView> findings) {

        static VersionView of(ContractVersion version) {
            return new VersionView(
                    version.number(),
                    version.digest(),
                    version.origin(),
                    version.read(),
                    version.activations().stream().map(HeldView::of).toList(),
                    FindingView.of(version.findings()));
        }
    }

    record HeldView(Instant from, String origin) {

        static HeldView of(Activation activation) {
            return new HeldView(activation.at(), activation.origin());
        }
    }

    record VersionPage(List<VersionView> items, @Nullable Long next) {}

    record FileView(String name, String text) {}

    @GET
    @Operation(
            summary = "Shows the contract that holds, as it was understood",
            description = "Also what each replica finds in its directory, and why that does not hold when it does not.")
    public Holding show() {
        Optional<ActiveContract> active = contracts.active();
        return new Holding(
                active.map(ActiveContract::number).orElse(null),
                active.map(it -> it.contract().digest()).orElse(null),
                active.map(ActiveContract::since).orElse(null),
                active.map(it -> ContractView.of(it.contract())).orElse(null),
                contracts.readings().stream().map(FilesView::of).toList());
    }

    @GET
    @Path("/findings")
    @Operation(
            summary = "Checks the contract that holds, by itself and against the people of the directory",
            description = "Errors first. Everybody is looked at at most once a minute.")
    public List<FindingView> findings() {
        return contracts
                .active()
                .map(active -> {
                    List<Finding> ofItself = contracts
                            .version(active.number())
                            .map(ContractVersion::findings)
                            .orElse(List.of());
                    List<Finding> ofPeople = reviews.of(active).findings();
                    return FindingView.of(Stream.concat(ofItself.stream(), ofPeople.stream())
                            .sorted()
                            .toList());
                })
                .orElse(List.of());
    }

    @GET
    @Path("/versions")
    @Operation(
            summary = "Lists the versions of the contract, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VersionPage.class)))
    public Page<VersionView, Long> versions(
            @QueryParam("olderThan") @Nullable String olderThan, @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        Long before = Parameters.olderThan(olderThan);
        List<VersionView> found = contracts.versions(before == null ? Long.MAX_VALUE : before, most + 1).stream()
                .map(VersionView::of)
                .toList();
        return Page.cut(found, most, VersionView::number);
    }

    @GET
    @Path("/versions/{number}")
    @Operation(summary = "Shows one version: where it came from, when it held, what was found in it")
    public VersionView version(@PathParam("number") String number) {
        return VersionView.of(found(number));
    }

    @GET
    @Path("/versions/{number}/files")
    @Operation(summary = "Gives the text of a version, file by file, as it was read first")
    public List<FileView> files(@PathParam("number") String number) {
        return contracts.files(found(number).number()).stream()
                .map(file -> new FileView(file.name(), file.text()))
                .toList();
    }

    @GET
    @Path("/versions/{number}/files/{file: .+}")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "Gives the text of one file of a version")
    public String file(@PathParam("number") String number, @PathParam("file") String name) {
        return contracts.files(found(number).number()).stream()
                .filter(file -> file.name().equals(name))
                .map(SourceFile::text)
                .findFirst()
                .orElseThrow(() -> new ApiProblem(404, "That version has no such file."));
    }

    private ContractVersion found(String number) {
        return contracts
                .version(Parameters.number("number", number))
                .orElseThrow(() -> new ApiProblem(404, "There is no version of the contract with that number."));
    }
}
