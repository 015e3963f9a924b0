package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.scim.schema.AcmeCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpiriesTest {

    private static final Instant END = Instant.parse("2027-04-01T00:00:00Z");

    private final Contract contract = ContractReader.read(
                    List.of(new SourceFile("contract.yaml", """
                            contract: 1
                            environments: {test: {}}
                            targets:
                              shop: {engine: postgresql, environment: test, databases: [shop]}
                            roles:
                              reader: {kind: read-only, purpose: Reading, owner: us, target: shop}
                            mappings:
                              - {name: for now, group: {displayName: a}, roles: [reader], until: 2027-03-31}
                              - {name: for ever, group: {displayName: b}, roles: [reader]}
                            """)), AcmeCatalog.USER, Set.of("postgresql"))
            .contract()
            .orElseThrow();

    @Test
    void aRuleEndsWithItsLastDay() {
        assertThat(Expiries.next(contract, END.minusMillis(1))).contains(END);
        assertThat(Expiries.next(contract, END)).isEmpty();
    }

    @Test
    void whatEndedBetweenTwoLooksIsAskedFor() {
        assertThat(Expiries.between(contract, END.minusSeconds(9), END)).isTrue();
        assertThat(Expiries.between(contract, END, END.plusSeconds(9))).isFalse();
        assertThat(Expiries.between(contract, END.minusSeconds(9), END.minusSeconds(1)))
                .isFalse();
    }
}
