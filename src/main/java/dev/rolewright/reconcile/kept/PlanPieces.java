package dev.rolewright.reconcile.kept;

import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import java.util.AbstractList;
import java.util.List;

/// Keeps the plans of passes, or of holds: the first lines in the row of the pass or hold, the others in pieces.
///
/// A plan about everybody is larger as text than what it is made from, so nobody ever holds all of its text.
public final class PlanPieces {

    /// How many lines make a piece.
    public static final int LINES = 1_000;

    private final Store store;
    private final String table;
    private final String owner;

    private PlanPieces(Store store, String owner) {
        this.store = store;
        this.owner = owner;
        this.table = owner + "_plan";
    }

    public static PlanPieces ofPasses(Store store) {
        return new PlanPieces(store, "pass");
    }

    public static PlanPieces ofHolds(Store store) {
        return new PlanPieces(store, "hold");
    }

    /// Whether more of it is kept than what stands in the row.
    public static boolean isLong(Plan plan) {
        return plan.lines().size() > LINES;
    }

    /// What stands in the row.
    public static String head(Plan plan) {
        return PlanJson.text(
                isLong(plan) ? new Plan(plan.target(), plan.lines().subList(0, LINES), plan.notes()) : plan);
    }

    /// Writes what does not stand in the row, in place of what was kept so before. Part of the transaction that
    /// writes the row.
    ///
    /// @param of the number of the pass or hold
    public void write(long of, Plan plan) {
        store.run("DELETE FROM " + table + " WHERE " + owner + " = ?", of);
        List<Line> lines = plan.lines();
        for (int from = LINES, place = 0; from < lines.size(); from += LINES, place++) {
            store.run(
                    "INSERT INTO " + table + " (" + owner + ", place, lines) VALUES (?, ?, ?::json)",
                    of,
                    place,
                    PlanJson.text(lines.subList(from, Math.min(lines.size(), from + LINES))));
        }
    }

    /// @param of the number of the pass or hold
    /// @param head what stands in the row
    public KeptPlan read(long of, String head) {
        Plan first = JsonColumn.read(head, PlanJson::read);
        int rest = store.first(
                        "SELECT coalesce(sum(CASE WHEN place = last THEN json_array_length(lines) ELSE ? END), 0) FROM "
                                + table + ", (SELECT max(place) AS last FROM " + table + " WHERE " + owner
                                + " = ?) ends WHERE " + owner + " = ?",
                        row -> row.getInt(1),
                        LINES,
                        of,
                        of)
                .orElse(0);
        return new KeptPlan(
                first.target(), rest == 0 ? first.lines() : new Lines(of, first.lines(), rest), first.notes());
    }

    /// Lines of which a piece at a time is in memory.
    private final class Lines extends AbstractList<Line> {

        private final long of;
        private final List<Line> first;
        private final int rest;
        private int read = -1;
        private List<Line> piece = List.of();

        Lines(long of, List<Line> first, int rest) {
            this.of = of;
            this.first = first;
            this.rest = rest;
        }

        @Override
        public Line get(int index) {
            if (index < first.size()) {
                return first.get(index);
            }
            int behind = index - first.size();
            if (behind / LINES != read) {
                read = behind / LINES;
                piece = piece(read);
            }
            return piece.get(behind % LINES);
        }

        @Override
        public int size() {
            return first.size() + rest;
        }

        private List<Line> piece(int place) {
            return store.first(
                            "SELECT lines FROM " + table + " WHERE " + owner + " = ? AND place = ?",
                            row -> JsonColumn.read(row.getString(1), PlanJson::readLines),
                            of,
                            place)
                    .orElseThrow();
        }
    }
}
