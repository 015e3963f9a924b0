package dev.rolewright.web.hr;

import dev.rolewright.offboarding.Senders;
import dev.rolewright.web.FeedView;
import dev.rolewright.web.auth.Sender;
import dev.rolewright.web.auth.SendersConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Counts how HR systems are answered. Whoever is always refused says nothing that counts, and may not notice.
///
/// Only a sender that the guard let in is counted by its name, so nobody invents one.
@ApplicationScoped
class Answers {

    private static final String TAKEN = "taken";
    private static final String NOT_SIGNED = "not_signed";
    private static final String BROKEN = "broken";
    private static final String CONFLICT = "conflict";
    private static final String TOO_MANY = "too_many";
    private static final String FAILED = "failed";

    private static final List<String> OUTCOMES = List.of(TAKEN, NOT_SIGNED, BROKEN, CONFLICT, TOO_MANY, FAILED);
    private static final List<String> ROWS_TO_MEND = List.of("refused", "ambiguous");

    private final Senders senders;
    private final SendersConfig config;
    private final MeterRegistry metrics;

    Answers(Senders senders, SendersConfig config, MeterRegistry metrics) {
        this.senders = senders;
        this.config = config;
        this.metrics = metrics;
    }

    /// What is alerted on is there before it happens.
    void start(@Observes StartupEvent starting) {
        config.byName().forEach((name, sender) -> {
            OUTCOMES.forEach(outcome -> requests(name, outcome));
            ROWS_TO_MEND.forEach(outcome -> metrics.counter("hr_feed_rows", "sender", name, "outcome", outcome));
            sender.heardEvery().ifPresent(every -> senders.expect(name, every));
        });
        metrics.counter("door_refusals", "door", "hr", "reason", "not_accepted");
    }

    @ServerResponseFilter
    public void answered(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals(HttpMethod.POST)) {
            Sender.in(request).ifPresent(sender -> answered(sender.name(), outcome(response), isRehearsal(request)));
        }
    }

    /// Of what is only tried out nothing is kept, however it ends: it says no more than whether the key is right.
    private void answered(String sender, String outcome, boolean rehearsal) {
        if (!rehearsal || outcome.equals(NOT_SIGNED)) {
            requests(sender, outcome).increment();
        }
        if (!rehearsal && outcome.equals(TAKEN)) {
            senders.heard(sender);
        }
    }

    private static boolean isRehearsal(ContainerRequestContext request) {
        return "true".equals(request.getUriInfo().getQueryParameters().getFirst("dryRun"));
    }

    private Counter requests(String sender, String outcome) {
        return metrics.counter("hr_requests", "sender", sender, "outcome", outcome);
    }

    /// A feed that is shown was taken, also when a human has refused the same bytes before.
    private static String outcome(ContainerResponseContext response) {
        return response.getEntity() instanceof FeedView ? TAKEN : outcome(response.getStatus());
    }

    private static String outcome(int status) {
        return switch (status) {
            case 401, 403 -> NOT_SIGNED;
            case 409 -> CONFLICT;
            case 429 -> TOO_MANY;
            default -> status >= 500 ? FAILED : status >= 400 ? BROKEN : TAKEN;
        };
    }
}
