package dev.rolewright.amendment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A target on which people earn something cannot be left out of the files, whoever leaves it out.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OmissionsFlowTest extends ContractFilesFlow {

    private static final String EMPTY_SHOP = contract("shop");

    private static final String SHOP = EMPTY_SHOP + """
            roles:
              shop_reader: {kind: read-only, purpose: Reading, owner: us, target: shop}
            """;

    @Test
    void aTargetWithRolesIsNotLeftOut() throws IOException {
        write(here, SHOP);
        Replica replica = replica(here);
        replica.look();

        write(here, ONE);
        replica.look();

        assertThat(replica.told).containsExactly(1L);
        assertThat(replica.contracts.reading()).hasValueSatisfying(reading -> {
            assertThat(reading.isRefused()).isTrue();
            assertThat(reading.findings().getFirst().toString())
                    .startsWith("contract.yaml:1:1: error: Target shop is left out, and roles are on it in what holds")
                    .endsWith("Keep the target, without its roles, until nobody has a login there.");
        });
        assertThat(replica.meters.get("contract_refused").gauge().value()).isOne();
    }

    @Test
    void itsRolesGoFirstAndThenTheTarget() throws IOException {
        write(here, SHOP);
        Replica replica = replica(here);
        replica.look();

        write(here, EMPTY_SHOP);
        replica.look();
        replica.anybodyLeft = true;
        write(here, ONE);
        replica.look();
        assertThat(replica.told).containsExactly(1L, 2L);
        assertThat(replica.contracts
                        .reading()
                        .orElseThrow()
                        .findings()
                        .getFirst()
                        .sentence())
                .isEqualTo("Target shop is left out, and somebody can still log in there.");
        replica.anybodyLeft = false;
        replica.look();

        assertThat(replica.told).containsExactly(1L, 2L, 3L);
        assertThat(replica.contracts.reading().orElseThrow().findings()).noneMatch(Finding::isError);
    }

    @Test
    void aDatabaseInWhichARoleHasSomethingIsNotLeftOutEither() throws IOException {
        String grants = """
                roles:
                  shop_reader:
                    kind: read-only
                    purpose: Reading
                    owner: us
                    target: shop
                    grants:
                      - {database: shop, schema: sales, tables: "*", privileges: [SELECT]}
                """;
        String more = "      - {database: till, schema: sales, tables: \"*\", privileges: [SELECT]}\n";
        String both = EMPTY_SHOP.replace("[shop]", "[shop, till]");
        write(here, both + grants + more);
        Replica replica = replica(here);
        replica.look();

        write(here, EMPTY_SHOP + grants);
        replica.look();

        assertThat(replica.holds()).isEqualTo(1);
        assertThat(replica.contracts
                        .reading()
                        .orElseThrow()
                        .findings()
                        .getFirst()
                        .toString())
                .contains("error: Database till of target shop is left out, and roles have privileges there");

        write(here, both + grants);
        replica.look();
        write(here, EMPTY_SHOP + grants);
        replica.look();

        assertThat(replica.told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aReplicaWithOlderFilesDoesNotLeaveItOutEither() throws IOException {
        write(there, ONE);
        Replica older = replica(there);
        older.look();
        write(here, ONE);
        Replica newer = replica(here);
        newer.look();
        write(here, ONE + "  shop: {engine: postgresql, environment: test, databases: [shop]}\n" + """
                roles:
                  shop_reader: {kind: read-only, purpose: Reading, owner: us, target: shop}
                """);
        newer.look();
        older.look();

        newer.contracts.leave();
        older.look();

        assertThat(older.holds()).isEqualTo(2);
        assertThat(older.contracts.reading().orElseThrow().isRefused()).isTrue();
    }

    @Test
    void whoOffersAContractOtherwiseIsToldTheSame() throws IOException {
        write(here, SHOP);
        Replica replica = replica(here);
        replica.look();

        Reading answer = replica.contracts.offer(new Offer(List.of(new SourceFile("x.yaml", ONE)), "a test"));

        assertThat(answer.contract()).isEmpty();
        assertThat(replica.holds()).isEqualTo(1);
    }
}
