package dev.rolewright.offboarding;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HrEvent;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes what HR systems say: each statement once, whatever comes twice, late or in another order.
@ApplicationScoped
public class Events {

    private final Store store;
    private final FactBook facts;
    private final NameBook names;
    private final Subjects subjects;
    private final FenceBook fences;
    private final Identities identities;
    private final AuditTrail trail;
    private final ChangeFeed feed;

    Events(
            Store store,
            FactBook facts,
            NameBook names,
            Subjects subjects,
            FenceBook fences,
            Identities identities,
            AuditTrail trail,
            ChangeFeed feed) {
        this.store = store;
        this.facts = facts;
        this.names = names;
        this.subjects = subjects;
        this.fences = fences;
        this.identities = identities;
        this.trail = trail;
        this.feed = feed;
    }

    /// What was done, and the name that is to be looked at again.
    private record Done(Answer answer, Optional<Long> subject) {}

    /// @param request the id of the request that says it
    public Answer take(Statement statement, String request) {
        Done done = store.together(() -> taken(statement, request));
        done.subject().ifPresent(subjects::look);
        feed.ring();
        return done.subject().isEmpty() ? done.answer() : known(statement);
    }

    /// What became of what a sender said.
    public Optional<EventState> find(String sender, String event) {
        return facts.find(sender, event).map(this::state);
    }

    private Done taken(Statement statement, String request) {
        Fact fact = statement.fact();
        if (facts.find(fact.sender(), fact.event()).isPresent()) {
            return new Done(known(statement), Optional.empty());
        }
        Set<PersonId> meant = subjects.meant(fact.sender(), statement.person());
        if (meant.size() > 1) {
            return new Done(new Answer.Ambiguous(meant.stream().sorted().toList()), Optional.empty());
        }
        long subject =
                names.add(fact.sender(), statement.person(), meant.stream().findFirst());
        if (!facts.add(subject, fact, request)) {
            return new Done(known(statement), Optional.empty()); // somebody said it at this very moment
        }
        Caller caller = Subjects.caller(fact.sender(), request);
        trail.record(new HrEvent.Received(caller, fact.sender(), fact.event(), FactBook.column(fact.kind())));
        // A name that waited until now is bound below, with everything that was said under it.
        names.of(subject).flatMap(NameBook.Name::person).filter(meant::contains).ifPresent(person -> {
            trail.record(new HrEvent.Applied(caller, fact.sender(), fact.event(), person));
            fences.settle(Set.of(person));
        });
        return new Done(known(statement), Optional.of(subject));
    }

    private Answer known(Statement statement) {
        EventState state = find(statement.fact().sender(), statement.fact().event())
                .orElseThrow(() -> new IllegalStateException("what was said is not there any more"));
        return state.statement().equals(statement) ? new Answer.Kept(state) : new Answer.Taken();
    }

    private EventState state(FactBook.Row row) {
        ZoneId zone = fences.zone(row.person()
                .flatMap(person ->
                        identities.known(List.of(person)).stream().findFirst().flatMap(Known::timezone)));
        return new EventState(
                row.statement(),
                row.received(),
                row.statement().fact().effective(zone),
                row.person(),
                row.candidates());
    }
}
