package dev.rolewright.reconcile;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.store.Errands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Hands the portions of a plan over to a target, and writes beside it: while one is performed, what came of the one
/// before and the names that the next one needs.
///
/// One transaction at a time, and none of them waits for the target. A name is durable before its login is made; what
/// came of a portion is before the one after the next begins. What came of the last one is told with the end of the
/// pass, so a plan of one portion is written down as a whole.
final class Relay implements AutoCloseable {

    private final Ledger ledger;
    private final Intent intent;
    private final Optional<Long> pass;
    private final List<Portion> portions;
    private final Aftermath after;
    private final Errands errands = new Errands();
    private Supplier<?> writing = () -> true;

    /// @param after takes in what is written down here
    Relay(Ledger ledger, Intent intent, Optional<Long> pass, List<Portion> portions, Aftermath after) {
        this.ledger = ledger;
        this.intent = intent;
        this.pass = pass;
        this.portions = portions;
        this.after = after;
    }

    /// What became of all of it, or of as much as was done when the lease was recalled. Whatever was begun to be
    /// written down is written down then.
    ///
    /// @param remembered the pass that the server is to remember when it changed something
    /// @throws Lease.LeaseLost when another process has taken over
    Performed perform(EngineSession session, Optional<Long> remembered) {
        List<Line> lines = portions.stream().flatMap(it -> it.lines().stream()).toList();
        Plan plan = new Plan(intent.work().target(), lines, intent.braked().go().notes());
        List<Outcome> outcomes = new ArrayList<>(lines.size());
        Map<PersonId, String> made = new HashMap<>();
        Optional<EngineFailure> failure = Optional.empty();
        Optional<Performed> before = Optional.empty();
        try {
            if (!portions.isEmpty()) {
                pass.ifPresent(session::announce);
            }
            for (int place = 0;
                    place < portions.size() && !intent.work().lease().isRecalled();
                    place++) {
                Portion portion = portions.get(place);
                intent.work().lease().check();
                writeBeside(place, before);
                Performed done = portion.performed(session, intent.work().target());
                outcomes.addAll(done.outcomes());
                made.putAll(done.made());
                before = Optional.of(done);
            }
            if (!outcomes.isEmpty()) {
                remembered.ifPresent(session::remember);
            }
        } catch (EngineFailure away) {
            failure = Optional.of(away);
        }
        finish();
        return new Performed(plan, outcomes, made, failure);
    }

    /// @param before what came of the portion before the one that is performed meanwhile
    private void writeBeside(int place, Optional<Performed> before) {
        finish();
        Optional<Portion> coming =
                portions.stream().skip(place + 1L).findFirst().filter(Portion::ofNewcomers);
        boolean isFirst = place == 0 && intent.work().whole();
        if (isFirst || before.isPresent() || coming.isPresent()) {
            writing = errands.send(() -> {
                if (isFirst) {
                    after.prepare();
                }
                return write(place - 1, before, coming);
            });
        }
    }

    private boolean write(int place, Optional<Performed> before, Optional<Portion> coming) {
        if (before.isEmpty() && coming.isEmpty()) {
            return false;
        }
        before.ifPresent(after::take);
        List<LoginRow> rows = before.filter(_ -> portions.get(place).ofNewcomers())
                .map(part -> after.rows(portions.get(place).people(), part.made()))
                .orElse(List.of());
        return ledger.write(intent.work().lease(), () -> {
            before.ifPresent(part -> ledger.tell(intent.work().target(), pass, part, rows));
            coming.ifPresent(portion -> ledger.plan(intent, portion.steps()));
            return true;
        });
    }

    private void finish() {
        var _ = writing.get();
    }

    @Override
    public void close() {
        errands.close();
    }
}
