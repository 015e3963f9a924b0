package dev.rolewright.reconcile.plans;

import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/// Keeps the plans of passes, or of holds: the first lines in the row of the pass or hold, the others in pieces.
///
/// A plan about everybody is larger as text than what it is made from, so nobody ever holds all of its text.
public final class PlanBook {

    private final Store store;
    private final String owner;
    private final String pieces;

    private PlanBook(Store store, String owner) {
        this.store = store;
        this.owner = owner;
        this.pieces = owner + "_plan";
    }

    public static PlanBook ofPasses(Store store) {
        return new PlanBook(store, "pass");
    }

    public static PlanBook ofHolds(Store store) {
        return new PlanBook(store, "hold");
    }

    /// Whether more of it is kept than what stands in the row.
    public static boolean isLong(Plan plan) {
        return plan.lines().size() > PlanJson.PIECE;
    }

    /// What stands in the row.
    public static String head(Plan plan) {
        return PlanJson.text(
                isLong(plan) ? new Plan(plan.target(), plan.lines().subList(0, PlanJson.PIECE), plan.notes()) : plan);
    }

    /// All of a plan, in place of what was kept before; as one transaction.
    ///
    /// @param number of the pass or hold, whose row is there
    public void write(long number, Plan plan) {
        store.together(() -> {
            store.run("DELETE FROM " + pieces + " WHERE " + owner + " = ?", number);
            List<List<Line>> parts = PlanJson.pieces(plan.lines());
            for (int place = 1; place < parts.size(); place++) {
                store.run(
                        "INSERT INTO " + pieces + " (" + owner + ", place, lines) VALUES (?, ?, ?::json)",
                        number,
                        place,
                        PlanJson.text(parts.get(place)));
            }
            store.run("UPDATE " + owner + " SET plan = ?::json WHERE id = ?", head(plan), number);
        });
    }

    /// @param number of the pass or hold
    /// @return nothing where it has no plan, or none yet
    public Optional<KeptPlan> find(long number) {
        return store.first("SELECT plan FROM " + owner + " WHERE id = ?", row -> Store.text(row, 1), number)
                .flatMap(head -> head)
                .map(head -> read(number, JsonColumn.read(head, PlanJson::read)));
    }

    /// What an earlier version wrote has all lines in its row, whatever pieces there are.
    private KeptPlan read(long number, Plan head) {
        int rest = head.lines().size() == PlanJson.PIECE ? rest(number) : 0;
        return new KeptPlan(
                head.target(), rest == 0 ? head.lines() : new Lines(number, head.lines(), rest), head.notes());
    }

    /// How many lines stand in pieces; all but the last piece are full.
    private int rest(long number) {
        return store.first(
                        "SELECT (place - 1) * ? + json_array_length(lines) FROM " + pieces + " WHERE " + owner
                                + " = ? ORDER BY place DESC LIMIT 1",
                        row -> row.getInt(1),
                        PlanJson.PIECE,
                        number)
                .orElse(0);
    }

    /// Lines of which a piece at a time is in memory. A hold that is written anew while somebody reads it
    /// has the steps that it had, else it would be another hold.
    private final class Lines extends AbstractList<Line> {

        private final long number;
        private final List<Line> head;
        private final int rest;
        private int place;
        private List<Line> piece;

        Lines(long number, List<Line> head, int rest) {
            this.number = number;
            this.head = head;
            this.rest = rest;
            this.piece = head;
        }

        @Override
        public Line get(int index) {
            if (index / PlanJson.PIECE != place) {
                place = index / PlanJson.PIECE;
                piece = place == 0 ? head : piece(place);
            }
            return piece.get(index % PlanJson.PIECE);
        }

        @Override
        public int size() {
            return head.size() + rest;
        }

        private List<Line> piece(int wanted) {
            return store.first(
                            "SELECT lines FROM " + pieces + " WHERE " + owner + " = ? AND place = ?",
                            row -> JsonColumn.read(row.getString(1), PlanJson::readLines),
                            number,
                            wanted)
                    .orElseThrow(() -> new IllegalStateException(
                            "a piece of the plan of " + owner + " " + number + " is not there"));
        }
    }
}
