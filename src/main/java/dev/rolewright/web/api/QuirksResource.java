package dev.rolewright.web.api;

import dev.rolewright.scim.dialect.Quirk;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/quirks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Quirks", description = "Where clients bend the RFC and are understood all the same")
class QuirksResource {

    private final MeterRegistry metrics;

    QuirksResource(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /// @param item whose habit it is: `O` Okta, `E` Entra ID, `X` several others
    /// @param sent what clients send
    /// @param read what it is taken for
    /// @param count how often, since this replica started
    record QuirkView(String quirk, String item, String sent, String read, long count) {}

    @GET
    @Operation(summary = "Lists every dialect rule with the number of requests that needed it")
    public List<QuirkView> list() {
        return Arrays.stream(Quirk.values()).map(this::view).toList();
    }

    private QuirkView view(Quirk quirk) {
        Counter counter = metrics.find("quirks").tag("quirk", quirk.code()).counter();
        return new QuirkView(
                quirk.code(), quirk.item(), quirk.sent(), quirk.read(), counter == null ? 0 : (long) counter.count());
    }
}
