package dev.rolewright.reconcile.hold;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HoldEvent;
import dev.rolewright.audit.HoldEvent.Ended.End;
import dev.rolewright.contract.Contract;
import dev.rolewright.model.Caller;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.look.Picture;
import dev.rolewright.reconcile.plans.PlanBook;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// Lets through what may be done at once and keeps the rest for a human.
///
/// A hold is of the whole target: what a pass over some people holds back is found again by the next look at
/// everybody, which it brings forward. What waits once waits in every pass until a human lets it go, or until it is
/// planned no more.
@ApplicationScoped
public class Gate {

    private static final Logger LOG = Logger.getLogger(Gate.class);

    private final Store store;
    private final PlanBook plans;
    private final Takings takings;
    private final HeldSteps steps;
    private final Dismissals dismissals;
    private final AuditTrail trail;
    private final Duration lasts;

    Gate(
            Store store,
            Takings takings,
            HeldSteps steps,
            Dismissals dismissals,
            AuditTrail trail,
            ReconcileConfig config) {
        this.store = store;
        this.plans = PlanBook.ofHolds(store);
        this.takings = takings;
        this.steps = steps;
        this.dismissals = dismissals;
        this.trail = trail;
        this.lasts = config.holdLasts();
    }

    public Parted part(Work work, Contract contract, Plan plan, Picture picture) {
        HeldSteps.Found found = steps.find(
                work.target(),
                picture.observed().server().identity(),
                work.whole() ? Optional.empty() : Optional.of(work.people()),
                plan,
                lasts,
                dismissals::last);
        boolean takes = plan.steps().stream().anyMatch(step -> step.takes());
        Set<Step> written = WrittenEnds.of(plan, contract, picture.since(), picture.now());
        Braked braked = Brakes.apply(
                plan,
                contract.brakes(),
                picture.observed().isWhole()
                        ? picture.observed().census()
                        : work.memory().census(),
                takes ? takings.lately(work.target(), plan) : Taken.NOTHING,
                found.decided().letting(written));
        return new Parted(braked, found, written);
    }

    /// What is to wait, worked out before a transaction: it may be about everybody.
    ///
    /// @param plan without what a human refused
    /// @param digest what a release signs
    /// @param takes what it would take
    public record Waiting(Plan plan, String digest, Taken takes) {

        boolean isNothing() {
            return plan.steps().stream().noneMatch(Step::takes);
        }
    }

    public Waiting waiting(Intent intent) {
        Set<Step> refused = intent.parted().found().in(Hold.State.REFUSED);
        Plan plan = intent.braked().held().only(line -> !refused.contains(line.step()));
        return new Waiting(
                plan, PlanJson.digest(plan, intent.picture().observed().server()), Brakes.takenBy(plan));
    }

    /// Keeps what was held by a look at the whole target, in place of what was held before. Part of the
    /// transaction in which a pass ends.
    ///
    /// @param through whether the target took everything it was given
    public void keep(Intent intent, Waiting waiting, Optional<Long> pass, boolean through) {
        TargetName target = intent.work().target();
        steps.lift(intent.parted().found().gone());
        if (!intent.work().whole()) {
            return;
        }
        List<Kept> kept = store.all(
                "SELECT id, state, digest, since < now() - ? * interval '1 millisecond',"
                        + " decided < now() - ? * interval '1 millisecond', server <> ?"
                        + " FROM hold WHERE target = ? AND state IN ('open', 'released', 'refused') ORDER BY id FOR UPDATE",
                Gate::kept,
                lasts.toMillis(),
                lasts.toMillis(),
                intent.picture().observed().server().identity(),
                target.value());
        // What was decided about one server says nothing about another that has taken its place.
        kept.stream().filter(Kept::isElsewhere).forEach(hold -> end(intent, pass, hold, End.REPLACED));
        keep(
                intent,
                waiting,
                pass,
                through,
                kept.stream().filter(hold -> !hold.isElsewhere()).toList());
    }

    private void keep(Intent intent, Waiting waiting, Optional<Long> pass, boolean through, List<Kept> kept) {
        for (Kept hold : kept) {
            boolean done = through && intent.parted().found().released().contains(hold.id());
            if (hold.state() == Hold.State.RELEASED && (done || hold.isOldDecision())) {
                end(intent, pass, hold, done ? End.DONE : End.EXPIRED);
            }
        }
        if (waiting.isNothing()) {
            open(kept).forEach(hold -> end(intent, pass, hold, End.REPLACED));
            return;
        }
        // A decision made since the pass looked is about this plan; an older one is about another, of the same steps.
        Set<Long> asked = intent.parted().found().open();
        Optional<Kept> same = kept.stream()
                .filter(hold -> hold.digest().equals(waiting.digest()))
                .filter(hold -> hold.state() == Hold.State.OPEN ? !hold.isOld() : asked.contains(hold.id()))
                .findFirst();
        if (same.isPresent()) {
            if (same.get().state() == Hold.State.OPEN) {
                holdOn(same.get().id(), intent.work(), waiting);
            }
            return;
        }
        open(kept).forEach(hold -> end(intent, pass, hold, hold.isOld() ? End.EXPIRED : End.REPLACED));
        open(intent, pass, waiting);
    }

    /// The same steps wait on, perhaps for other reasons than before.
    private void holdOn(long hold, Work work, Waiting waiting) {
        store.run(
                "UPDATE hold SET seen = now(), steps = ?, takes = ?::jsonb WHERE id = ?",
                waiting.plan().lines().size(),
                JsonColumn.text(waiting.takes()),
                hold);
        steps.forget(hold);
        write(hold, work, waiting);
    }

    private void write(long hold, Work work, Waiting waiting) {
        plans.write(hold, waiting.plan());
        steps.write(hold, work.target(), waiting.plan(), work.claimed());
    }

    private record Kept(
            long id, Hold.State state, String digest, boolean isOld, boolean isOldDecision, boolean isElsewhere) {}

    private void open(Intent intent, Optional<Long> pass, Waiting waiting) {
        TargetName target = intent.work().target();
        List<String> why = intent.braked().why().isEmpty()
                ? List.of("what was held before goes on to be held")
                : intent.braked().why();
        long hold = store.first(
                        "INSERT INTO hold (target, state, plan, steps, takes, digest, server, why, census, limits, since, seen)"
                                + " VALUES (?, 'open', ?::json, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?::jsonb, now(), now())"
                                + " RETURNING id",
                        row -> row.getLong(1),
                        target.value(),
                        PlanBook.head(waiting.plan()),
                        waiting.plan().lines().size(),
                        JsonColumn.text(waiting.takes()),
                        waiting.digest(),
                        intent.picture().observed().server().identity(),
                        why.toArray(String[]::new),
                        JsonColumn.text(intent.picture().observed().census()),
                        JsonColumn.text(intent.active().contract().brakes()))
                .orElseThrow();
        write(hold, intent.work(), waiting);
        trail.record(new HoldEvent.Opened(
                caller(pass),
                target,
                hold,
                waiting.digest(),
                waiting.plan().lines().size(),
                why));
        LOG.warnf("Target %s: a human has to decide about hold %d: %s", target, hold, String.join("; ", why));
    }

    private void end(Intent intent, Optional<Long> pass, Kept hold, End how) {
        store.run("UPDATE hold SET state = ?, seen = now() WHERE id = ?", Store.word(how), hold.id());
        steps.forget(hold.id());
        trail.record(new HoldEvent.Ended(caller(pass), intent.work().target(), hold.id(), hold.digest(), how));
    }

    private static List<Kept> open(List<Kept> kept) {
        return kept.stream().filter(hold -> hold.state() == Hold.State.OPEN).toList();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong(1),
                Store.word(Hold.State.class, row.getString(2)),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6));
    }

    private static Caller caller(Optional<Long> pass) {
        return Caller.ofNoSource(
                "rolewright", pass.map(number -> "pass-" + number).orElse("pass"));
    }
}
