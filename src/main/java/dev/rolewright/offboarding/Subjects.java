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
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Whom senders mean by the names they give.
///
/// A name leads to one person for as long as the directory knows that one, even when the identity provider gives the
/// person another name: no rename slips through a fence. A name that leads to nobody waits, and is looked at again
/// whenever somebody comes or changes.
@ApplicationScoped
class Subjects {

    private static final Logger LOG = Logger.getLogger(Subjects.class);
    private static final int EARLY = 100;
    private static final int AT_ONCE = 1_000;

    private static final String COLUMNS = "s.id, s.sender, s.key, s.value, s.person, s.candidates FROM hr_subject s";

    /// By name, and those of which it was not clear who of these people is meant.
    private static final String WAITING = """
            SELECT s.id, s.sender, s.key, s.value, s.person, s.candidates FROM unnest(?, ?) n (key, value)
            CROSS JOIN LATERAL (SELECT * FROM hr_subject WHERE key = n.key AND value = n.value AND person IS NULL OFFSET 0) s
            UNION
            SELECT s.id, s.sender, s.key, s.value, s.person, s.candidates FROM hr_subject s
            WHERE s.person IS NULL AND s.candidates <> '{}' AND s.candidates && ?
            ORDER BY 1""";

    private final HrStore store;
    private final Identities identities;
    private final FenceBook fences;
    private final AuditTrail trail;
    private final ChangeFeed feed;

    Subjects(HrStore store, Identities identities, FenceBook fences, AuditTrail trail, ChangeFeed feed) {
        this.store = store;
        this.identities = identities;
        this.fences = fences;
        this.trail = trail;
        this.feed = feed;
    }

    /// A name of a sender, and whom it leads to.
    record Subject(long id, String sender, Identity identity, Optional<PersonId> person, Set<PersonId> candidates) {}

    void start(@Observes @Priority(EARLY) StartupEvent starting) {
        feed.tellFirst(this::look);
    }

    /// Everybody who may be meant by this name of a sender: whoever has it, and whom it led to so far.
    Set<PersonId> meant(String sender, Identity identity) {
        Set<PersonId> meant = new HashSet<>(identities.people(List.of(identity)).getOrDefault(identity, Set.of()));
        Set<PersonId> before = store
                .all(
                        "SELECT " + COLUMNS
                                + " WHERE s.sender = ? AND s.key = ? AND s.value = ? AND s.person IS NOT NULL",
                        Subjects::subject,
                        sender,
                        FactBook.column(identity.key()),
                        identity.value())
                .stream()
                .flatMap(subject -> subject.person().stream())
                .collect(toSet());
        identities.known(before).forEach(known -> meant.add(known.person()));
        return meant;
    }

    /// Keeps a name, in the caller's transaction.
    ///
    /// @param person whom it leads to; empty when that is not known
    /// @return its number
    long keep(String sender, Identity identity, Optional<PersonId> person) {
        return store.first(
                        "INSERT INTO hr_subject (sender, key, value, person) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (key, value, sender) DO UPDATE SET sender = excluded.sender RETURNING id",
                        row -> row.getLong(1),
                        sender,
                        FactBook.column(identity.key()),
                        identity.value(),
                        person.map(PersonId::value).orElse(null))
                .orElseThrow();
    }

    /// Whom a name leads to.
    Optional<PersonId> person(long id) {
        return store.all("SELECT " + COLUMNS + " WHERE s.id = ?", Subjects::subject, id).stream()
                .flatMap(subject -> subject.person().stream())
                .findFirst();
    }

    /// Looks whom a name leads to, in a transaction that began after it was kept: whoever came meanwhile is seen
    /// here,
    /// and whoever comes later will see it.
    void look(long id) {
        store.together(() -> {
            List<Subject> kept = store.all("SELECT " + COLUMNS + " WHERE s.id = ?", Subjects::subject, id);
            forget(gone(
                    kept.stream().flatMap(subject -> subject.person().stream()).collect(toSet())));
            bind(store.all("SELECT " + COLUMNS + " WHERE s.id = ? AND s.person IS NULL", Subjects::subject, id));
            return true;
        });
    }

    /// Looks what follows from people who came, changed or went, in the caller's transaction.
    void look(List<Touched> touched) {
        if (store.all("SELECT FROM hr_subject LIMIT 1", _ -> true).isEmpty()) {
            return; // nobody speaks to us here
        }
        Set<PersonId> people = touched.stream().map(Touched::person).collect(toSet());
        List<Known> known = identities.known(people);
        Set<PersonId> gone = new HashSet<>(people);
        known.forEach(each -> gone.remove(each.person()));
        forget(gone);
        bind(waitingFor(known, people));
        moved(known);
    }

    /// Names of people who are not there wait again.
    private void forget(Set<PersonId> gone) {
        if (!gone.isEmpty()) {
            List<Subject> free = store.all(
                    "UPDATE hr_subject s SET person = NULL, since = now() WHERE s.person = ANY (?)"
                            + " RETURNING s.id, s.sender, s.key, s.value, s.person, s.candidates",
                    Subjects::subject,
                    (Object) FactBook.ids(gone));
            fences.forget(gone);
            bind(free);
        }
    }

    private Set<PersonId> gone(Set<PersonId> people) {
        Set<PersonId> gone = new HashSet<>(people);
        identities.known(people).forEach(known -> gone.remove(known.person()));
        return gone;
    }

    private List<Subject> waitingFor(List<Known> known, Set<PersonId> people) {
        List<Identity> names =
                known.stream().flatMap(each -> each.identities().stream()).toList();
        return store.all(
                WAITING,
                Subjects::subject,
                names.stream().map(name -> FactBook.column(name.key())).toArray(String[]::new),
                names.stream().map(Identity::value).toArray(String[]::new),
                FactBook.ids(people));
    }

    /// Who is in another time zone than when their facts were settled has other fences.
    private void moved(List<Known> known) {
        List<PersonId> moved = store.all(
                "SELECT p.person FROM hr_person p JOIN unnest(?, ?) AS t (person, zone) ON t.person = p.person"
                        + " WHERE p.zone IS DISTINCT FROM t.zone",
                row -> new PersonId(row.getObject(1, UUID.class)),
                FactBook.ids(known.stream().map(Known::person).toList()),
                known.stream().map(each -> each.timezone().orElse(null)).toArray(String[]::new));
        fences.settle(moved);
    }

    /// Names that wait lead to whoever is the only one of that name.
    private void bind(List<Subject> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        Map<Identity, Set<PersonId>> people =
                identities.people(waiting.stream().map(Subject::identity).toList());
        Set<PersonId> bound = new HashSet<>();
        List<HrEvent> applied = new ArrayList<>();
        for (Subject subject : waiting) {
            Set<PersonId> found = people.getOrDefault(subject.identity(), Set.of());
            if (found.size() == 1) {
                PersonId person = found.iterator().next();
                if (lead(subject, person)) {
                    bound.add(person);
                    applied.addAll(applied(subject, person));
                }
            } else if (!found.equals(subject.candidates())) {
                unclear(subject, found);
            }
        }
        trail.record(applied);
        fences.settle(bound);
    }

    private boolean lead(Subject subject, PersonId person) {
        return store.run(
                        "UPDATE hr_subject SET person = ?, candidates = '{}', since = now()"
                                + " WHERE id = ? AND person IS NULL",
                        person.value(),
                        subject.id())
                == 1;
    }

    private void unclear(Subject subject, Set<PersonId> candidates) {
        store.run(
                "UPDATE hr_subject SET candidates = ? WHERE id = ? AND person IS NULL",
                FactBook.ids(candidates),
                subject.id());
        if (!candidates.isEmpty()) {
            LOG.warnf(
                    "What HR system %s said is about one of %d people, and of nobody until it is clear which: %s",
                    subject.sender(), candidates.size(), candidates);
        }
    }

    private List<HrEvent> applied(Subject subject, PersonId person) {
        return store.all(
                "SELECT sender, event, request FROM hr_fact WHERE subject = ? ORDER BY id",
                row -> new HrEvent.Applied(
                        caller(row.getString(1), row.getString(3)), row.getString(1), row.getString(2), person),
                subject.id());
    }

    static Caller caller(String sender, String request) {
        return Caller.ofNoSource("hr:" + sender, request);
    }

    /// The net: names that were kept by a process that ended before it could look.
    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP, identity = "hr-names-that-wait")
    void sweep() {
        long last = -1;
        while (true) {
            List<Subject> some = store.all(
                    "SELECT " + COLUMNS + " WHERE s.person IS NULL AND s.id > ? ORDER BY s.id LIMIT " + AT_ONCE,
                    Subjects::subject,
                    last);
            if (some.isEmpty()) {
                return;
            }
            last = some.getLast().id();
            store.together(() -> {
                bind(some);
                return true;
            });
            feed.ring();
        }
    }

    private static Subject subject(ResultSet row) throws SQLException {
        return new Subject(
                row.getLong(1),
                row.getString(2),
                new Identity(Identity.Key.valueOf(FactBook.word(row.getString(3))), row.getString(4)),
                Optional.ofNullable(row.getObject(5, UUID.class)).map(PersonId::new),
                people((UUID[]) row.getArray(6).getArray()));
    }

    private static Set<PersonId> people(UUID[] ids) {
        return Arrays.stream(ids).map(PersonId::new).collect(toSet());
    }
}
