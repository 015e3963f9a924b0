package dev.rolewright.engine.postgres.batch;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Extra.Attribute.Kind;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What could not be taken from somebody must not become more by what follows.
class ShortfallsTest {

    private static final String COUNT = "select count(*) from sales.orders";
    private static final RowPolicy EUROPE = new RowPolicy("orders", ORDERS, Command.SELECT, "region = 'EU'");
    private static final Step UNPROTECT = new Step.UnprotectRows("orders", ORDERS);

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void rowsStayLimitedWhereAPrivilegeCouldNotBeTaken(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(
                    new Step.ProtectRows("orders", ORDERS),
                    new Step.AddPolicy(READER, EUROPE),
                    create("ada"),
                    join("ada", READER));
            scene.run(
                    "orders",
                    "create role boss",
                    "grant usage on schema sales to boss",
                    "grant select on sales.orders to boss with grant option",
                    "set role boss",
                    "grant select on sales.orders to orders_reader",
                    "reset role",
                    "alter role boss superuser");
            List<String> before = Scene.ask(scene.as("ada", "orders"), COUNT);
            Grant theirs = new Grant(
                    "orders", ORDERS, new PrivilegeName("SELECT"), false, new Grantor.Other(new RoleName("boss")));

            List<Outcome> outcomes;
            try (EngineSession session = acts.open()) {
                outcomes = session.perform(List.of(
                        new Step.RevokePrivilege(READER, theirs), new Step.RemovePolicy(READER, EUROPE), UNPROTECT));
            }

            assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes.subList(1, 3)).hasOnlyElementsOfType(Outcome.Skipped.class);
            assertThat(Scene.ask(scene.as("ada", "orders"), COUNT))
                    .isEqualTo(before)
                    .containsExactly("2");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void nobodyComesBackWithAPowerThatCouldNotBeTaken(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Account ada = acts.suspended("ada");
            Account bob = acts.suspended("bob");
            scene.run("postgres", "alter role ada bypassrls", "alter role bob connection limit 3");

            List<Outcome> outcomes;
            try (EngineSession session = acts.open()) {
                outcomes = session.perform(List.of(
                        new Step.StripLogin(ada, new Extra.Attribute(Kind.BYPASSRLS)),
                        new Step.StripLogin(bob, new Extra.Attribute(Kind.CONNECTION_LIMIT)),
                        new Step.ResumeLogin(ada, Optional.empty()),
                        new Step.ResumeLogin(bob, Optional.empty())));
            }

            assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Skipped.class);
            assertThat(outcomes.get(3)).isEqualTo(Outcome.DONE);
            assertThatThrownBy(() -> scene.as("ada", "orders")).hasMessageContaining("not permitted to log in");
            scene.as("bob", "orders");
        }
    }
}
