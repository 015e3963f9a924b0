package dev.rolewright.offboarding;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.FeedEvent;
import dev.rolewright.directory.Identities;
import dev.rolewright.model.Caller;
import dev.rolewright.model.Ruling;
import dev.rolewright.model.RulingProblem;
import dev.rolewright.offboarding.Feed.State;
import dev.rolewright.offboarding.HrConfig.FeedConfig;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes many statements at once: all of a feed or nothing of it, and nothing before a human said so when it would stop
/// very many people.
@ApplicationScoped
public class Feeds {

    private static final Logger LOG = Logger.getLogger(Feeds.class);
    /// What feeds did within this time counts together, so that many small ones are no way round the brake.
    private static final Duration LATELY = Duration.ofHours(1);

    private final Store store;
    private final FeedBook book;
    private final FeedRows rows;
    private final FeedStage stage;
    private final FeedWork work;
    private final Identities identities;
    private final AuditTrail trail;
    private final MeterRegistry metrics;
    private final FeedConfig config;

    Feeds(
            Store store,
            FeedBook book,
            FeedRows rows,
            FeedStage stage,
            FeedWork work,
            Identities identities,
            AuditTrail trail,
            MeterRegistry metrics,
            HrConfig config) {
        this.store = store;
        this.book = book;
        this.rows = rows;
        this.stage = stage;
        this.work = work;
        this.identities = identities;
        this.trail = trail;
        this.metrics = metrics;
        this.config = config.feed();
    }

    /// A feed that came.
    ///
    /// @param digest of its bytes
    /// @param request the id of the request that brings it
    /// @param rehearsal whether all that is wanted is to know what would become of it
    public record Arrival(String sender, String digest, String request, boolean rehearsal) {}

    /// Takes a feed. One of the same bytes about which a human is still to decide, or decided that
    /// it is not wanted, is that feed and no other.
    ///
    /// @param lines in the order of their numbers
    /// @throws RuntimeException of the lines, when they cannot be read to the end; nothing is kept then
    public Feed take(Arrival arrival, Iterator<FeedLine> lines) {
        Optional<Feed> undesired = undesired(arrival);
        if (undesired.isPresent()) {
            return undesired.get();
        }
        long id = book.begin(arrival.sender(), arrival.digest(), arrival.request());
        Feed feed;
        try {
            stage.fill(id, arrival.sender(), lines);
            feed = store.together(() -> judged(id, arrival));
        } catch (RuntimeException broken) {
            drop(id);
            throw broken;
        }
        if (feed.id() != id) {
            drop(id);
            return feed;
        }
        metrics.counter("hr_feeds", "sender", feed.sender(), "outcome", outcome(feed.state()))
                .increment();
        if (feed.state() != State.APPLYING) {
            return feed;
        }
        return applied(feed);
    }

    public Optional<Feed> find(long id) {
        return book.find(id).filter(feed -> feed.state() != State.ARRIVING);
    }

    /// Newest first.
    public List<Feed> list(boolean heldOnly, @Nullable Long olderThan, int limit) {
        return book.list(heldOnly, olderThan, limit);
    }

    /// @param outcomes only rows of these
    /// @param after only rows behind this line
    public List<FeedRow> rows(long feed, Collection<FeedRow.Outcome> outcomes, int after, int limit) {
        return rows.report(feed, outcomes, after, limit);
    }

    /// Lets what is held become facts, and does it. When by now it would stop others than were shown to
    /// whoever decides, and still too many, it is held anew instead: the directory may be another than on
    /// the day on which the feed came.
    ///
    /// @throws RulingProblem when there is nothing of its digest to be decided, or it is about others by now
    public Feed release(long id, Ruling ruling, Caller caller) {
        Optional<Integer> seen = Optional.of(0);
        while (seen.isPresent()) {
            int line = seen.get();
            seen = store.together(
                    () -> stage.foreseeAgain(id, waiting(id, ruling).sender(), line));
        }
        Feed feed = store.together(() -> {
            waiting(id, ruling);
            rows.settleRepeated(id);
            long stops = rows.stops(List.of(id));
            List<String> why = excess(id, stops).stream().toList();
            book.judged(id, State.HELD, stops, why);
            Feed now = book.find(id).orElseThrow();
            return now.digest().equals(ruling.digest()) || why.isEmpty()
                    ? decided(id, ruling, caller, State.APPLYING)
                    : now;
        });
        if (feed.state() == State.HELD) {
            throw new RulingProblem(
                    RulingProblem.Kind.OTHER_DIGEST,
                    "By now feed " + id + " " + String.join(", and ", feed.why()) + ". Look at it again.");
        }
        return applied(feed);
    }

    /// Lets nothing ever become of what is held, also when the same bytes come again.
    ///
    /// @throws RulingProblem when there is nothing of its digest to be decided
    public Feed refuse(long id, Ruling ruling, Caller caller) {
        return store.together(() -> {
            waiting(id, ruling);
            return decided(id, ruling, caller, State.REFUSED);
        });
    }

    /// Keeps others from deciding until the caller's transaction ends.
    private Feed waiting(long id, Ruling ruling) {
        Feed feed = book.lock(id)
                .orElseThrow(() -> new RulingProblem(RulingProblem.Kind.UNKNOWN, "There is no such feed."));
        ruling.check("Feed " + id, feed.state() == State.HELD, Store.word(feed.state()), feed.digest());
        return feed;
    }

    private Feed decided(long id, Ruling ruling, Caller caller, State state) {
        book.decided(id, state, caller.actor(), ruling.reason());
        Feed feed = book.find(id).orElseThrow();
        trail.record(
                state == State.REFUSED
                        ? new FeedEvent.Refused(caller, feed.sender(), id, ruling.digest(), ruling.reason())
                        : new FeedEvent.Released(caller, feed.sender(), id, ruling.digest(), ruling.reason()));
        return feed;
    }

    private Optional<Feed> undesired(Arrival arrival) {
        return arrival.rehearsal() ? Optional.empty() : book.undesired(arrival.sender(), arrival.digest());
    }

    private Feed judged(long id, Arrival arrival) {
        book.judgeAlone();
        Optional<Feed> undesired = undesired(arrival); // it may have come twice at once
        if (undesired.isPresent()) {
            return undesired.get();
        }
        rows.settleRepeated(id);
        long stops = rows.stops(List.of(id));
        List<String> why = excess(id, stops).stream().toList();
        State state = arrival.rehearsal() ? State.REHEARSED : why.isEmpty() ? State.APPLYING : State.HELD;
        book.judged(id, state, stops, why);
        Feed feed = book.find(id).orElseThrow();
        if (state == State.HELD) {
            trail.record(new FeedEvent.Held(
                    Subjects.caller(arrival.sender(), arrival.request()),
                    arrival.sender(),
                    id,
                    feed.digest(),
                    stops,
                    why));
            LOG.warnf("a human has to decide about feed %d of HR system %s: it %s", id, arrival.sender(), why);
        }
        return feed;
    }

    private Optional<String> excess(long id, long stops) {
        List<Long> together = new ArrayList<>(book.taken(LATELY));
        together.add(id);
        long lately = rows.stops(together) - stops;
        return stops + lately <= config.atLeast()
                ? Optional.empty() // without counting everybody
                : FeedBrake.excess(stops, lately, identities.active(), config.largestShare(), config.atLeast());
    }

    /// @return the feed as it is now, or as it was when the store is away just now: it was taken all the same
    private Feed applied(Feed feed) {
        work.carryOn(feed.id());
        try {
            return book.find(feed.id()).orElse(feed);
        } catch (StoreFailure away) {
            return feed;
        }
    }

    /// What is left of a feed that was not taken goes by itself when the store is away just now.
    private void drop(long id) {
        try {
            book.drop(id);
        } catch (RuntimeException away) {
            LOG.debugf(away, "the rows of feed %d are dropped later", id);
        }
    }

    private static String outcome(State state) {
        return state == State.APPLYING ? "taken" : Store.word(state);
    }
}
