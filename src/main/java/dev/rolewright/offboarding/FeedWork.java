package dev.rolewright.offboarding;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.FeedEvent;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.offboarding.FeedBook.Progress;
import dev.rolewright.store.Errands;
import dev.rolewright.store.Glances;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Makes facts of the rows of feeds, some at a time.
///
/// Each part is a transaction that says how far it went. Whoever comes next goes on from there, in this process or in
/// another, so that a feed that was taken is applied to its end whatever happens meanwhile.
@ApplicationScoped
class FeedWork {

    private static final Logger LOG = Logger.getLogger(FeedWork.class);
    private static final Duration ABANDONED = Duration.ofSeconds(10);
    private static final Duration REST_NEVER_COMES = Duration.ofHours(1);

    private final Store store;
    private final FeedBook feeds;
    private final FeedRows rows;
    private final Intake intake;
    private final Subjects subjects;
    private final ChangeFeed changes;
    private final AuditTrail trail;
    private final MeterRegistry metrics;
    private final Duration lasts;

    FeedWork(
            Store store,
            FeedBook feeds,
            FeedRows rows,
            Intake intake,
            Subjects subjects,
            ChangeFeed changes,
            AuditTrail trail,
            MeterRegistry metrics,
            HrConfig config) {
        this.store = store;
        this.feeds = feeds;
        this.rows = rows;
        this.intake = intake;
        this.subjects = subjects;
        this.changes = changes;
        this.trail = trail;
        this.metrics = metrics;
        this.lasts = config.feed().reportLasts();
        Gauge.builder("hr_feeds_held", Glances.GAUGES.at(feeds::held)).register(metrics);
    }

    /// Applies a feed, or as much of it as can be applied just now: what stops us here is no reason to tell the
    /// sender that the feed was not taken.
    void carryOn(long feed) {
        try (Errands errands = new Errands()) {
            Optional<Done> done = part(feed, Optional.empty(), errands);
            while (done.isPresent()) {
                subjects.lookUp(done.get().names());
                changes.ring();
                done = part(feed, done.map(Done::next), errands);
            }
        } catch (RuntimeException later) {
            StoreFailure.warn(LOG, "feed " + feed + " is not applied to its end; it goes on by itself", later);
        }
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP, identity = "hr-feeds-under-way")
    void sweep() {
        feeds.abandoned(ABANDONED).forEach(this::carryOn);
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP, identity = "hr-feeds-past")
    void forget() {
        feeds.old(lasts, REST_NEVER_COMES).forEach(feeds::drop);
    }

    /// Rows of a feed, and what is to be done with each.
    ///
    /// @param after the line behind which they are
    private record Next(int after, List<FeedRows.Waiting> rows, List<Intake.Verdict> verdicts) {

        private List<Outcomes.Of> outcomes() {
            return verdicts.stream().map(Outcomes::of).toList();
        }

        /// Of rows that were weighed while those before them were written, something else may be true by now.
        /// Whatever these can change was foreseen when the feed was judged.
        boolean stillHolds(int line) {
            return after == line
                    && rows.stream()
                            .map(FeedRows.Waiting::outcome)
                            .toList()
                            .equals(outcomes().stream()
                                    .map(Outcomes.Of::outcome)
                                    .toList());
        }
    }

    /// Rows that are facts.
    ///
    /// @param names those that are to be looked up when this is committed
    /// @param next what comes next, and is weighed meanwhile
    private record Done(Collection<NameBook.Name> names, Supplier<Next> next) {}

    private Next next(long feed, String sender, int after) {
        List<FeedRows.Waiting> some = rows.after(feed, sender, after, FeedStage.AT_ONCE);
        return new Next(after, some, intake.weigh(sender, statements(some)));
    }

    private static List<Statement> statements(List<FeedRows.Waiting> rows) {
        return rows.stream().map(FeedRows.Waiting::statement).toList();
    }

    /// @return empty when nothing is left
    private Optional<Done> part(long feed, Optional<Supplier<Next>> next, Errands errands) {
        return store.together(() -> feeds.applying(feed).flatMap(progress -> {
            int line = progress.line();
            Next some = next.map(Supplier::get)
                    .filter(it -> it.stillHolds(line))
                    .orElseGet(() -> next(feed, progress.sender(), line));
            if (some.rows().isEmpty()) {
                end(feed, progress);
                return Optional.empty();
            }
            int last = some.rows().getLast().line();
            Supplier<Next> then = errands.send(() -> next(feed, progress.sender(), last));
            return Optional.of(new Done(keep(feed, progress, some), then));
        }));
    }

    private Collection<NameBook.Name> keep(long feed, Progress progress, Next some) {
        // Whoever is told that it is applied is told by the last part, whose commit waits for all before it; until then
        // how far it went and what was done are lost together or not at all.
        store.run("SET LOCAL synchronous_commit = off");
        Intake.Taken taken =
                intake.keep(progress.sender(), statements(some.rows()), some.verdicts(), progress.request());
        List<Integer> lines = new ArrayList<>();
        List<Outcomes.Of> outcomes = new ArrayList<>();
        for (int i = 0; i < some.rows().size(); i++) {
            Outcomes.Of of = Outcomes.of(taken.verdicts().get(i));
            if (of.outcome() != some.rows().get(i).outcome()) {
                lines.add(some.rows().get(i).line());
                outcomes.add(of);
            }
        }
        rows.correct(feed, lines, outcomes);
        feeds.advance(feed, some.rows().getLast().line());
        return taken.names();
    }

    private void end(long feed, Progress progress) {
        feeds.applied(feed);
        Feed ended = feeds.find(feed).orElseThrow();
        trail.record(new FeedEvent.Applied(
                Subjects.caller(progress.sender(), progress.request()),
                progress.sender(),
                feed,
                progress.digest(),
                ended.stops()));
        ended.counts()
                .forEach((outcome, number) -> metrics.counter(
                                "hr_feed_rows", "sender", progress.sender(), "outcome", Store.word(outcome))
                        .increment(number));
    }
}
