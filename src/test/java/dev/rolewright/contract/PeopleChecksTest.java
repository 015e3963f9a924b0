package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.contract.Finding.Level;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a contract says may fit badly to the people it is about.
class PeopleChecksTest {

    private static final Contract CONTRACT = Contracts.contract("""
            contract: 1
            environments: {production: {}}
            targets:
              shop: {engine: postgresql, environment: production, databases: [shop]}
            roles:
              clerk: {kind: read-only, purpose: p, owner: ada, target: shop}
              approver: {kind: read-only, purpose: p, owner: desk, target: shop}
              both: {kind: read-only, purpose: p, owner: nobody, target: shop}
            mappings:
              - {name: clerks, group: {displayName: clerks}, roles: [clerk]}
              - {name: approvers, group: {displayName: approvers}, roles: [approver]}
              - {name: old, group: {matches: "z*"}, roles: [both], until: 2020-01-31}
            separation:
              - {name: four eyes, never: [clerk, approver]}
            services:
              - {name: job, owner: {userName: ada}, roles: [clerk]}
              - {name: cron, owner: {userName: eve}, roles: [clerk]}
            """);

    private static final Person ADA = person(1, "ada", true);
    private static final Person GRACE = person(2, "grace", true);

    private static Person person(int id, String name, boolean active) {
        return new Person(
                new PersonId(new UUID(0, id)),
                JsonNodeFactory.instance.objectNode().put("userName", name).put("active", active));
    }

    private static Group group(int id, String name, Person... members) {
        return group(id, "default", name, members);
    }

    private static Group group(int id, String source, String name, Person... members) {
        return new Group(
                new UUID(1, id),
                source,
                name,
                Optional.empty(),
                List.of(members).stream().map(it -> it.id().value()).collect(Collectors.toSet()));
    }

    private static Snapshot snapshot(Set<PersonId> fenced, List<Person> people, Group... groups) {
        return new Snapshot(
                people.stream().collect(Collectors.toMap(Person::id, Function.identity())),
                List.of(groups).stream().collect(Collectors.toMap(Group::id, Function.identity())),
                fenced.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                _ -> List.of(new Fence("workday", "e-1", Fence.Kind.LEAVER, Instant.EPOCH)))));
    }

    private static List<Finding> check(Set<PersonId> fenced, List<Person> people, Group... groups) {
        return PeopleChecks.check(
                CONTRACT,
                new Facts(snapshot(fenced, people, groups), Optional.empty(), Instant.parse("2026-11-21T00:00:00Z")));
    }

    @Test
    void findsWhoHoldsWhatIsKeptApart() {
        List<Finding> findings =
                check(Set.of(), List.of(ADA, GRACE), group(1, "clerks", ADA, GRACE), group(2, "approvers", ADA));

        assertThat(findings)
                .filteredOn(finding -> finding.sentence().contains("keeps apart"))
                .extracting(Finding::level, Finding::sentence)
                .containsExactly(
                        tuple(
                                Level.WARNING,
                                "ada would hold approver and clerk, which \"four eyes\" keeps apart, and so gets none of them."));
    }

    @Test
    void whoIsFencedHoldsNothing() {
        assertThat(check(Set.of(ADA.id()), List.of(ADA), group(1, "clerks", ADA), group(2, "approvers", ADA)))
                .noneMatch(finding -> finding.sentence().contains("keeps apart"));
    }

    @Test
    void findsGroupsThatAreUnknownOrEmptyOrTwice() {
        assertThat(check(Set.of(), List.of(ADA), group(1, "clerks"), group(2, "zoo", ADA)))
                .extracting(Finding::sentence)
                .contains(
                        "Nobody is in group clerks.",
                        "The directory does not know group approvers.",
                        "Mapping \"old\" is over since 2020-02-01.",
                        "Nobody holds role both.",
                        "Nobody holds role approver.")
                .doesNotContain("Nobody holds role clerk.", "Nobody is in groups z*.");
        assertThat(check(Set.of(), List.of(ADA), group(1, "clerks", ADA), group(3, "Clerks", ADA)))
                .extracting(Finding::sentence)
                .contains("The directory knows group clerks 2 times.");
    }

    @Test
    void findsOwnersWhoLeft() {
        Person leaver = person(1, "ada", false);

        assertThat(check(Set.of(), List.of(leaver, GRACE), group(1, "desk", leaver)))
                .filteredOn(it -> it.sentence().startsWith("Owner"))
                .extracting(Finding::level, Finding::sentence)
                .containsExactlyInAnyOrder(
                        tuple(Level.WARNING, "Owner ada of role clerk has left."),
                        tuple(Level.WARNING, "Owner desk of role approver has left."),
                        tuple(Level.WARNING, "Owner ada of service job has left."),
                        tuple(Level.WARNING, "Owner eve of service cron is not in the directory."),
                        tuple(Level.NOTE, "Owner nobody of role both is not in the directory."));
    }

    @Test
    void whatHasNoOwnerIsCalledTheSameWhateverBecameOfTheOwner() {
        List<Snapshot> moments = List.of(
                snapshot(Set.of(), List.of(person(1, "ada", false))),
                snapshot(Set.of(ADA.id()), List.of(ADA)),
                snapshot(Set.of(), List.of()));

        assertThat(moments)
                .allSatisfy(moment -> assertThat(Owners.gone(CONTRACT, moment))
                        .extracting(Owners.Ownerless::what)
                        .containsExactlyInAnyOrder(
                                "role clerk", "role approver", "role both", "service job", "service cron"));
    }

    @Test
    void acceptsOwnersWhoAreThere() {
        assertThat(check(Set.of(), List.of(ADA, GRACE), group(1, "desk", GRACE)))
                .extracting(Finding::sentence)
                .noneMatch(it -> it.contains("has left"));
    }

    @Test
    void groupsThatAnySourceMayMakeAreTold() {
        String told =
                "Groups come from default, subsidiary, and each of them can make groups of the names that 3 mappings"
                        + " ask for.";

        assertThat(check(Set.of(), List.of(ADA), group(1, "clerks", ADA), group(2, "subsidiary", "other", ADA)))
                .extracting(Finding::sentence)
                .contains(told);
        assertThat(check(Set.of(), List.of(ADA), group(1, "clerks", ADA), group(2, "other", ADA)))
                .extracting(Finding::sentence)
                .doesNotContain(told);
    }
}
