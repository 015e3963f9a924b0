package dev.rolewright.offboarding;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.directory.Identities;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.store.Errands;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Keeps the rows of a feed with what would become of each, before any of them is a fact.
@ApplicationScoped
class FeedStage {

    static final int AT_ONCE = 2_000;
    private static final int SIDE_BY_SIDE = 2;

    private final Store store;
    private final FeedRows rows;
    private final Intake intake;
    private final Identities identities;
    private final Fences fences;

    FeedStage(Store store, FeedRows rows, Intake intake, Identities identities, Fences fences) {
        this.store = store;
        this.rows = rows;
        this.intake = intake;
        this.identities = identities;
        this.fences = fences;
    }

    /// Reads on while it is found out what would become of what was read.
    void fill(long feed, String sender, Iterator<FeedLine> lines) {
        try (Errands errands = new Errands()) {
            Deque<Supplier<?>> underWay = new ArrayDeque<>();
            while (lines.hasNext()) {
                List<FeedLine> some = next(lines);
                if (underWay.size() == SIDE_BY_SIDE) {
                    var _ = underWay.remove().get();
                }
                underWay.add(errands.send(() -> keep(feed, sender, some)));
            }
            for (Supplier<?> last : underWay) {
                var _ = last.get();
            }
        }
    }

    private static List<FeedLine> next(Iterator<FeedLine> lines) {
        List<FeedLine> some = new ArrayList<>();
        while (some.size() < AT_ONCE && lines.hasNext()) {
            some.add(lines.next());
        }
        return some;
    }

    private boolean keep(long feed, String sender, List<FeedLine> lines) {
        List<FeedRows.New> foreseen = foreseen(sender, lines);
        store.together(() -> {
            // Nobody is told that the feed is taken before it is judged, and that commit waits for these too.
            store.run("SET LOCAL synchronous_commit = off");
            rows.add(feed, foreseen);
        });
        return true;
    }

    /// Looks again what would become of some rows that are kept: the directory may be another by now.
    ///
    /// @param after the line behind which they are
    /// @return the last of them; empty when there are none
    Optional<Integer> foreseeAgain(long feed, String sender, int after) {
        List<FeedRows.Waiting> some = rows.after(feed, sender, after, AT_ONCE);
        if (some.isEmpty()) {
            return Optional.empty();
        }
        rows.foresee(
                feed,
                foreseen(
                        sender,
                        some.stream()
                                .map(row -> FeedLine.says(row.line(), row.statement()))
                                .toList()));
        return Optional.of(some.getLast().line());
    }

    private List<FeedRows.New> foreseen(String sender, List<FeedLine> lines) {
        List<Statement> said =
                lines.stream().flatMap(line -> line.statement().stream()).toList();
        Iterator<Intake.Verdict> verdicts = intake.weigh(sender, said).iterator();
        List<FeedRows.New> foreseen = new ArrayList<>();
        for (FeedLine line : lines) {
            foreseen.add(line.statement()
                    .map(statement -> foreseen(line, statement, verdicts.next()))
                    .orElseGet(() -> new FeedRows.New(
                            line,
                            line.problem().isPresent() ? Outcome.REFUSED : Outcome.SILENT,
                            line.problem(),
                            Optional.empty())));
        }
        return onlyWhoLoses(foreseen);
    }

    private static FeedRows.New foreseen(FeedLine line, Statement statement, Intake.Verdict verdict) {
        Outcomes.Of of = Outcomes.of(verdict);
        Optional<PersonId> stops = verdict instanceof Intake.Verdict.Fresh(Optional<PersonId> person)
                ? person.filter(_ -> statement.fact().kind().takes())
                : Optional.empty();
        return new FeedRows.New(line, of.outcome(), of.problem(), stops);
    }

    /// Whoever is not active, or fenced already, loses nothing.
    private List<FeedRows.New> onlyWhoLoses(List<FeedRows.New> foreseen) {
        Set<PersonId> meant =
                foreseen.stream().flatMap(row -> row.stops().stream()).collect(toSet());
        if (meant.isEmpty()) {
            return foreseen;
        }
        Set<PersonId> losing = identities.active(meant);
        losing.removeAll(fences.of(losing).keySet());
        return foreseen.stream()
                .map(row -> new FeedRows.New(
                        row.line(), row.outcome(), row.problem(), row.stops().filter(losing::contains)))
                .toList();
    }
}
