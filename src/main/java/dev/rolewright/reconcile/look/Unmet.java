package dev.rolewright.reconcile.look;

import dev.rolewright.contract.Derivation;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Note;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What people earn on a target and do not get, as notes: few, however many people it is about. Of one person
/// `answer.AccessExplanations` tells all.
final class Unmet {

    private static final int NAMED = 5;

    private Unmet() {}

    static List<Note> notes(TargetName target, Derivation derived) {
        List<Note> notes = new ArrayList<>();
        // Those who have a login are noted by its name already.
        Set<PersonId> nameless = derived.withheld().values().stream()
                .filter(reason -> reason.login().isEmpty())
                .map(Reason.Nameless::person)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!nameless.isEmpty()) {
            notes.add(new Note(
                    Note.Kind.NAMELESS,
                    target.value(),
                    "has no login for " + some(nameless)
                            + ", because every name that would do is protected or belongs to" + " something else",
                    Optional.empty()));
        }
        derived.displaced()
                .forEach(role -> notes.add(new Note(
                        Note.Kind.NAME_TAKEN,
                        role.value(),
                        "is wanted for a role and is what somebody's login is called; the login stays and the role waits",
                        Optional.empty())));
        separated(derived)
                .forEach((separation, people) -> notes.add(new Note(
                        Note.Kind.SEPARATED,
                        separation,
                        "keeps roles that they earn from " + some(people),
                        Optional.empty())));
        return notes;
    }

    private static Map<String, Set<PersonId>> separated(Derivation derived) {
        Map<String, Set<PersonId>> people = new TreeMap<>();
        derived.separated().values().stream()
                .flatMap(List::stream)
                .forEach(reason -> people.computeIfAbsent(reason.separation(), _ -> new TreeSet<>())
                        .add(reason.person()));
        return people;
    }

    private static String some(Collection<PersonId> people) {
        String named = people.stream().limit(NAMED).map(PersonId::toString).collect(Collectors.joining(", "));
        int more = people.size() - NAMED;
        return (people.size() == 1 ? "person " : people.size() + " people: ")
                + named
                + (more > 0 ? " and " + more + " more" : "");
    }
}
