package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.WRITER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.grant;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A long plan is handed over piece by piece: what failed in one piece is known in the next.
class SeveralCallsTest {

    private static final RoleName MONITOR = new RoleName("pg_monitor");

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void nobodyComesBackWithARoleThatCouldNotBeTaken(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Account ada = acts.suspended("ada");
            Account bob = acts.suspended("bob");
            scene.run("postgres", "grant pg_monitor to ada");
            LoginName later = new LoginName("ada.king");

            try (EngineSession session = acts.open()) {
                Outcome left = outcome(session, new Step.Leave(ada, givenByHand()));
                Outcome renamed = outcome(session, new Step.RenameLogin(ada, later));
                Outcome back = outcome(
                        session, new Step.ResumeLogin(new Account(later, ada.person(), ada.id()), Optional.empty()));
                Outcome other = outcome(session, new Step.ResumeLogin(bob, Optional.empty()));

                assertThat(left).isInstanceOf(Outcome.Failed.class);
                assertThat(renamed).isEqualTo(Outcome.DONE);
                assertThat(back).isInstanceOf(Outcome.Skipped.class);
                assertThat(other).isEqualTo(Outcome.DONE);
            }
            assertThatThrownBy(() -> scene.as("ada.king", "orders")).hasMessageContaining("not permitted to log in");
            scene.as("bob", "orders");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void nobodyIsLetInWhereRowsCouldNotBeLimited(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER));
            scene.run("orders", "create policy theirs on sales.orders using (true)");

            try (EngineSession session = acts.open()) {
                assertThat(outcome(session, new Step.ProtectRows("orders", ORDERS)))
                        .isInstanceOf(Outcome.Failed.class);
                assertThat(outcome(session, grant(READER, ORDERS, "SELECT"))).isInstanceOf(Outcome.Skipped.class);
            }

            assertThat(scene.ask("orders", "select has_table_privilege('orders_reader', 'sales.orders', 'SELECT')"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void whatNeedsWhatWasNotMadeIsSkippedAndNothingElse(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            scene.run("postgres", "create role orders_writer", "create role eve login");

            try (EngineSession session = acts.open()) {
                List<Outcome> first = session.perform(
                        List.of(new Step.CreateRole(READER), new Step.CreateRole(WRITER), create("eve")));
                List<Outcome> then = session.perform(
                        List.of(join("eve", READER), join("ada", WRITER), grant(WRITER, ORDERS, "SELECT")));
                Outcome other = outcome(session, join("ada", READER));

                assertThat(first.getFirst()).isEqualTo(Outcome.DONE);
                assertThat(first.subList(1, 3)).hasOnlyElementsOfType(Outcome.Failed.class);
                assertThat(then).hasOnlyElementsOfType(Outcome.Skipped.class);
                assertThat(other).isEqualTo(Outcome.DONE);
            }
            try (EngineSession another = acts.open()) {
                assertThat(outcome(another, join("ada", WRITER)))
                        .as("in another session everything is looked at anew")
                        .isInstanceOf(Outcome.Failed.class);
            }
        }
    }

    private static Outcome outcome(EngineSession session, Step step) {
        return session.perform(List.of(step)).getFirst();
    }

    private static Membership givenByHand() {
        return new Membership(MONITOR, true, true, false, new Grantor.Other(new RoleName(TestServers.administrator())));
    }
}
