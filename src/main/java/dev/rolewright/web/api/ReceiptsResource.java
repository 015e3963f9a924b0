package dev.rolewright.web.api;

import dev.rolewright.reconcile.proof.Receipt;
import dev.rolewright.reconcile.proof.Receipts;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/receipts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Receipts", description = "Proof that somebody lost what they were to lose")
class ReceiptsResource {

    private final Receipts receipts;

    ReceiptsResource(Receipts receipts) {
        this.receipts = receipts;
    }

    /// @param asked when the change that led to it became known
    /// @param claimed when the pass began
    /// @param suspended since when the login is, as its mark on the server says; null for one that is not
    /// @param done when it was performed: committed, sessions gone
    /// @param lost the roles that were taken
    /// @param kept the roles that were left
    /// @param proven when the target was asked again; null as long as the proof is owed
    /// @param holds whether everything that was checked is as it must be
    /// @param why what speaks against it
    /// @param overtaken the pass that gave something back before the target was asked, so that there is
    /// nothing to prove
    /// @param requests the identity provider's requests that led to it, as the audit trail names them
    record ReceiptView(
            long id,
            String target,
            String person,
            String login,
            String serverId,
            Receipt.What what,
            long pass,
            Instant asked,
            Instant claimed,
            @Nullable Instant suspended,
            Instant done,
            List<String> lost,
            List<String> kept,
            @Nullable Instant proven,
            @Nullable Boolean holds,
            @Nullable String why,
            @Nullable Long overtaken,
            List<Receipt.Check> checks,
            List<String> requests) {

        static ReceiptView of(Receipt receipt) {
            return new ReceiptView(
                    receipt.id(),
                    receipt.target().value(),
                    receipt.person().toString(),
                    receipt.login().value(),
                    receipt.serverId(),
                    receipt.what(),
                    receipt.pass(),
                    receipt.asked(),
                    receipt.claimed(),
                    receipt.suspended().orElse(null),
                    receipt.done(),
                    ContractView.names(receipt.lost()),
                    ContractView.names(receipt.kept()),
                    receipt.proof().map(Receipt.Proof::at).orElse(null),
                    receipt.proof().map(Receipt.Proof::holds).orElse(null),
                    receipt.proof().flatMap(Receipt.Proof::why).orElse(null),
                    receipt.proof().flatMap(Receipt.Proof::overtaken).orElse(null),
                    receipt.proof().map(Receipt.Proof::checks).orElse(List.of()),
                    receipt.requests());
        }
    }

    record ReceiptPage(List<ReceiptView> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Lists the receipts, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReceiptPage.class)))
    public Page<ReceiptView, Long> list(
            @QueryParam("target") @Nullable String target,
            @QueryParam("person") @Nullable String person,
            @QueryParam("olderThan") @Nullable String olderThan,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        List<ReceiptView> found = receipts
                .list(Parameters.target(target), Parameters.person(person), Parameters.olderThan(olderThan), most + 1)
                .stream()
                .map(ReceiptView::of)
                .toList();
        return Page.cut(found, most, ReceiptView::id);
    }

    @GET
    @Path("/{receipt}")
    @Operation(summary = "Shows one receipt")
    public ReceiptView show(@PathParam("receipt") String id) {
        return receipts.find(Parameters.number("receipt", id))
                .map(ReceiptView::of)
                .orElseThrow(() -> new ApiProblem(404, "There is no such receipt."));
    }
}
