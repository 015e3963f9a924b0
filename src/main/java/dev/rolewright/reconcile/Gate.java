package dev.rolewright.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.contract.Contract;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Taken;
import jakarta.enterprise.context.ApplicationScoped;

/// Lets through what may be done at once and keeps the rest for a human.
///
/// A hold is of the whole target: what a pass over some people holds back is found again by the next look at
/// everybody, which it brings forward.
@ApplicationScoped
class Gate {

    private final Store store;
    private final PassBook passes;
    private final ObjectMapper json;

    Gate(Store store, PassBook passes, ObjectMapper json) {
        this.store = store;
        this.passes = passes;
        this.json = json;
    }

    Braked part(Work work, Contract contract, Plan plan, Picture picture) {
        boolean takes = plan.steps().stream().anyMatch(step -> step.takes());
        return Brakes.apply(
                plan,
                contract.brakes(),
                picture.observed().isWhole()
                        ? picture.observed().census()
                        : work.memory().census(),
                takes ? passes.lately(work) : Taken.NOTHING);
    }

    /// Keeps what was held by a look at the whole target, in place of what was held before.
    void keep(Intent intent) {
        if (!intent.work().whole()) {
            return;
        }
        TargetName target = intent.work().target();
        Plan held = intent.braked().held();
        Server server = intent.picture().observed().server();
        String digest = PlanJson.digest(held, server);
        store.run(
                "UPDATE hold SET state = 'replaced', seen = now() WHERE target = ? AND state = 'open' AND digest <> ?",
                target.value(),
                held.isEmpty() ? "" : digest);
        if (held.isEmpty()) {
            return;
        }
        store.run(
                "INSERT INTO hold (target, state, plan, digest, server, why, census, limits, since, seen)"
                        + " VALUES (?, 'open', ?::json, ?, ?, ?, ?::jsonb, ?::jsonb, now(), now())"
                        + " ON CONFLICT (target) WHERE state = 'open' DO UPDATE SET seen = now()",
                target.value(),
                PlanJson.write(held).toString(),
                digest,
                server.identity(),
                intent.braked().why().toArray(String[]::new),
                text(intent.picture().observed().census()),
                text(intent.active().contract().brakes()));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers can always be written", impossible);
        }
    }
}
