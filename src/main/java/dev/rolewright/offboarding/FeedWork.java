package dev.rolewright.offboarding;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.FeedEvent;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.offboarding.FeedBook.Progress;
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
import java.util.List;
import java.util.Optional;
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
        try {
            while (part(feed)) {
                changes.ring();
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

    /// @return whether something may be left
    private boolean part(long feed) {
        Optional<Intake.Taken> taken =
                store.together(() -> feeds.applying(feed).flatMap(progress -> part(feed, progress)));
        taken.ifPresent(it -> subjects.lookUp(it.names()));
        return taken.isPresent();
    }

    private Optional<Intake.Taken> part(long feed, Progress progress) {
        List<FeedRows.Waiting> some = rows.after(feed, progress.sender(), progress.line(), FeedStage.AT_ONCE);
        if (some.isEmpty()) {
            end(feed, progress);
            return Optional.empty();
        }
        // Whoever is told that it is applied is told by the last part, whose commit waits for all before it; until then
        // how far it went and what was done are lost together or not at all.
        store.run("SET LOCAL synchronous_commit = off");
        Intake.Taken taken = intake.take(
                progress.sender(),
                some.stream().map(FeedRows.Waiting::statement).toList(),
                progress.request());
        List<Integer> lines = new ArrayList<>();
        List<Outcomes.Of> outcomes = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Outcomes.Of of = Outcomes.of(taken.verdicts().get(i));
            if (of.outcome() != some.get(i).outcome()) {
                lines.add(some.get(i).line());
                outcomes.add(of);
            }
        }
        rows.correct(feed, lines, outcomes);
        feeds.advance(feed, some.getLast().line());
        return Optional.of(taken);
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
