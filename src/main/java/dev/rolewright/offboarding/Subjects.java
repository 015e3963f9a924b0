package dev.rolewright.offboarding;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HrEvent;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Touched;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.NameBook.Name;
import dev.rolewright.store.Store;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Whom senders mean by the names they give.
///
/// A name leads to one person for as long as the directory knows that one, even when the identity provider gives the
/// person another name: no rename slips through a fence. When the person is gone, it waits for the same human to be
/// made anew. A name that never led to anybody waits for whoever has it. Both are looked at again whenever
/// somebody comes or changes.
@ApplicationScoped
class Subjects {

    private static final Logger LOG = Logger.getLogger(Subjects.class);
    private static final int EARLY = 100;
    private static final int AT_ONCE = 1_000;

    /// Who goes and who comes may miss each other only at that moment.
    private static final Duration LATELY = Duration.ofHours(1);

    private final Store store;
    private final NameBook names;
    private final AliasBook aliases;
    private final MadeAnew madeAnew;
    private final FactBook facts;
    private final Identities directory;
    private final FenceBook fences;
    private final AuditTrail trail;
    private final ChangeFeed changes;

    Subjects(
            Store store,
            NameBook names,
            AliasBook aliases,
            MadeAnew madeAnew,
            FactBook facts,
            Identities directory,
            FenceBook fences,
            AuditTrail trail,
            ChangeFeed changes) {
        this.store = store;
        this.names = names;
        this.aliases = aliases;
        this.madeAnew = madeAnew;
        this.facts = facts;
        this.directory = directory;
        this.fences = fences;
        this.trail = trail;
        this.changes = changes;
    }

    void start(@Observes @Priority(EARLY) StartupEvent starting) {
        changes.tellFirst(this::look);
    }

    /// Everybody who may be meant by these names of a sender: whoever has one, and whom it led to
    /// so far. A name that means nobody is not in the answer.
    Map<Identity, Set<PersonId>> meant(String sender, Collection<Identity> identities) {
        Map<Identity, Set<PersonId>> meant = new HashMap<>();
        directory.people(identities).forEach((identity, people) -> meant.put(identity, new HashSet<>(people)));
        List<Name> leading = names.of(sender, identities).stream()
                .filter(name -> name.person().isPresent())
                .toList();
        Set<PersonId> there = directory.there(led(leading));
        for (Name name : leading) {
            name.person()
                    .filter(there::contains)
                    .ifPresent(person -> meant.computeIfAbsent(name.identity(), _ -> new HashSet<>())
                            .add(person));
        }
        return meant;
    }

    /// Looks whom names lead to, in a transaction that began after they were kept: whoever came meanwhile is seen
    /// here, and whoever comes later will see them.
    void lookUp(Collection<Name> kept) {
        if (!kept.isEmpty()) {
            List<Long> ids = kept.stream().map(Name::id).toList();
            store.together(() -> {
                freeOfTheGone(names.of(ids));
                bind(waiting(names.of(ids)));
            });
        }
    }

    /// Looks what follows from people who came, changed or went, in the caller's transaction.
    void look(List<Touched> touched) {
        if (names.isEmpty()) {
            return; // nobody speaks to us here
        }
        Set<PersonId> people = touched.stream().map(Touched::person).collect(toSet());
        List<Known> known = directory.known(people);
        forget(gone(people, known.stream().map(Known::person).collect(toSet())));
        List<Name> concerned = names.concerning(known, people);
        freeOfTheGone(concerned);
        List<Name> waiting = new ArrayList<>(waiting(concerned));
        waiting.addAll(names.after(aliases.goneBefore(known)));
        bind(waiting);
        fences.settle(fences.moved(known));
    }

    /// The net: names that were kept by a process that ended before it could look.
    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP, identity = "hr-names-that-wait")
    void sweep() {
        List<Name> some = names.waiting(-1, AT_ONCE);
        while (!some.isEmpty()) {
            List<Name> waiting = some;
            store.together(() -> bind(waiting));
            changes.ring();
            some = names.waiting(waiting.getLast().id(), AT_ONCE);
        }
        store.together(() -> bind(names.after(names.goneLately(LATELY))));
        changes.ring();
    }

    static Caller caller(String sender, String request) {
        return Caller.ofNoSource("hr:" + sender, request);
    }

    private static Set<PersonId> led(Collection<Name> names) {
        return names.stream().flatMap(name -> name.person().stream()).collect(toSet());
    }

    private static Set<PersonId> gone(Set<PersonId> people, Set<PersonId> there) {
        Set<PersonId> gone = new HashSet<>(people);
        gone.removeAll(there);
        return gone;
    }

    private static List<Name> waiting(Collection<Name> names) {
        return names.stream().filter(name -> name.person().isEmpty()).toList();
    }

    /// Whoever led a name to somebody may have committed that after it was looked at that they are gone.
    private void freeOfTheGone(Collection<Name> some) {
        Set<PersonId> led = led(some);
        if (!led.isEmpty()) {
            forget(gone(led, directory.there(led)));
        }
    }

    /// Names of people who are not there wait again.
    private void forget(Set<PersonId> gone) {
        if (!gone.isEmpty()) {
            List<Name> free = names.free(gone);
            fences.forget(gone);
            bind(free);
        }
    }

    /// Names that wait lead to whoever is the only one of that name, or the same as who is gone.
    private void bind(List<Name> some) {
        List<Name> waiting = withAllOfTheGone(some);
        if (waiting.isEmpty()) {
            return;
        }
        Map<PersonId, Set<PersonId>> same = madeAnew.same(waiting);
        Map<Identity, Set<PersonId>> people = directory.people(waiting.stream()
                .filter(name -> name.was().isEmpty())
                .map(Name::identity)
                .toList());
        Map<Long, Name> before = before(waiting);
        Set<PersonId> back = directory.there(led(before.values()));
        Map<Long, PersonId> bound = new HashMap<>();
        List<Long> late = new ArrayList<>();
        List<HrEvent> applied = new ArrayList<>();
        for (Name name : waiting) {
            Set<PersonId> found = name.was()
                    .map(gone -> same.getOrDefault(gone, Set.of()))
                    .orElseGet(() -> Optional.ofNullable(people.get(name.identity()))
                            .orElseGet(() -> owner(before.get(name.id()), bound, back)));
            if (found.size() == 1) {
                PersonId person = found.iterator().next();
                if (names.lead(name, person)) {
                    bound.put(name.id(), person);
                    name.was().ifPresent(gone -> aliases.hand(gone, person));
                    facts.under(name.id())
                            .forEach(said -> applied.add(new HrEvent.Applied(
                                    caller(name.sender(), said.request()), name.sender(), said.event(), person)));
                } else {
                    late.add(name.id()); // somebody led it elsewhere meanwhile
                }
            } else if (!found.equals(name.candidates())) {
                unclear(name, found);
            }
        }
        trail.record(applied);
        fences.settle(bound.values());
        if (!late.isEmpty()) {
            freeOfTheGone(names.of(late));
        }
    }

    /// Names that wait and of which it is said that somebody is back: that is of who had them last, whom the
    /// identity provider may have made anew by other names.
    private Map<Long, Name> before(Collection<Name> waiting) {
        return names.before(waiting.stream()
                .filter(name -> name.was().isEmpty())
                .map(Name::id)
                .toList());
    }

    private static Set<PersonId> owner(@Nullable Name before, Map<Long, PersonId> bound, Set<PersonId> there) {
        return before == null
                ? Set.of()
                : Stream.concat(
                                before.person().filter(there::contains).stream(),
                                Stream.ofNullable(bound.get(before.id())))
                        .collect(toSet());
    }

    /// What was said of somebody who is gone stays together, under whichever name it was said.
    private List<Name> withAllOfTheGone(List<Name> some) {
        Map<Long, Name> all = new TreeMap<>(); // in the order in which everybody takes names
        some.forEach(name -> all.put(name.id(), name));
        Set<PersonId> gone = some.stream().flatMap(name -> name.was().stream()).collect(toSet());
        if (!gone.isEmpty()) {
            names.after(gone).forEach(name -> all.put(name.id(), name));
        }
        return List.copyOf(all.values());
    }

    private void unclear(Name name, Set<PersonId> candidates) {
        names.unclear(name, candidates);
        if (!candidates.isEmpty()) {
            LOG.warnf(
                    "What HR system %s said is about one of %d people, and of nobody until it is clear which: %s",
                    name.sender(), candidates.size(), candidates);
        }
    }
}
