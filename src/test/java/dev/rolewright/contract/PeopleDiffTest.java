package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.contract.PeopleDiff.Change;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.Grant;
import dev.rolewright.model.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A change of a contract is told in people and privileges.
class PeopleDiffTest {

    private static final Person ADA = LoginNamesTest.person(1, "ada");
    private static final Contract BEFORE = Contracts.contract(Contracts.WHOLE);

    private static List<Change> diff(Contract before, Contract after) {
        Group leads = new Group(
                new UUID(1, 1), "leads", Optional.of("4711"), Set.of(ADA.id().value()));
        Snapshot snapshot = new Snapshot(Map.of(ADA.id(), ADA), Map.of(leads.id(), leads));
        Instant now = Instant.parse("2026-11-21T00:00:00Z");
        return PeopleDiff.between(
                before, after, new Facts(snapshot, Set.of(), KnownNames.all(Map.of()), Optional.empty(), now));
    }

    @Test
    void tellsWhoGainsAndWhoLosesWhat() {
        Contract after = Contracts.contract(Contracts.WHOLE.replace(
                "table: approvals, privileges: [SELECT, INSERT]", "table: approvals, privileges: [SELECT, UPDATE]"));

        assertThat(diff(BEFORE, after)).singleElement().satisfies(change -> {
            assertThat(change.person()).isEqualTo(ADA.id());
            assertThat(change.gained().grants())
                    .extracting(Grant::label)
                    .containsExactly("UPDATE on table sales.approvals in orders");
            assertThat(change.lost().grants())
                    .extracting(Grant::label)
                    .containsExactly("INSERT on table sales.approvals in orders");
            assertThat(change.gained().roles()).isEmpty();
        });
    }

    @Test
    void countsWhatComesWithIncludes() {
        Contract after = Contracts.contract(
                Contracts.WHOLE.replace("roles: [orders_approver]", "roles: [orders_approver, orders_reader]"));

        assertThat(diff(BEFORE, after)).singleElement().satisfies(change -> {
            assertThat(change.gained().roles()).containsExactly(new RoleName("orders_reader"));
            assertThat(change.gained().grants()).hasSize(5);
            assertThat(change.gained().future()).hasSize(1);
            assertThat(change.gained().rows()).hasSize(1);
            assertThat(change.lost().isEmpty()).isTrue();
        });
    }

    @Test
    void tellsNothingWhereNobodyIsConcerned() {
        assertThat(diff(BEFORE, Contracts.contract(Contracts.WHOLE.replace("[INSERT, UPDATE]", "[INSERT]"))))
                .isEmpty();
    }

    @Test
    void turnsRound() {
        Contract after = Contracts.contract("contract: 1");

        assertThat(diff(BEFORE, after))
                .singleElement()
                .satisfies(change -> assertThat(change.gained().isEmpty()).isTrue());
        assertThat(diff(after, BEFORE).getFirst().gained())
                .isEqualTo(diff(BEFORE, after).getFirst().lost());
    }
}
