package dev.rolewright.engine.postgres;

import static dev.rolewright.Patience.await;
import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READ;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What others do at the same time, or did before, or call themselves.
class StrangersTest {

    @ParameterizedTest
    @EnumSource
    void touchesNobodyWhoTookALeaversName(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            Account ada = acts.seen("ada");
            scene.run("postgres", "drop role ada", "create role ada login");

            for (Step step : List.of(
                    new Step.SuspendLogin(ada, Optional.empty()),
                    new Step.ResumeLogin(ada, Optional.empty()),
                    new Step.RenameLogin(ada, new LoginName("eve")),
                    new Step.DropLogin(ada, Optional.empty(), Optional.empty()),
                    new Step.EndSessions(ada))) {
                assertThat(acts.failed(step).kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
            }
            assertThat(acts.failed(create("ada")).kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsNobodyBackForOneBadStep(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            scene.run("postgres", "create role p7 login");
            List<Step> steps = new ArrayList<>();
            Stream.iterate(0, i -> i < 300, i -> i + 1).forEach(i -> steps.add(create("p" + i)));
            Stream.iterate(0, i -> i < 300, i -> i + 1).forEach(i -> steps.add(join("p" + i, READER)));
            steps.add(Acts.grant(READER, new ObjectRef.Table("sales", "no_such_table"), "SELECT"));
            steps.add(Acts.grant(READER, ORDERS, "INSERT"));

            List<Outcome> outcomes = acts.perform(steps);

            assertThat(outcomes.get(7)).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes.get(307)).isInstanceOf(Outcome.Skipped.class);
            assertThat(outcomes.get(600)).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes).filteredOn(Outcome.DONE::equals).hasSize(599);
            assertThat(scene.ask("postgres", "select pg_has_role('p7', 'orders_reader', 'MEMBER')"))
                    .containsExactly("f");
            assertThat(scene.ask("postgres", "select pg_has_role('p299', 'orders_reader', 'MEMBER')"))
                    .containsExactly("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsOneChangeAtATimeAndManyLook(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Reach neighbour = neighbour(scene);
            PostgresEngine engine = new PostgresEngine();
            try (EngineSession _ = engine.open(scene.reach(), Purpose.CHANGE)) {

                assertThatThrownBy(() -> new PostgresEngine().open(neighbour, Purpose.CHANGE))
                        .isInstanceOfSatisfying(
                                EngineFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));
                new PostgresEngine().open(neighbour, Purpose.LOOK).close();
            }
            engine.open(neighbour, Purpose.CHANGE).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void provesOverConnectionsOfItsOwn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            PostgresEngine engine = new PostgresEngine();
            String ours = "select pid from pg_stat_activity where usename = 'connector' order by pid";
            try (EngineSession session = engine.open(scene.reach(), Purpose.LOOK)) {
                session.observe(Scope.WHOLE);
            }
            List<String> kept = scene.ask("postgres", ours);

            try (EngineSession session = engine.open(scene.reach(), Purpose.PROVE)) {
                session.observe(Scope.WHOLE);

                assertThat(kept).isNotEmpty();
                assertThat(scene.ask("postgres", ours)).containsAll(kept).hasSizeGreaterThan(kept.size());
            }

            await().untilAsserted(() -> assertThat(scene.ask("postgres", ours)).isEqualTo(kept));
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesABrokenLine(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            PostgresEngine engine = new PostgresEngine();
            try (EngineSession session = engine.open(scene.reach(), Purpose.CHANGE)) {
                session.perform(List.of(create("ada")));
                scene.run(
                        "postgres",
                        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'connector'");

                assertThatThrownBy(() -> session.perform(List.of(create("bob"))))
                        .isInstanceOfSatisfying(
                                EngineFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE));
            }
            try (EngineSession session = engine.open(scene.reach(), Purpose.CHANGE)) {
                assertThat(session.perform(List.of(create("ada"), create("bob"))))
                        .containsOnly(Outcome.DONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsASessionThatHidesInARole(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Connection ada = scene.as("ada", "orders");
            if (server.keepsGrantors()) {
                assertThatThrownBy(() -> Scene.ask(ada, "set role orders_reader"))
                        .hasMessageContaining("denied");
            } else {
                try (var statement = ada.createStatement()) {
                    statement.execute("set role orders_reader");
                }
            }

            acts.done(new Step.Leave(acts.seen("ada"), Membership.of(READER)), new Step.EndSessions(acts.seen("ada")));

            assertThat(Scene.isGone(ada)).isTrue();
            assertThatThrownBy(() -> Scene.ask(scene.logIn("ada", "orders"), READ))
                    .hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesBackInTheNameOfWhoeverGave(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), create("bob"), join("ada", READER));
            scene.run(
                    "orders",
                    "grant usage on schema sales to ada",
                    "grant insert on sales.orders to ada with grant option",
                    "set role ada",
                    "grant insert on sales.orders to orders_reader",
                    "reset role");
            Grant byAda = new Grant(
                    "orders", ORDERS, new PrivilegeName("INSERT"), false, new Grantor.Other(new RoleName("ada")));

            acts.done(new Step.RevokePrivilege(READER, byAda));

            assertThat(scene.ask("orders", "select has_table_privilege('orders_reader', 'sales.orders', 'INSERT')"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsAfterItWasTakenBackHasFailed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Grant passedOn = passedOnByDeputy(scene);
            scene.run(
                    "orders",
                    "CREATE FUNCTION sales.again() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER"
                            + " AS 'begin grant select on sales.orders to orders_reader; end'",
                    "ALTER FUNCTION sales.again() OWNER TO deputy",
                    "CREATE EVENT TRIGGER again ON ddl_command_end WHEN TAG IN ('REVOKE')"
                            + " EXECUTE FUNCTION sales.again()",
                    "GRANT deputy TO rolewright_grantor");

            EngineFailure failure = acts.failed(new Step.RevokePrivilege(READER, passedOn));

            assertThat(failure.kind()).isEqualTo(Kind.UNSAFE);
            assertThat(failure.sentence()).contains("deputy");
            assertThat(grants(scene)).containsExactly(passedOn);
            scene.run("orders", failure.remedy().orElseThrow());
            assertThat(grants(scene)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASuperuserPassedOnComesWithAStatementThatEndsIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            Grant passedOn = passedOnByDeputy(scene);
            scene.run("orders", "ALTER ROLE deputy SUPERUSER"); // whose REVOKE is the owner's from now on

            EngineFailure failure = acts.failed(new Step.RevokePrivilege(READER, passedOn));

            assertThat(failure.kind()).isEqualTo(Kind.RIGHT_MISSING);
            assertThat(grants(scene)).containsExactly(passedOn);
            scene.run("orders", failure.remedy().orElseThrow());
            assertThat(grants(scene)).as(failure.remedy().orElseThrow()).isEmpty();
        }
    }

    private static Grant passedOnByDeputy(Scene scene) throws SQLException {
        scene.role("orders_reader");
        scene.run(
                "orders",
                "CREATE ROLE deputy",
                "GRANT USAGE ON SCHEMA sales TO deputy",
                "GRANT SELECT ON sales.orders TO deputy WITH GRANT OPTION",
                "SET ROLE deputy",
                "GRANT SELECT ON sales.orders TO orders_reader",
                "RESET ROLE");
        Grant passedOn = new Grant(
                "orders", ORDERS, new PrivilegeName("SELECT"), false, new Grantor.Other(new RoleName("deputy")));
        assertThat(grants(scene)).containsExactly(passedOn);
        return passedOn;
    }

    private static Set<Grant> grants(Scene scene) {
        return scene.observe(Scope.WHOLE).roles().get(READER).grants();
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void saysWhatToRunWhereOnlyASuperuserCanTakeBack(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"));
            scene.run("postgres", "grant orders_reader to ada");
            Membership given = new Membership(
                    READER, true, true, false, new Grantor.Other(new RoleName(TestServers.administrator())));

            EngineFailure failure = acts.failed(new Step.Leave(acts.seen("ada"), given));

            assertThat(failure.kind()).isEqualTo(Kind.RIGHT_MISSING);
            scene.run("postgres", failure.remedy().orElseThrow());
            assertThat(scene.ask("postgres", "select pg_has_role('ada', 'orders_reader', 'MEMBER')"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNamesInTheirQuotes(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            for (String name : List.of(
                    "a\"; drop role connector; --",
                    "o'neil",
                    "back\\slash",
                    "new\nline",
                    "é".repeat(31),
                    "ALICE",
                    "{d}?")) {
                acts.done(create(name));
                acts.done(
                        new Step.SuspendLogin(acts.seen(name), Optional.empty()),
                        new Step.DropLogin(acts.seen(name), Optional.empty(), Optional.empty()));
            }
            assertThat(acts.failed(create("x".repeat(64))).kind()).isEqualTo(Kind.UNSAFE);
            assertThat(acts.failed(create("pg_ada")).kind()).isEqualTo(Kind.UNSAFE);
        }
    }

    /// Another target on the same server, for which nobody waits long.
    private static Reach neighbour(Scene scene) {
        Target target = scene.target();
        return scene.reach(
                new Target(
                        new TargetName("neighbour"),
                        target.engine(),
                        target.environment(),
                        target.databases(),
                        target.heir(),
                        target.drift()),
                new Reach.Patience(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(10)));
    }
}
