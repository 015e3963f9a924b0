package dev.rolewright.reconcile.pass;

import dev.rolewright.audit.Causes.Effect;
import dev.rolewright.contract.Contract;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.look.Occasions;
import dev.rolewright.reconcile.work.Crew;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/// Tells log and traces what a pass did, under the ids of the requests that it followed: from the line of a push the
/// id leads to the pass, and the number of the pass to each step in the audit trail.
///
/// The requests are looked for beside the passes. Nobody waits for a line in a log, and nothing depends on it.
@ApplicationScoped
class PassStory {

    private static final Logger LOG = Logger.getLogger(PassStory.class);

    /// Of more people, or of more requests, the audit trail tells and not one line.
    private static final int MOST_PEOPLE = 100;

    private static final int MOST_REQUESTS = 20;

    private final Occasions occasions;
    private final Tracer tracer;
    private final Crew crew;

    PassStory(Occasions occasions, Tracer tracer, Crew crew) {
        this.occasions = occasions;
        this.tracer = tracer;
        this.crew = crew;
    }

    void tell(Intent intent, long pass, Performed performed) {
        if (performed.plan().isEmpty()) {
            return;
        }
        TargetName target = intent.work().target();
        Set<PersonId> people = new HashSet<>();
        AtomicInteger done = new AtomicInteger();
        performed.each((line, outcome) -> {
            line.step().person().ifPresent(people::add);
            done.addAndGet(outcome instanceof Outcome.Done ? 1 : 0);
            LOG.debugf("Target %s: pass %d: %s: %s", target, pass, line.step().label(), word(outcome));
        });
        String told = String.format(
                "Target %s: pass %d did %d steps of %d, about %d %s",
                target,
                pass,
                done.get(),
                performed.plan().lines().size(),
                people.size(),
                people.size() == 1 ? "person" : "people");
        Contract contract = intent.active().contract();
        Instant since = intent.work().asked();
        Instant until = intent.picture().now();
        SpanBuilder span = tracer.spanBuilder("pass")
                .setNoParent()
                .setStartTimestamp(until)
                .setAttribute("rolewright.target", target.value())
                .setAttribute("rolewright.pass", "pass-" + pass);
        Instant end = Instant.now();
        crew.start("story-" + target, () -> {
            String requests = requests(contract, people, since, until);
            MDC.put("target", target.value());
            MDC.put("pass", "pass-" + pass);
            if (!requests.isEmpty()) {
                MDC.put("requestId", requests);
            }
            LOG.info(told);
            span.setAttribute("rolewright.request", requests).startSpan().end(end);
        });
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> "done";
            case Outcome.Failed(EngineFailure failure) -> failure.sentence();
            case Outcome.Skipped(String why) -> why;
        };
    }

    private String requests(Contract contract, Set<PersonId> people, Instant since, Instant until) {
        if (people.size() > MOST_PEOPLE) {
            return "";
        }
        try {
            return occasions.of(Effect.ANY, contract, people, since, until).values().stream()
                    .flatMap(List::stream)
                    .distinct()
                    .limit(MOST_REQUESTS)
                    .collect(Collectors.joining(","));
        } catch (RuntimeException away) {
            LOG.debug("It cannot be asked which requests a pass followed", away);
            return "";
        }
    }
}
