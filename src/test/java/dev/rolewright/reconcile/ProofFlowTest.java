package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Standing;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.proof.Receipt;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was taken is proven to be gone, by a server that was asked again.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ProofFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");

    @Inject
    Premises premises;

    @Inject
    AuditLog log;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
    }

    @Test
    void whoeverLeavesHasNothingAndTheReceiptSaysSo() {
        PersonId ada = scene.employed("ada");
        String id = scene.server.login(ada).orElseThrow().id();
        scene.server.opensSessions(ada, 2);

        scene.idp.dismisses(ada);
        scene.settle();
        assertThat(receipts(ada))
                .singleElement()
                .satisfies(owed -> assertThat(owed.proof()).isEmpty());
        scene.rig.prove(scene.target);

        assertThat(receipts(ada)).singleElement().satisfies(receipt -> {
            assertThat(receipt.what()).isEqualTo(Receipt.What.SUSPENDED);
            assertThat(receipt.login().value()).isEqualTo("ada");
            assertThat(receipt.serverId()).isEqualTo(id);
            assertThat(receipt.lost()).containsExactly(READER);
            assertThat(receipt.kept()).isEmpty();
            assertThat(receipt.proof()).hasValueSatisfying(proof -> {
                assertThat(proof.holds()).isTrue();
                assertThat(proof.why()).isEmpty();
                assertThat(proof.checks())
                        .extracting(Receipt.Check::name)
                        .containsExactly("login", "sessions", "memberships", "attempt");
                assertThat(proof.checks())
                        .extracting(Receipt.Check::answer)
                        .contains("none is open", "none", "refused: no such login, or locked");
                assertThat(List.of(receipt.asked(), receipt.claimed(), receipt.done(), proof.at()))
                        .isSorted();
                assertThat(receipt.suspended())
                        .hasValueSatisfying(time -> assertThat(time).isBetween(receipt.claimed(), receipt.done()));
            });
        });
        assertThat(actions(ada)).contains("revocation.proven");
        assertThat(scene.rig
                        .meters
                        .timer("revocation", "target", scene.target.value())
                        .count())
                .isEqualTo(1);
        assertThat(scene.rig
                        .meters
                        .timer("revocation", "target", scene.target.value())
                        .totalTime(TimeUnit.MINUTES))
                .isBetween(0.0, 1.0);
    }

    @Test
    void theReceiptNamesTheRequestThatLedToIt() {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.employed("carol"); // or else everybody would leave
        scene.idp.dismisses(ada);
        scene.idp.removes(scene.readers, bob);
        scene.settle();
        scene.rig.prove(scene.target);

        String patched = entry(ada.toString(), "resource.patched").requestId();
        String removed = entry(scene.readers.toString(), "members.changed").requestId();
        assertThat(receipts(ada))
                .singleElement()
                .satisfies(receipt ->
                        assertThat(receipt.requests()).contains(patched).doesNotContain(removed));
        assertThat(receipts(bob))
                .singleElement()
                .satisfies(receipt ->
                        assertThat(receipt.requests()).contains(removed).doesNotContain(patched));
    }

    @Test
    void theReceiptNamesTheRequestAboutAGroupFurtherUpToo() {
        PersonId ada = scene.idp.hires("ada");
        PersonId bob = scene.idp.hires("bob");
        PersonId cyd = scene.idp.hires("cyd");
        UUID team = scene.idp.founds("team-" + scene.crew);
        UUID unit = scene.idp.founds("unit-" + scene.crew);
        UUID gone = scene.idp.founds("gone-" + scene.crew);
        UUID crew = scene.idp.founds("crew-" + scene.crew);
        scene.idp.adds(team, ada);
        scene.idp.nests(team, unit);
        scene.idp.nests(unit, scene.readers);
        scene.idp.adds(crew, bob);
        scene.idp.nests(crew, gone);
        scene.idp.nests(gone, scene.readers);
        scene.idp.adds(scene.readers, cyd);
        scene.settle();

        scene.idp.unnests(unit, scene.readers);
        scene.idp.dissolves(gone);
        scene.settle();
        scene.rig.prove(scene.target);

        String unnested = entry(scene.readers.toString(), "members.changed").requestId();
        String dissolved = entry(gone.toString(), "resource.deleted").requestId();
        assertThat(receipts(ada))
                .singleElement()
                .satisfies(receipt ->
                        assertThat(receipt.requests()).contains(unnested).doesNotContain(dissolved));
        assertThat(receipts(bob))
                .singleElement()
                .satisfies(receipt ->
                        assertThat(receipt.requests()).contains(dissolved).doesNotContain(unnested));
    }

    @Test
    void theReceiptNamesWhoCalledTheGroupOtherwise() {
        PersonId ada = scene.employed("ada");

        scene.idp.renames(scene.readers, "nobody-" + scene.crew);
        scene.settle();
        scene.rig.prove(scene.target);

        String renamed = entry(scene.readers.toString(), "resource.patched").requestId();
        assertThat(receipts(ada))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.requests()).contains(renamed));
    }

    @Test
    void theReceiptNamesARequestThatWaitedForDays() {
        PersonId ada = scene.employed("ada");
        scene.run("INSERT INTO audit_event (at, source_id, source, actor, request_id, action, subject_type, subject_id,"
                + " detail) VALUES (now() - interval '2 days', 1, 'idp', 'okta', 'waited-" + ada
                + "', 'members.changed',"
                + " 'Group', '" + scene.readers + "', '{\"removed\": [\"" + ada + "\"]}')");
        scene.idp.removes(scene.readers, ada);
        scene.rig.fanOut.drain();
        scene.run("UPDATE dirty SET at = now() - interval '3 days' WHERE target = '" + scene.target + "'");
        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(receipts(ada))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.requests()).contains("waited-" + ada));
    }

    @Test
    void whoMovesLosesOneRoleAndKeepsTheOther() {
        String both = scene.text().replace("mappings:\n", """
                  shop_writer: {kind: read-write, purpose: Writing, owner: us, target: %s}
                mappings:
                  - {name: everybody writes, group: {displayName: writers-%s}, roles: [shop_writer]}
                """.formatted(scene.target, scene.target)
                .indent(0));
        PersonId ada = scene.employed("ada");
        scene.idp.adds(scene.idp.founds("writers-" + scene.target), ada);
        scene.follow(both);
        scene.settle();
        assertThat(scene.server.rolesOf(ada)).hasSize(2);

        scene.idp.removes(scene.readers, ada);
        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(receipts(ada)).singleElement().satisfies(receipt -> {
            assertThat(receipt.what()).isEqualTo(Receipt.What.REVOKED);
            assertThat(receipt.lost()).containsExactly(READER);
            assertThat(receipt.kept()).containsExactly(new RoleName("shop_writer"));
            assertThat(receipt.proof().orElseThrow().holds()).isTrue();
            assertThat(receipt.proof().orElseThrow().checks())
                    .containsExactly(new Receipt.Check("memberships", true, "in shop_writer and nothing else"));
        });
    }

    @Test
    void whatIsStillThereIsNotProvenAndDoneAgain() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.change(ada, was -> LoginState.active(was.name(), was.person(), Set.of()));
        scene.server.opensSessions(ada, 1);

        scene.rig.prove(scene.target);

        assertThat(receipts(ada)).singleElement().satisfies(receipt -> {
            assertThat(receipt.proof().orElseThrow().holds()).isFalse();
            assertThat(receipt.proof().orElseThrow().why())
                    .hasValue("login: it can log in; sessions: 1 open; attempt: the server let us in");
        });
        assertThat(actions(ada)).contains("revocation.not-proven");
        assertThat(scene.rig
                        .meters
                        .counter("revocations_not_proven", "target", scene.target.value())
                        .count())
                .isEqualTo(1);

        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(scene.server.login(ada).orElseThrow().state().standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(receipts(ada))
                .hasSize(2)
                .first()
                .satisfies(receipt ->
                        assertThat(receipt.proof().orElseThrow().holds()).isTrue());
    }

    @Test
    void aLoginThatCannotBeKnownAgainProvesNothing() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        String id = scene.server.login(ada).orElseThrow().id();
        scene.server.change(ada, state -> LoginState.active(new LoginName("app"), ada, state.memberships()));
        scene.server.unmarked.add(id);
        scene.server.disguised.add(id);

        scene.rig.prove(scene.target);

        assertThat(receipts(ada).getFirst().proof().orElseThrow().why())
                .contains("login: it is there as app, without our mark");
    }

    @Test
    void whatHasTheNameOfALoginThatIsGoneIsAnother() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.logins.clear();
        scene.server.strangers.add("ada");

        scene.rig.prove(scene.target);

        Receipt.Proof proof = receipts(ada).getFirst().proof().orElseThrow();
        assertThat(proof.holds()).isTrue();
        assertThat(proof.checks().getFirst().answer()).isEqualTo("it is gone; something else has its name");
    }

    @Test
    void anotherServerProvesNothing() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.identity = "another server";
        scene.run("UPDATE target_state SET server = 'another server' WHERE target = '" + scene.target + "'");

        scene.rig.prove(scene.target);

        assertThat(receipts(ada).getFirst().proof().orElseThrow().why())
                .hasValueSatisfying(why -> assertThat(why).startsWith("server: another server answers"));
    }

    @Test
    void whatWasGivenBackInBetweenIsNoFailure() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.idp.takesBack(ada);
        scene.settle();

        scene.rig.prove(scene.target);

        assertThat(receipts(ada)).singleElement().satisfies(receipt -> {
            assertThat(receipt.proof().orElseThrow().holds()).isFalse();
            assertThat(receipt.proof().orElseThrow().overtaken())
                    .hasValueSatisfying(pass -> assertThat(pass).isGreaterThan(receipt.pass()));
        });
        assertThat(actions(ada)).contains("revocation.overtaken");
        assertThat(scene.rig.meters.find("revocations_not_proven").counter()).isNull();
        assertThat(scene.number("SELECT count(*) FROM dirty WHERE target = '" + scene.target + "'"))
                .isZero();
    }

    @Test
    void aProofThatIsOwedSurvivesWhoeverOwesIt() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
        assertThatThrownBy(() -> scene.rig.prove(scene.target)).isInstanceOf(EngineFailure.class);
        scene.server.down = Optional.empty();

        Rig other = scene.another();
        assertThat(other.prove(scene.target, Duration.ofMinutes(1))).isFalse();
        assertThat(receipts(ada).getFirst().proof()).as("left to the other").isEmpty();
        other.prove(scene.target);

        assertThat(receipts(ada).getFirst().proof().orElseThrow().holds()).isTrue();
    }

    @Test
    void whoDiesAfterTheDeedOwesTheProofAllTheSame() {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.employed("carol"); // or else everybody would leave
        scene.idp.dismisses(ada);
        scene.idp.dismisses(bob);
        scene.server.before = () -> {
            if (!scene.server.performed.isEmpty()
                    && scene.server.performed.getLast() instanceof Step.Leave(var account, var _)
                    && account.person().equals(ada)) {
                throw new IllegalStateException("died");
            }
        };
        scene.rig.fanOut.drain();
        scene.rig.loop(scene.target).turn();
        scene.server.before = () -> {};
        assertThat(receipts(ada)).as("nobody knows yet").isEmpty();
        scene.run(
                "UPDATE target_state SET lease_until = NULL, not_before = NULL WHERE target = '" + scene.target + "'");

        scene.rig.prove(scene.target);
        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(receipts(ada))
                .isNotEmpty()
                .allSatisfy(receipt ->
                        assertThat(receipt.proof().orElseThrow().holds()).isTrue());
        assertThat(receipts(bob))
                .hasSize(1)
                .allSatisfy(receipt ->
                        assertThat(receipt.proof().orElseThrow().holds()).isTrue());
        assertThat(scene.number(
                        "SELECT count(*) FROM receipt WHERE verdict IS NULL AND target = '" + scene.target + "'"))
                .isZero();
    }

    @Test
    void aStepThatFailedIsNoLossYet() {
        PersonId ada = scene.employed("ada");
        scene.server.refuses = step -> step instanceof Step.Leave
                ? Optional.of(FakeServer.failure(EngineFailure.Kind.BUSY))
                : Optional.empty();

        scene.idp.dismisses(ada);
        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(receipts(ada)).singleElement().satisfies(receipt -> {
            assertThat(receipt.lost()).isEmpty();
            assertThat(receipt.kept()).containsExactly(READER);
            assertThat(receipt.proof().orElseThrow().holds()).isTrue();
        });
    }

    @Test
    void aThousandLeaversAreProvenWithOneLookAndAFewAttempts() {
        List<PersonId> crew = scene.crew(1_200);
        scene.follow(scene.text().replace("\"20%\"", "\"99%\"").replace("\"30%\"", "\"99%\""));
        scene.settle();
        List<PersonId> leavers = crew.subList(0, 1_000);
        leavers.forEach(scene.idp::dismisses);
        scene.settle();
        int[] looks = new int[1];
        scene.server.before = () -> looks[0]++;

        scene.rig.prove(scene.target);

        assertThat(scene.rig.receipts.list(Optional.of(scene.target), Optional.empty(), null, 2_000).stream()
                        .filter(receipt ->
                                receipt.proof().filter(Receipt.Proof::holds).isPresent())
                        .map(Receipt::person)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(leavers);
        assertThat(scene.server.attempts).hasSize(20);
        assertThat(looks[0]).as("a conversation and a look").isEqualTo(2);
    }

    @Test
    void receiptsAreReadPageByPage() {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.idp.dismisses(bob);
        scene.settle();

        List<Receipt> first = scene.rig.receipts.list(Optional.of(scene.target), Optional.empty(), null, 1);
        List<Receipt> second = scene.rig.receipts.list(
                Optional.of(scene.target), Optional.empty(), first.getFirst().id(), 1);

        assertThat(first).extracting(Receipt::person).containsExactly(bob);
        assertThat(second).extracting(Receipt::person).containsExactly(ada);
        assertThat(scene.rig.receipts.find(second.getFirst().id())).hasValue(second.getFirst());
    }

    private List<Receipt> receipts(PersonId person) {
        return scene.rig.receipts.list(Optional.of(scene.target), Optional.of(person), null, 10);
    }

    private AuditEntry entry(String subject, String action) {
        return log.read(new AuditQuery(null, subject, null, null, action, null, null, null, 1))
                .getFirst();
    }

    private Set<String> actions(PersonId person) {
        return log.read(new AuditQuery(null, person.toString(), null, null, null, null, null, null, 100)).stream()
                .map(AuditEntry::action)
                .collect(Collectors.toSet());
    }
}
