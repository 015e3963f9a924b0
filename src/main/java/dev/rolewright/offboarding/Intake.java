package dev.rolewright.offboarding;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HrEvent;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identity;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The one way by which what a sender says becomes facts, be it a single event or a thousand rows of a feed.
@ApplicationScoped
class Intake {

    private final FactBook facts;
    private final NameBook names;
    private final Subjects subjects;
    private final Identities directory;
    private final FenceBook fences;
    private final AuditTrail trail;

    Intake(
            FactBook facts,
            NameBook names,
            Subjects subjects,
            Identities directory,
            FenceBook fences,
            AuditTrail trail) {
        this.facts = facts;
        this.names = names;
        this.subjects = subjects;
        this.directory = directory;
        this.fences = fences;
        this.trail = trail;
    }

    /// What is to be done with a statement.
    sealed interface Verdict {

        /// It is new.
        ///
        /// @param person whose it is; empty when it waits for somebody of that name
        record Fresh(Optional<PersonId> person) implements Verdict {}

        /// The sender said it before.
        record Before() implements Verdict {}

        /// The sender said something else under the same name.
        record Otherwise() implements Verdict {}

        /// It is not clear who is meant.
        record Unclear(List<PersonId> candidates) implements Verdict {}
    }

    /// What was done with statements, in their order.
    ///
    /// @param names those that lead to nobody who is there, and are to be looked up when this is committed
    record Taken(List<Verdict> verdicts, Collection<NameBook.Name> names) {}

    /// What would be done with what one sender says; nothing is done.
    List<Verdict> weigh(String sender, List<Statement> said) {
        Map<String, Statement> known = new HashMap<>(
                facts.said(sender, said.stream().map(it -> it.fact().event()).toList()));
        Map<Identity, Set<PersonId>> meant = subjects.meant(
                sender,
                said.stream()
                        .filter(it -> !known.containsKey(it.fact().event()))
                        .map(Statement::person)
                        .collect(toSet()));
        List<Verdict> verdicts = new ArrayList<>();
        for (Statement statement : said) {
            Optional<Statement> before =
                    Optional.ofNullable(known.get(statement.fact().event()));
            Set<PersonId> people = meant.getOrDefault(statement.person(), Set.of());
            if (before.isPresent()) {
                verdicts.add(before(before.get(), statement));
            } else if (people.size() > 1) {
                verdicts.add(new Verdict.Unclear(people.stream().sorted().toList()));
            } else {
                known.put(statement.fact().event(), statement);
                verdicts.add(new Verdict.Fresh(people.stream().findFirst()));
            }
        }
        return verdicts;
    }

    /// Keeps what one sender says, in the caller's transaction.
    ///
    /// @param request the id of the request that says it
    Taken take(String sender, List<Statement> said, String request) {
        return keep(sender, said, weigh(sender, said), request);
    }

    /// As above, of what was weighed a short while ago: what happened since is seen here as if it had happened
    /// in between.
    Taken keep(String sender, List<Statement> said, List<Verdict> verdicts, String request) {
        Map<Statement, Optional<PersonId>> fresh = new LinkedHashMap<>();
        for (int i = 0; i < said.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Fresh(Optional<PersonId> person)) {
                fresh.put(said.get(i), person);
            }
        }
        if (fresh.isEmpty()) {
            return new Taken(verdicts, List.of());
        }
        Set<Identity> given = fresh.keySet().stream().map(Statement::person).collect(toSet());
        names.part(sender, given);
        Map<Identity, NameBook.Name> kept = names.add(
                sender,
                given,
                fresh.entrySet().stream()
                        .filter(it -> it.getValue().isPresent())
                        .collect(toMap(
                                it -> it.getKey().person(), it -> it.getValue().get(), (one, _) -> one)));
        // Whoever loses a name at this moment loses it after this, and the trigger that keeps it sees that HR spoke.
        Map<PersonId, Optional<String>> there = directory.hold(
                kept.values().stream().flatMap(name -> name.person().stream()).collect(toSet()));
        Set<String> added = facts.add(
                sender,
                fresh.keySet().stream().map(Statement::fact).toList(),
                fresh.keySet().stream().map(it -> name(kept, it).id()).toList(),
                request);
        fences.settle(told(Subjects.caller(sender, request), fresh.keySet(), kept, added), there);
        return new Taken(
                missed(sender, said, verdicts, added),
                kept.values().stream()
                        .filter(name -> name.person().filter(there::containsKey).isEmpty())
                        .toList());
    }

    /// Tells the audit trail what was added.
    ///
    /// @return what of it is anybody's; what waits is told of when its name is led to somebody
    private Map<PersonId, List<Fact>> told(
            Caller caller, Set<Statement> fresh, Map<Identity, NameBook.Name> kept, Set<String> added) {
        List<HrEvent> told = new ArrayList<>();
        Map<PersonId, List<Fact>> of = new HashMap<>();
        for (Statement statement : fresh) {
            Fact fact = statement.fact();
            if (added.contains(fact.event())) {
                told.add(new HrEvent.Received(caller, fact.sender(), fact.event(), Store.word(fact.kind())));
                name(kept, statement).person().ifPresent(person -> {
                    told.add(new HrEvent.Applied(caller, fact.sender(), fact.event(), person));
                    of.computeIfAbsent(person, _ -> new ArrayList<>()).add(fact);
                });
            }
        }
        trail.record(told);
        return of;
    }

    /// Somebody may have said the same at this very moment.
    private List<Verdict> missed(String sender, List<Statement> said, List<Verdict> verdicts, Set<String> added) {
        List<Statement> lost = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Fresh
                    && !added.contains(said.get(i).fact().event())) {
                lost.add(said.get(i));
            }
        }
        if (lost.isEmpty()) {
            return verdicts;
        }
        Map<String, Statement> known =
                facts.said(sender, lost.stream().map(it -> it.fact().event()).toList());
        List<Verdict> corrected = new ArrayList<>(verdicts);
        for (int i = 0; i < said.size(); i++) {
            Statement before = known.get(said.get(i).fact().event());
            if (before != null) {
                corrected.set(i, before(before, said.get(i)));
            }
        }
        return corrected;
    }

    private static Verdict before(Statement before, Statement now) {
        return before.equals(now) ? new Verdict.Before() : new Verdict.Otherwise();
    }

    private static NameBook.Name name(Map<Identity, NameBook.Name> kept, Statement statement) {
        return Optional.ofNullable(kept.get(statement.person())).orElseThrow();
    }
}
