package dev.rolewright.contract;

import dev.rolewright.contract.GroupSelector.Name;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Checks a contract against the people it is about.
public final class PeopleChecks {

    private final Contract contract;
    private final Facts facts;
    private final Circles circles;
    private final Findings findings = new Findings();

    private PeopleChecks(Contract contract, Facts facts) {
        this.contract = contract;
        this.facts = facts;
        this.circles = new Circles(facts.snapshot());
    }

    /// @param facts about everybody; what is in no scope would look as if it were not there
    public static List<Finding> check(Contract contract, Facts facts) {
        if (facts.scope().isPresent()) {
            throw new IllegalArgumentException("A contract is checked against everybody.");
        }
        PeopleChecks checks = new PeopleChecks(contract, facts);
        contract.mappings().forEach(checks::mapping);
        checks.sources();
        Earnings earnings = Earnings.of(contract, facts, _ -> true);
        earnings.withheld().forEach(checks::separated);
        checks.holders(earnings.given().values());
        Owners.gone(contract, facts.snapshot(), checks.circles).stream()
                .map(Owners.Ownerless::finding)
                .forEach(checks.findings::add);
        contract.elevations().forEach(elevation -> {
            checks.group(elevation.who(), elevation.place());
            checks.group(elevation.approvers(), elevation.place());
        });
        return checks.findings.all();
    }

    private void mapping(Mapping mapping) {
        if (mapping.isOver(facts.now())) {
            findings.note(
                    mapping.place(),
                    "Mapping \"" + mapping.name() + "\" is over since "
                            + mapping.until().orElseThrow().plusDays(1) + ".",
                    "Take it away.");
        }
        group(mapping.group(), mapping.place());
    }

    private void group(GroupSelector selector, Place place) {
        List<Group> groups = circles.selected(selector);
        if (groups.isEmpty()) {
            findings.warning(
                    place, "The directory does not know " + selector.label() + ".", "Push the group or mend its name.");
        } else if (groups.stream().allMatch(group -> circles.people(group).isEmpty())) {
            findings.note(place, "Nobody is in " + selector.label() + ".", "Put somebody in or leave it.");
        }
        if (groups.size() > 1 && !(selector.name() instanceof Name.Matches)) {
            findings.warning(
                    place,
                    "The directory knows " + selector.label() + " " + groups.size() + " times.",
                    "Name the group by its externalId, or its source.");
        }
    }

    /// Whoever may push groups to one source can call them like those of another.
    private void sources() {
        List<String> sources = facts.snapshot().groups().values().stream()
                .map(Group::source)
                .distinct()
                .sorted()
                .toList();
        List<Mapping> open = contract.mappings().stream()
                .filter(mapping -> mapping.group().source().isEmpty())
                .toList();
        if (sources.size() > 1 && !open.isEmpty()) {
            findings.note(
                    open.getFirst().place(),
                    "Groups come from " + String.join(", ", sources) + ", and each of them can make groups of the names"
                            + " that " + open.size() + " mappings ask for.",
                    "Say in \"group\" with the key \"source\" whose groups are meant.");
        }
    }

    private void separated(PersonId id, Map<RoleName, List<Reason.Separated>> withheld) {
        for (Separation separation : contract.separations()) {
            withheld.values().stream()
                    .flatMap(List::stream)
                    .filter(reason -> reason.separation().equals(separation.name()))
                    .findFirst()
                    .ifPresent(reason -> findings.warning(
                            separation.place(),
                            name(id) + " would hold " + RuleChecks.words(reason.roles()) + ", which \""
                                    + separation.name() + "\" keeps apart, and so gets none of them.",
                            "Take the person out of one of the groups."));
        }
    }

    private String name(PersonId id) {
        return Objects.requireNonNull(facts.snapshot().people().get(id)).userName();
    }

    private void holders(Collection<Gain> given) {
        Set<RoleName> held = new HashSet<>();
        Set.copyOf(given).forEach(gain -> held.addAll(gain.roles()));
        contract.services().forEach(service -> held.addAll(service.roles()));
        Set<RoleName> all = Inheritance.closure(contract, held);
        new TreeMap<>(contract.roles())
                .values().stream()
                        .filter(role -> !all.contains(role.name()))
                        .forEach(role -> findings.note(
                                role.place(),
                                "Nobody holds role " + role.name() + ".",
                                "Leave it if it waits for somebody."));
    }
}
