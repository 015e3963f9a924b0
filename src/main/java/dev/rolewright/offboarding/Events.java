package dev.rolewright.offboarding;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Intake.Verdict;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Takes what HR systems say: each statement once, whatever comes twice, late or in another order.
@ApplicationScoped
public class Events {

    private final Store store;
    private final Intake intake;
    private final FactBook facts;
    private final Subjects subjects;
    private final FenceBook fences;
    private final Identities identities;
    private final ChangeFeed changes;

    Events(
            Store store,
            Intake intake,
            FactBook facts,
            Subjects subjects,
            FenceBook fences,
            Identities identities,
            ChangeFeed changes) {
        this.store = store;
        this.intake = intake;
        this.facts = facts;
        this.subjects = subjects;
        this.fences = fences;
        this.identities = identities;
        this.changes = changes;
    }

    /// @param request the id of the request that says it
    public Answer take(Statement statement, String request) {
        String sender = statement.fact().sender();
        Intake.Taken taken = store.together(() -> intake.take(sender, List.of(statement), request));
        subjects.lookUp(taken.names());
        changes.ring();
        return switch (taken.verdicts().getFirst()) {
            case Verdict.Unclear(List<PersonId> candidates) -> new Answer.Ambiguous(candidates);
            case Verdict.Otherwise() -> new Answer.Taken();
            case Verdict.Fresh _, Verdict.Before() ->
                new Answer.Kept(find(sender, statement.fact().event())
                        .orElseThrow(() -> new IllegalStateException("what was said is not there any more")));
        };
    }

    /// What became of what a sender said.
    public Optional<EventState> find(String sender, String event) {
        return facts.find(sender, event).map(this::state);
    }

    private EventState state(FactBook.Row row) {
        ZoneId zone = fences.zone(row.person()
                .flatMap(person ->
                        identities.known(List.of(person)).stream().findFirst().flatMap(Known::timezone)));
        return new EventState(
                row.statement(),
                row.received(),
                row.fenced().orElseGet(() -> row.statement().fact().effective(zone)),
                row.person(),
                row.candidates());
    }
}
