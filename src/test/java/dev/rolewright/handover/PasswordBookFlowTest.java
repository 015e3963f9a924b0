package dev.rolewright.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.handover.PasswordBook.Due;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.FakeEngine;
import dev.rolewright.reconcile.Premises;
import dev.rolewright.reconcile.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written down of passwords follows what is known of logins and targets.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PasswordBookFlowTest {

    @Inject
    Premises premises;

    private Scene scene;
    private PasswordBook book;
    private PersonId ada;
    private long id;

    private void adaHasOneThatIsOver() {
        premises.run("DELETE FROM password");
        scene = new Scene(premises, new FakeEngine());
        book = new PasswordBook(scene.rig.store);
        ada = scene.employed("ada");
        id = book.expect(ada, List.of(scene.target), Instant.now().minusSeconds(1), false, Optional.empty())
                .getFirst()
                .id();
        assertThat(book.confirm(id)).isTrue();
    }

    @AfterEach
    void leave() {
        premises.run("DELETE FROM password");
        premises.run(
                "UPDATE target_state SET retired = false, not_before = NULL WHERE target = '" + scene.target + "'");
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 10", "5, 160", "6, 300", "60, 300"})
    void whatFailsWaitsTwiceAsLongEachTimeAndFiveMinutesAtMost(int before, long seconds) {
        adaHasOneThatIsOver();
        scene.run("UPDATE password SET attempts = " + before);
        Due due = book.due(scene.target).getFirst();

        Optional<Long> pause = scene.rig.store.together(
                () -> { // the same moment all the time
                    book.later(due);
                    return scene.rig.store.first(
                            "SELECT extract(epoch FROM due - now())::bigint FROM password WHERE id = ?",
                            row -> row.getLong(1),
                            id);
                });

        assertThat(pause).contains(seconds);
        assertThat(scene.number("SELECT attempts FROM password WHERE id = " + id))
                .isEqualTo(before + 1);
    }

    /// Where a pass has to find the login first, the password is over and waits; of one that is gone nothing is
    /// left.
    @ParameterizedTest
    @CsvSource({
        "state = 'active', 1, 1",
        "state = 'suspended', 1, 1",
        "'state = ''pending'', server_id = NULL', 0, 1",
        "'state = ''active'', server_id = NULL', 0, 1",
        "state = 'dropped', 0, 0"
    })
    void aPasswordIsDueWhereItsLoginIsAndForgottenWhereThereIsNone(String login, int due, int left) {
        adaHasOneThatIsOver();
        scene.run("UPDATE login SET " + login + " WHERE person = '" + ada + "'");

        assertThat(book.due(scene.target)).hasSize(due);
        book.tidy();
        assertThat(scene.number("SELECT count(*) FROM password WHERE id = " + id))
                .isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({
        "retired = false, true, 1",
        "retired = true, false, 0",
        "not_before = now() + interval '1 hour', false, 1",
        "not_before = now() - interval '1 second', true, 1"
    })
    void aTargetIsAskedUnlessItIsLeftAloneAndMissedUnlessItLeft(String target, boolean asked, long overdue) {
        adaHasOneThatIsOver();
        scene.run("UPDATE target_state SET " + target + " WHERE target = '" + scene.target + "'");

        assertThat(book.targets().contains(scene.target)).isEqualTo(asked);
        assertThat(book.overdue()).isEqualTo(overdue);
    }
}
