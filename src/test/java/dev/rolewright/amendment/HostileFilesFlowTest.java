package dev.rolewright.amendment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.contract.Finding;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens to a directory, what held goes on to hold until something sound is meant, and somebody is told.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class HostileFilesFlowTest extends ContractFilesFlow {

    private Replica reading(Path directory) {
        Replica replica = replica(directory);
        replica.look();
        return replica;
    }

    private static Finding found(Replica replica) {
        FilesReading reading = replica.contracts.readings().stream()
                .filter(FilesReading::isRefused)
                .findFirst()
                .orElseThrow();
        assertThat(replica.contracts.reading().orElseThrow().findings()).isEqualTo(reading.findings());
        assertThat(replica.meters.get("contract_refused").gauge().value()).isOne();
        return reading.findings().getFirst();
    }

    static List<String> brokenTexts() {
        return List.of(
                "",
                "\0",
                "contract: 1\nroles: " + "[".repeat(1 << 20),
                "contract: 1\nroles: " + "{a: ".repeat(1 << 18),
                "contract: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
                ONE + "---\n" + ONE,
                ONE + ONE,
                ONE.substring(0, ONE.length() - 9),
                ONE.replace("  one", "\tone"),
                ONE + "#\u2028brakes: {atLeast: 1000}\n",
                ONE + "<<<<<<< HEAD\n=======\n>>>>>>> other\n",
                ONE + "lifecycle: {login: \"" + "{".repeat(100_000) + "\"}\n",
                ONE + "mappings: [{name: m, group: {matches: '*'}, roles: [], when: '" + "not (".repeat(10_000)
                        + "'}]\n");
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void whatIsBrokenIsToldAndNothingOfItHolds(String text) throws IOException {
        write(here, ONE);
        Replica replica = reading(here);

        write(here, text);
        replica.look();

        assertThat(found(replica).place().toString()).matches("contract.yaml:\\d+:\\d+");
        assertThat(found(replica).fix()).isNotBlank();
        assertThat(replica.holds()).isEqualTo(1);
        assertThat(replica.told).containsExactly(1L);

        write(here, TWO);
        replica.look();

        assertThat(replica.holds()).isEqualTo(2);
    }

    @Test
    void aDirectoryThatGoesAndComesBackAsItWasUndoesNothing() throws IOException {
        write(here, ONE);
        write(there, ONE);
        Replica first = reading(here);
        Replica second = reading(there);
        write(here, TWO);
        first.look();

        Path away = there.resolveSibling(there.getFileName() + "-away");
        Files.move(there, away);
        second.look();
        assertThat(found(second).sentence()).contains("It is not a directory.");
        assertThat(second.holds()).isEqualTo(2);
        Files.move(away, there);
        second.look();

        assertThat(second.holds()).isEqualTo(2);
        assertThat(second.contracts.reading().flatMap(FilesReading::number)).contains(1L);
        assertThat(second.meters.get("contract_differs").gauge().value()).isOne();
        assertThat(first.meters.get("contract_differs").gauge().value()).isZero();

        write(there, TWO);
        second.look();

        assertThat(second.meters.get("contract_differs").gauge().value()).isZero();
    }

    @Test
    void aReplicaWhoseFilesBreakMakesNoRoomForOlderOnes() throws IOException {
        write(here, ONE);
        write(there, ONE);
        Replica first = reading(here);
        Replica second = reading(there);
        write(here, TWO);
        first.look();

        write(here, "contract: [");
        first.look();
        second.look();

        assertThat(found(first)).isNotNull();
        assertThat(second.holds()).isEqualTo(2);
        assertThat(first.told).containsExactly(1L, 2L);
    }

    @Test
    void clocksThatAreSetLetNoOlderFilesHold() throws Exception {
        write(here, ONE);
        write(there, ONE);
        Replica first = reading(here);
        Replica second = reading(there);
        write(here, TWO);
        first.look();

        for (String jump : List.of("- interval '1 hour'", "+ interval '1 hour'", "- interval '20 hours'")) {
            sql("UPDATE contract_reader SET seen = seen " + jump);
            second.look();
            first.look();

            assertThat(second.holds()).isEqualTo(2);
        }
        assertThat(first.told).containsExactly(1L, 2L);
    }

    @Test
    void filesThatNeverRestAreTold() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);

        for (int look = 0; look < 100; look++) {
            write(here, contract("t" + look));
            replica.watch.look();
            assertThat(replica.holds()).isEqualTo(1);
            assertThat(replica.contracts.reading().orElseThrow().isRefused()).isEqualTo(look >= 14);
        }
        assertThat(found(replica).sentence()).isEqualTo("The files are others at every look, 15 times now.");
        replica.watch.look();

        assertThat(replica.contracts.active())
                .hasValueSatisfying(it -> assertThat(it.contract().targets().keySet())
                        .singleElement()
                        .hasToString("t99"));
        assertThat(replica.told).containsExactly(1L, 2L);
        assertThat(replica.contracts.reading().orElseThrow().isRefused()).isFalse();
    }

    @Test
    void whileFilesChangeTheReplicaIsThere() throws Exception {
        write(here, ONE);
        Replica replica = reading(here);
        sql("UPDATE contract_reader SET seen = now() - interval '1 hour'");
        assertThat(replica.contracts.readings()).isEmpty();

        write(here, TWO);
        replica.watch.look();

        assertThat(replica.contracts.readings()).hasSize(1);
    }

    @Test
    void aHundredChangesEachHoldWholeOrNotAtAll() throws IOException {
        Replica replica = reading(here);

        for (int change = 0; change < 100; change++) {
            write(here, contract("t" + change));
            Files.writeString(here.resolve("other.yaml"), "contract: 1\n# " + change + "\n");
            replica.look();
        }

        assertThat(replica.told).hasSize(100).isSorted();
        assertThat(versions.versions(Long.MAX_VALUE, 200)).hasSize(100);
    }

    @Test
    void aContractFullOfMistakesIsToldInParts() throws IOException {
        write(here, ONE + "mappings:\n" + "  - {name: m, group: {displayName: g}, roles: [nobody]}\n".repeat(5_000));

        Replica replica = reading(here);

        List<Finding> findings = replica.contracts.reading().orElseThrow().findings();
        assertThat(findings).hasSize(1_001).allMatch(Finding::isError);
        assertThat(findings.getLast().sentence()).contains("8999 findings are not shown");
        assertThat(replica.contracts.active()).isEqualTo(Optional.empty());
    }
}
