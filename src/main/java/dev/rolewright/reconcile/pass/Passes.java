package dev.rolewright.reconcile.pass;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.PassEvent;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.plans.KeptPlan;
import dev.rolewright.reconcile.plans.PlanBook;
import dev.rolewright.reconcile.work.Alarm;
import dev.rolewright.reconcile.work.Circuit;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Wake;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Passes that were made, and the way to ask for one.
@ApplicationScoped
public class Passes {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final String SELECT =
            "SELECT id, target, whole, people, contract, asked, began, ended, outcome, done,"
                    + " failed, skipped, held, drift, failure FROM pass ";

    private final Store store;
    private final Queue queue;
    private final Circuit circuit;
    private final Contracts contracts;
    private final AuditTrail trail;
    private final Wake wake;
    private final Alarm alarm;

    Passes(Store store, Queue queue, Circuit circuit, Contracts contracts, AuditTrail trail, Wake wake, Alarm alarm) {
        this.store = store;
        this.queue = queue;
        this.circuit = circuit;
        this.contracts = contracts;
        this.trail = trail;
        this.wake = wake;
        this.alarm = alarm;
    }

    /// Asks for a pass over a target of the active contract at once, also while the target is left alone after a
    /// failure.
    ///
    /// @param person whom it is to be about; null means the whole target
    /// @return the request's number
    /// @throws IllegalArgumentException when the contract has no such target
    public long request(TargetName target, @Nullable PersonId person, Caller caller) {
        if (contracts
                .active()
                .filter(it -> it.contract().targets().containsKey(target))
                .isEmpty()) {
            throw new IllegalArgumentException("The contract has no target " + target + ".");
        }
        long request = store.together(() -> {
            circuit.close(target);
            trail.record(new PassEvent.Requested(caller, target, Optional.ofNullable(person)));
            return queue.request(target, person, caller.actor());
        });
        wake.everybody();
        return request;
    }

    /// Waits for the pass that answers a request, whichever process makes it.
    ///
    /// @return empty when the request was not answered in time; it will be
    public Optional<PassSummary> await(TargetName target, long request, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            Optional<PassSummary> answer = answer(target, request);
            if (answer.isPresent() || !Instant.now().isBefore(end)) {
                return answer;
            }
            alarm.pause(BETWEEN_LOOKS);
        }
    }

    /// Newest first.
    public List<PassSummary> of(TargetName target, @Nullable Long olderThan, int limit) {
        return store.all(
                SELECT + "WHERE target = ? AND id < ? ORDER BY id DESC LIMIT ?",
                Passes::summary,
                target.value(),
                olderThan == null ? Long.MAX_VALUE : olderThan,
                limit);
    }

    /// The plan that a pass was to perform. Empty for one that had nothing to do; and for one with very many
    /// steps until they are written, for good where the process died before.
    public Optional<KeptPlan> plan(long pass) {
        return PlanBook.ofPasses(store).find(pass);
    }

    private Optional<PassSummary> answer(TargetName target, long request) {
        return store.first(
                SELECT
                        + "WHERE target = ? AND ended IS NOT NULL AND answers @> ARRAY[?::bigint] ORDER BY id DESC LIMIT 1",
                Passes::summary,
                target.value(),
                request);
    }

    static PassSummary summary(ResultSet row) throws SQLException {
        return new PassSummary(
                row.getLong(1),
                new TargetName(row.getString(2)),
                row.getBoolean(3),
                row.getInt(4),
                row.getLong(5),
                Store.instant(row, 6),
                Store.instant(row, 7),
                Store.time(row, 8),
                Store.text(row, 9).map(text -> Store.word(PassSummary.Outcome.class, text)),
                row.getInt(10),
                row.getInt(11),
                row.getInt(12),
                row.getInt(13),
                row.getInt(14),
                Store.text(row, 15));
    }
}
