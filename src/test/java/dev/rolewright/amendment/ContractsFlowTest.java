package dev.rolewright.amendment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.model.Danger;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is in the directory holds, on every replica, as soon as it is sound, and nothing else does.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ContractsFlowTest extends ContractFilesFlow {

    private static final String BROKEN = ONE.replace("engine:", "engin:");

    @Inject
    AuditLog log;

    private Replica reading(@Nullable Path directory) {
        Replica replica = replica(directory);
        replica.look();
        return replica;
    }

    @Test
    void theDirectoryHolds() throws IOException {
        write(here, ONE);

        Replica replica = reading(here);

        assertThat(replica.contracts.active()).hasValueSatisfying(active -> {
            assertThat(active.number()).isEqualTo(1);
            assertThat(active.contract().targets()).hasSize(1);
            assertThat(active.contract().version())
                    .isEqualTo("1 (" + active.contract().digest().substring(0, 12) + ")");
        });
        assertThat(replica.told).containsExactly(1L);
        assertThat(replica.contracts.files(1)).containsExactly(new SourceFile("contract.yaml", ONE));
        assertThat(replica.contracts.versions(99, 9)).singleElement().satisfies(version -> {
            assertThat(version.origin()).isEqualTo("files of " + here);
            assertThat(version.activations()).hasSize(1);
        });
        assertThat(lastAudited("contract.activated").detail().path("origin").asText())
                .isEqualTo("files of " + here);
    }

    @Test
    void withoutADirectoryNothingHoldsUntilAnotherReplicaHasOne() throws IOException {
        Replica idle = reading(null);
        assertThat(idle.contracts.active()).isEmpty();
        assertThat(new MissingContract(idle.contracts).dangers())
                .singleElement()
                .extracting(Danger::end)
                .asString()
                .contains("rolewright.contract.directory");
        write(here, ONE);
        reading(here);

        idle.watch.look();

        assertThat(idle.holds()).isEqualTo(1);
        assertThat(new MissingContract(idle.contracts).dangers()).isEmpty();
        assertThat(idle.told).containsExactly(1L);
        assertThat(reading(null).told).containsExactly(1L);
    }

    @Test
    void whatIsNotSoundNeverHolds() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);

        write(here, BROKEN);
        replica.look();
        replica.look();

        assertThat(replica.holds()).isEqualTo(1);
        assertThat(replica.told).containsExactly(1L);
        assertThat(replica.contracts.readings()).singleElement().satisfies(reading -> {
            assertThat(reading.isRefused()).isTrue();
            assertThat(reading.findings())
                    .extracting(Finding::toString)
                    .anyMatch(it -> it.startsWith("contract.yaml:4:"));
        });
        assertThat(replica.meters.get("contract_refused").gauge().value()).isOne();
        assertThat(audited("contract.refused"))
                .as("however often it is looked at")
                .hasSize(1)
                .allSatisfy(row ->
                        assertThat(row.detail().path("places").get(0).asText()).startsWith("contract.yaml:4:"));

        write(here, TWO);
        replica.look();

        assertThat(replica.holds()).isEqualTo(2);
        assertThat(replica.meters.get("contract_refused").gauge().value()).isZero();
    }

    @Test
    void theSameInOtherWordsIsTheSameVersion() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);

        write(here, "# mended\n" + ONE);
        replica.look();

        assertThat(replica.told).containsExactly(1L);
        assertThat(replica.contracts.versions(99, 9)).hasSize(1);
    }

    @Test
    void goingBackLetsTheOlderVersionHoldAgain() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);
        write(here, TWO);
        replica.look();

        write(here, ONE);
        replica.look();

        assertThat(replica.told).containsExactly(1L, 2L, 1L);
        assertThat(replica.contracts.versions(99, 9))
                .extracting(
                        ContractVersion::number,
                        version -> version.activations().size())
                .containsExactly(tuple(2L, 1), tuple(1L, 2));
        assertThat(lastAudited("contract.activated").detail().path("before").asLong())
                .isEqualTo(2);
    }

    @Test
    void nothingHalfWrittenIsRead() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);

        write(here, "contract: 1\n");
        replica.watch.look();
        write(here, TWO);
        replica.watch.look();
        assertThat(replica.holds()).isEqualTo(1);
        replica.watch.look();

        assertThat(replica.told).containsExactly(1L, 2L);
        assertThat(audited("contract.refused")).isEmpty();
    }

    @Test
    void twoReplicasWithDifferentFilesDoNotTakeTurns() throws IOException {
        write(here, ONE);
        Replica first = reading(here);
        write(there, TWO);
        Replica second = reading(there);

        for (int i = 0; i < 5; i++) {
            first.watch.look();
            second.watch.look();
        }

        assertThat(first.told).containsExactly(1L, 2L);
        assertThat(second.told).containsExactly(1L, 2L);
        assertThat(first.contracts.readings())
                .extracting(FilesReading::number)
                .containsExactlyInAnyOrder(Optional.of(1L), Optional.of(2L));
    }

    @Test
    void whoComesBackWithOldFilesUndoesNothing() throws IOException {
        write(here, ONE);
        write(there, ONE);
        Replica first = reading(here);
        reading(there);
        write(here, TWO);
        first.look();

        Replica restarted = reading(there);
        restarted.watch.look();

        assertThat(restarted.holds()).isEqualTo(2);
        assertThat(restarted.contracts.reading().flatMap(FilesReading::number)).contains(1L);
        assertThat(versions.newest())
                .hasValueSatisfying(it -> assertThat(it.number()).isEqualTo(2));
    }

    @Test
    void whereEverybodyGoesBackToIsFollowed() throws IOException {
        write(here, ONE);
        write(there, ONE);
        Replica first = reading(here);
        write(here, TWO);
        first.look();
        Replica restarted = reading(there);
        assertThat(restarted.holds()).isEqualTo(2);

        first.contracts.leave();
        restarted.watch.look();

        assertThat(restarted.holds()).isEqualTo(1);
    }

    @Test
    void onlyATargetThatNoEngineSpeaksToIsToldOf() {
        Contracts contracts = replica(null).contracts;
        String warned = "Nothing here speaks to mariadb yet; nothing is done on target one.";

        List<SourceFile> ours = List.of(new SourceFile("x.yaml", ONE));
        List<SourceFile> other = List.of(new SourceFile("x.yaml", ONE.replace("postgresql", "mariadb")));

        assertThat(contracts.read(other).findings())
                .extracting(Finding::sentence)
                .contains(warned);
        assertThat(contracts.read(ours).findings())
                .extracting(Finding::sentence)
                .noneMatch(sentence -> sentence.contains("speaks to"));
    }

    @Test
    void whatWasOfferedByHandIsNotUndoneByOldFiles() throws IOException {
        write(here, ONE);
        reading(here).contracts.leave();
        Replica hand = replica(null);
        assertThat(hand.contracts
                        .offer(new Offer(List.of(new SourceFile("x.yaml", TWO)), "a test"))
                        .contract())
                .isPresent();

        Replica restarted = reading(here);

        assertThat(restarted.holds()).isEqualTo(2);
    }

    @Test
    void manyReplicasThatFindANewContractAtOnceKeepItOnce() throws Exception {
        write(here, ONE);
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            replicas.add(replica(here));
        }

        List<Thread> threads = replicas.stream()
                .map(replica -> Thread.startVirtualThread(replica::look))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(replicas).allMatch(replica -> replica.told.equals(List.of(1L)));
        assertThat(versions.version(1).orElseThrow().activations()).hasSize(1);
    }

    @Test
    void followsTheLinksOfAKubernetesVolume() throws IOException {
        volume("..2026_1", ONE);
        Files.createSymbolicLink(here.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(here.resolve("contract.yaml"), Path.of("..data", "contract.yaml"));
        Replica replica = reading(here);
        assertThat(replica.contracts.files(1)).extracting(SourceFile::name).containsExactly("contract.yaml");

        volume("..2026_2", TWO);
        Files.createSymbolicLink(here.resolve("..tmp"), Path.of("..2026_2"));
        Files.move(
                here.resolve("..tmp"),
                here.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        replica.look();

        assertThat(replica.holds()).isEqualTo(2);
    }

    private void volume(String name, String text) throws IOException {
        write(Files.createDirectory(here.resolve(name)), text);
    }

    @Test
    void noticesAnEditorThatWritesAnewAndRenames() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);
        Path fresh = Files.writeString(here.resolve("contract.yaml~"), TWO);

        Files.move(fresh, here.resolve("contract.yaml"), StandardCopyOption.REPLACE_EXISTING);
        replica.look();

        assertThat(replica.holds()).isEqualTo(2);
    }

    @Test
    void readsFoldersBelowItButNothingHidden() throws IOException {
        write(Files.createDirectories(here.resolve("targets")), ONE);
        write(Files.createDirectories(here.resolve(".git")), BROKEN);

        assertThat(reading(here).contracts.files(1))
                .extracting(SourceFile::name)
                .containsExactly("targets/contract.yaml");
    }

    @Test
    void whatCannotBeReadIsRefusedAndNothingElseLeftOut() throws IOException {
        write(here, ONE);
        Replica replica = reading(here);

        Path strange = Files.write(here.resolve("strange.yaml"), "a: ö".getBytes(StandardCharsets.ISO_8859_1));
        replica.look();
        assertThat(whyRefused(replica)).contains("strange.yaml is not written in UTF-8.");
        Files.delete(strange);

        Path lost = Files.createSymbolicLink(here.resolve("lost.yaml"), Path.of("nowhere"));
        replica.look();
        assertThat(whyRefused(replica)).contains("lost.yaml is a link to nothing");
        Files.delete(lost);

        Files.createDirectories(here.resolve("1/2/3/4/5/6/7/8/9"));
        replica.look();
        assertThat(whyRefused(replica)).contains("1/2/3/4/5/6/7/8 lies too deep.");

        assertThat(reading(there.resolve("nowhere")).contracts.reading())
                .hasValueSatisfying(it -> assertThat(it.findings().getFirst().sentence())
                        .isEqualTo("The directory of the contract cannot be read: It is not a directory."));
        assertThat(whyRefused(reading(there))).isNotEmpty();
        assertThat(replica.told).containsExactly(1L);
    }

    private static String whyRefused(Replica replica) {
        FilesReading reading = replica.contracts.reading().orElseThrow();
        assertThat(reading.isRefused()).isTrue();
        return reading.findings().getFirst().sentence();
    }

    @Test
    void spellsInItsFindingsWhatNobodySees() throws IOException {
        write(here, ONE + "\"a\\0\\uD800é\": 1\n");

        Replica replica = reading(here);

        assertThat(replica.contracts.readings().getFirst().findings())
                .isEqualTo(replica.contracts.reading().orElseThrow().findings())
                .anyMatch(it -> it.sentence().contains("aU+0000U+D800é"));
    }

    @Test
    void aVersionThatThisReleaseCannotReadStopsEverything() throws Exception {
        write(here, ONE);
        reading(here);
        sql("UPDATE contract_file SET text = 'contract: 99'");

        Replica upgraded = replica(null);
        upgraded.look();

        assertThat(upgraded.contracts.active()).isEmpty();
        assertThat(upgraded.told).isEmpty();
    }

    @Test
    void outlivesAStoreThatIsAway() throws Exception {
        write(here, ONE);
        Replica replica = reading(here);
        write(here, TWO);

        sql("ALTER TABLE contract_activation RENAME TO away");
        replica.look();
        assertThat(replica.holds()).isEqualTo(1);
        sql("ALTER TABLE away RENAME TO contract_activation");
        replica.look();

        assertThat(replica.holds()).isEqualTo(2);
    }

    private AuditEntry lastAudited(String action) {
        return audited(action).getFirst();
    }

    private List<AuditEntry> audited(String action) {
        return log.read(new AuditQuery(null, null, null, "files of " + here, action, null, null, null, 9));
    }
}
