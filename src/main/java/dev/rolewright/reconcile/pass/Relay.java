package dev.rolewright.reconcile.pass;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.reconcile.aftermath.Aftermath;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.pass.PassBook.Writing;
import dev.rolewright.store.Errands;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Hands the portions of a plan over to a target, and writes beside it: while one is performed, what came of the one
/// before and the names that the next one needs, and beside the first ones the plan, if it is about newcomers alone.
///
/// One transaction at a time but for the plan's own, and none of them waits for the target. A name is durable before
/// its login is made; what came of a portion is before the one after the next begins. What came of the last one is
/// told with the end of the pass, so a plan of one portion is written down as a whole.
final class Relay implements AutoCloseable {

    private final Ledger ledger;
    private final Intent intent;
    private final Optional<Long> pass;
    private final List<Portion> portions;
    private final Aftermath after;
    private final Interlude interlude;
    private final Plan plan;
    private final List<Outcome> outcomes;
    private final Map<PersonId, String> made = new HashMap<>();
    private final Errands errands = new Errands();
    /// What came of the last portion, until it is about to be written down.
    private Optional<Performed> before = Optional.empty();
    private Supplier<?> writing = () -> true;
    private Supplier<?> planWriting = () -> true;

    /// @param after takes in what is written down here
    /// @param interlude what happens before each portion of newcomers
    Relay(
            Ledger ledger,
            Intent intent,
            Optional<Long> pass,
            List<Portion> portions,
            Aftermath after,
            Interlude interlude) {
        this.ledger = ledger;
        this.intent = intent;
        this.pass = pass;
        this.portions = portions;
        this.after = after;
        this.interlude = interlude;
        List<Line> lines = portions.stream().flatMap(it -> it.lines().stream()).toList();
        this.plan = new Plan(intent.work().target(), lines, intent.braked().go().notes());
        this.outcomes = new ArrayList<>(lines.size());
    }

    /// What became of all of it, or of as much as was done when the lease was recalled. Whatever was begun to be
    /// written down is written down then.
    ///
    /// @param remembered the pass that the server is to remember when it changed something
    /// @throws Lease.LeaseLost when another process has taken over
    Performed perform(EngineSession session, Optional<Long> remembered) {
        try {
            if (!portions.isEmpty()) {
                pass.ifPresent(session::announce);
            }
            if (!intent.work().within()) {
                session.expect(newcomers());
            }
            writePlan();
            for (int place = 0;
                    place < portions.size() && !intent.work().lease().isRecalled();
                    place++) {
                perform(session, place);
            }
            if (!outcomes.isEmpty()) {
                remembered.map(interlude::latest).ifPresent(session::remember);
            }
            finishAll();
            return sofar(Optional.empty());
        } catch (EngineFailure away) {
            finishAll();
            return sofar(Optional.of(away));
        }
    }

    private int newcomers() {
        return portions.stream()
                .filter(Portion::ofNewcomers)
                .mapToInt(portion -> portion.people().size())
                .sum();
    }

    private Performed sofar(Optional<EngineFailure> failure) {
        return new Performed(plan, outcomes, made, failure);
    }

    private void perform(EngineSession session, int place) {
        intent.work().lease().check();
        Portion portion = portions.get(place);
        if (portion.ofNewcomers()) {
            hear(session, place);
        }
        writeBeside(place);
        Performed done = portion.performed(session, intent.work().target(), interlude.left());
        interlude.passed(portion);
        outcomes.addAll(done.outcomes());
        made.putAll(done.made());
        before = Optional.of(done);
    }

    /// What was done about somebody is written down before something else is.
    private void hear(EngineSession session, int place) {
        finish();
        pass.ifPresent(number -> interlude.tellTaking(number, () -> sofar(Optional.empty())));
        interlude.work().ifPresent(few -> {
            if (place > 0
                    && !Collections.disjoint(
                            few.people(), portions.get(place - 1).people())) {
                write(place - 1, take(), Optional.empty());
            }
            interlude.play(few);
            pass.ifPresent(session::announce);
        });
    }

    private Optional<Performed> take() {
        Optional<Performed> taken = before;
        before = Optional.empty();
        return taken;
    }

    private void writeBeside(int place) {
        finish();
        Optional<Performed> last = take();
        Optional<Portion> coming =
                portions.stream().skip(place + 1L).findFirst().filter(Portion::ofNewcomers);
        boolean isFirst = place == 0 && intent.work().whole();
        if (isFirst || last.isPresent() || coming.isPresent()) {
            writing = errands.send(() -> {
                if (isFirst) {
                    after.prepare();
                }
                return write(place - 1, last, coming);
            });
        }
    }

    /// @param last what came of the portion at that place
    private boolean write(int place, Optional<Performed> last, Optional<Portion> coming) {
        if (last.isEmpty() && coming.isEmpty()) {
            return false;
        }
        last.ifPresent(after::take);
        List<LoginRow> rows = last.filter(_ -> portions.get(place).ofNewcomers())
                .map(part -> after.rows(portions.get(place).people(), part.made()))
                .orElse(List.of());
        return ledger.write(intent.work().lease(), () -> {
            last.ifPresent(part -> ledger.tell(intent.work().target(), pass, part, rows));
            coming.ifPresent(portion ->
                    ledger.plan(intent, portion.without(interlude.left()).steps()));
            return true;
        });
    }

    private void writePlan() {
        if (Writing.of(intent) == Writing.BESIDE_ITS_STEPS) {
            pass.ifPresent(number -> planWriting = errands.send(() -> {
                ledger.writePlan(number, intent.braked().go());
                return true;
            }));
        }
    }

    private void finish() {
        var _ = writing.get();
    }

    private void finishAll() {
        finish();
        var _ = planWriting.get();
    }

    @Override
    public void close() {
        errands.close();
    }
}
