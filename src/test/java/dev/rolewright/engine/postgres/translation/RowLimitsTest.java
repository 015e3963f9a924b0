package dev.rolewright.engine.postgres.translation;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Protection;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import dev.rolewright.model.Wanted;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Planner;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which rows people see, and that everybody else sees what they saw before.
class RowLimitsTest {

    private static final String COUNT = "select count(*) from sales.orders";
    private static final RowPolicy EUROPE = new RowPolicy("orders", ORDERS, Command.SELECT, "region = 'EU'");
    private static final Step PROTECT = new Step.ProtectRows("orders", ORDERS);
    private static final Step UNPROTECT = new Step.UnprotectRows("orders", ORDERS);

    @ParameterizedTest
    @EnumSource
    void showsARoleItsRowsAndOthersAll(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = limited(scene);
            scene.run(
                    "orders",
                    "create role app login",
                    "grant usage on schema sales to app",
                    "grant select on sales.orders to app");

            assertThat(Scene.ask(scene.as("ada", "orders"), COUNT)).containsExactly("2");
            assertThat(Scene.ask(scene.as("app", "orders"), COUNT)).containsExactly("3");
            assertThat(asOwner(scene)).containsExactly("3");

            acts.done(new Step.RemovePolicy(READER, EUROPE), UNPROTECT);

            assertThat(Scene.ask(scene.as("ada", "orders"), COUNT)).containsExactly("3");
            assertThat(scene.ask("orders", "select count(*) from pg_policy")).containsExactly("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void putsRightWhatWasLoosenedByHand(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = limited(scene);
            Connection ada = scene.as("ada", "orders");

            scene.run("orders", "alter table sales.orders disable row level security, no force row level security");
            acts.done(PROTECT);
            assertThat(Scene.ask(ada, COUNT)).containsExactly("2");

            scene.run("orders", "alter policy rolewright_everybody_else on sales.orders using (true)");
            assertThat(Scene.ask(ada, COUNT)).containsExactly("3");
            acts.done(PROTECT);
            assertThat(Scene.ask(ada, COUNT)).containsExactly("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void putsBackWhatWasTakenApartByHand(TestServers server) throws SQLException {
        for (String damage : List.of(
                "drop policy rolewright_everybody_else on sales.orders",
                "drop policy rolewright_everybody_else on sales.orders; alter table sales.orders disable row level security",
                "alter policy rolewright_everybody_else on sales.orders to orders_owner",
                "alter policy rolewright_everybody_else on sales.orders rename to other",
                "alter policy rolewright_orders_reader_select on sales.orders to public",
                "alter policy rolewright_orders_reader_select on sales.orders using (true)")) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = limited(scene);
                scene.run("orders", damage);

                Desired desired = desired(scene);
                acts.done(plan(scene, desired));

                assertThat(plan(scene, desired)).as(damage).isEmpty();
                assertThat(Scene.ask(scene.as("ada", "orders"), COUNT))
                        .as(damage)
                        .containsExactly("2");
                assertThat(asOwner(scene)).as(damage).containsExactly("3");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingThatSomebodyElseClosed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "orders",
                    "create role app login",
                    "grant usage on schema sales to app",
                    "grant select on sales.orders to app",
                    "alter table sales.orders enable row level security");
            Acts acts = new Acts(scene);
            Desired desired = desired(scene);

            acts.done(plan(scene, desired));

            assertThat(plan(scene, desired)).isEmpty();
            assertThat(acts.failed(PROTECT).kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
            assertThat(Scene.ask(scene.as("ada", "orders"), COUNT)).containsExactly("2");
            assertThat(Scene.ask(scene.as("app", "orders"), COUNT)).containsExactly("0");

            scene.run("orders", "alter table sales.orders disable row level security");
            acts.done(plan(scene, desired));

            assertThat(plan(scene, desired)).isEmpty();
            assertThat(Scene.ask(scene.as("ada", "orders"), COUNT)).containsExactly("2");
            assertThat(Scene.ask(scene.as("app", "orders"), COUNT)).containsExactly("3");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void isNotTakenInByAForgedMark(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            limited(scene);
            scene.run(
                    "orders",
                    "create policy open on sales.orders using (true)",
                    "comment on policy open on sales.orders is 'rolewright:rolewright:rows=0000000000000000'");

            assertThat(plan(scene, desired(scene))).isEmpty();
            assertThat(scene.notices(Notice.Kind.FOREIGN_POLICY))
                    .singleElement()
                    .extracting(Notice::sentence)
                    .asString()
                    .startsWith("policy open on table sales.orders");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAPolicyInOurWordsUntilSomebodyAltersIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = limited(scene);
            assertThat(policies(scene)).containsExactly(EUROPE);

            scene.run("orders", "alter policy rolewright_orders_reader_select on sales.orders using (amount > 0)");

            RowPolicy altered = new RowPolicy(
                    "orders",
                    ORDERS,
                    Command.SELECT,
                    scene.ask(
                                    "orders",
                                    "select pg_get_expr(polqual, polrelid) || '/' from pg_policy"
                                            + " where polname = 'rolewright_orders_reader_select'")
                            .getFirst());
            assertThat(policies(scene)).containsExactly(altered);
            acts.done(new Step.RemovePolicy(READER, altered), new Step.AddPolicy(READER, EUROPE));
            assertThat(policies(scene)).containsExactly(EUROPE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsNobodyInWhereRowsCouldNotBeLimited(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("orders", "create policy theirs on sales.orders using (true)");
            Acts acts = new Acts(scene);

            List<Outcome> outcomes = acts.perform(
                    new Step.CreateRole(READER),
                    PROTECT,
                    new Step.AddPolicy(READER, EUROPE),
                    Acts.grant(READER, ORDERS, "SELECT"));

            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Skipped.class);
            assertThat(outcomes.get(3)).isInstanceOf(Outcome.Skipped.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void doesNotSwitchOffWhatOthersRelyOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = limited(scene);
            acts.done(new Step.RemovePolicy(READER, EUROPE));
            scene.run("orders", "create policy theirs on sales.orders as restrictive using (region <> 'US')");

            EngineFailure failure = acts.failed(UNPROTECT);

            assertThat(failure.kind()).isEqualTo(Kind.UNSAFE);
            assertThat(asOwner(scene)).containsExactly("2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true); drop table sales.orders; --",
                "true) with check (true",
                "region = 'EU",
                "region = 'EU' -- all",
                "region = $$EU$$",
                "region = E'\\''",
                "(true",
            })
    void refusesAConditionThatIsMoreThanOne(String condition) {
        assertThat(catchThrowable(() -> Condition.check(condition))).isInstanceOf(EngineFailure.class);
    }

    @Test
    void leavesAConditionAsItIs() {
        String condition = "region in ('EU', 'O''Neil;') and (amount > 3 or \"a;b\" is null)";

        assertThat(Condition.check(condition)).isEqualTo(condition);
    }

    private static Acts limited(Scene scene) throws SQLException {
        Acts acts = new Acts(scene);
        acts.done(Acts.reader());
        acts.done(PROTECT, new Step.AddPolicy(READER, EUROPE), create("ada"), join("ada", READER));
        return acts;
    }

    private static List<Step> plan(Scene scene, Desired desired) {
        return Planner.plan(desired, scene.observe(Scope.WHOLE), Instant.EPOCH).steps();
    }

    private static Desired desired(Scene scene) {
        RoleState reader = new RoleState(
                READER,
                Optional.empty(),
                Set.of(),
                Set.of(
                        Grant.of("orders", new ObjectRef.Database(), new PrivilegeName("CONNECT")),
                        Grant.of("orders", new ObjectRef.Schema("sales"), new PrivilegeName("USAGE")),
                        Grant.of("orders", ORDERS, new PrivilegeName("SELECT"))),
                Set.of(),
                Set.of(EUROPE));
        LoginName ada = new LoginName("ada");
        return Wanted.of(
                scene.target(),
                Duration.ofDays(30),
                Protection.NONE,
                Set.of(LoginState.active(ada, Acts.person("ada"), Set.of(Membership.of(READER)))),
                Set.of(reader),
                Map.of());
    }

    private static Set<RowPolicy> policies(Scene scene) {
        return scene.observe(Scope.WHOLE).roles().get(READER).policies();
    }

    private static List<String> asOwner(Scene scene) throws SQLException {
        Connection administrator = scene.administrator("orders");
        scene.run("orders", "set role orders_owner");
        try {
            return Scene.ask(administrator, COUNT);
        } finally {
            scene.run("orders", "reset role");
        }
    }
}
