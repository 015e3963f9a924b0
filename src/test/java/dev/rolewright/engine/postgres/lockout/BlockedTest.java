package dev.rolewright.engine.postgres.lockout;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Open transactions of others that hold what a step needs.
class BlockedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MANY = 200;
    private static final String MENDED = """
            select rolname from pg_roles
            where rolcreaterole and rolname ~ '_keeper_.*9$' and pg_has_role('rolewright_registrar', oid, 'SET')
            order by 1""";

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void nobodyWaitsForALeaverWhomSomebodyElseHolds(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            List<String> names =
                    IntStream.range(0, 60).mapToObj(i -> "leaver" + i).toList();
            acts.done(names.stream().map(Acts::create).toList());
            Connection other = scene.as("leaver59", "postgres");
            Connection dba =
                    holding(scene, "alter role leaver7 password null", "alter role leaver40 connection limit 3");

            List<Account> accounts = new ArrayList<>();
            for (String name : names) {
                accounts.add(acts.seen(name));
            }
            List<Step> steps = new ArrayList<>();
            accounts.forEach(account -> steps.add(new Step.SuspendLogin(account, Optional.empty())));
            accounts.forEach(account -> steps.add(new Step.EndSessions(account)));
            long began = System.nanoTime();
            var watch = Thread.ofVirtual().start(() -> untilGone(other));
            List<Outcome> outcomes = acts.perform(steps);
            Duration whole = Duration.ofNanos(System.nanoTime() - began);
            watch.join();

            assertThat(scene.ask("template1", "select rolname from pg_roles where rolname ~ '^leaver' and rolcanlogin"))
                    .containsExactlyInAnyOrder("leaver7", "leaver40");
            assertThat(goneAfter - began).as("how long the others waited").isLessThan(2_500_000_000L);
            assertThat(whole).isBetween(PATIENCE, PATIENCE.plusSeconds(4));
            String pid = Scene.ask(dba, "select pg_backend_pid()").getFirst();
            assertThat(List.of(outcomes.get(7), outcomes.get(40)))
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                        assertThat(failed.failure().kind()).isEqualTo(Kind.BUSY);
                        assertThat(failed.failure().sentence())
                                .contains(
                                        "could not be suspended",
                                        "process " + pid + " of login " + TestServers.administrator());
                        assertThat(failed.failure().remedy()).contains("SELECT pg_terminate_backend(" + pid + ");");
                    }));
            dba.rollback();
            dba.close();
            acts.done(steps);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void whoIsReleasedInTimeIsSuspendedAndEndedAtLast(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            Connection ada = scene.as("ada", "postgres");
            Connection dba = holding(scene, "alter role ada connection limit 3");
            Account account = acts.seen("ada");
            Thread release = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(1_000);
                    scene.logIn("ada", "postgres"); // after the sessions that were open have been ended
                    dba.commit();
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            acts.done(new Step.SuspendLogin(account, Optional.empty()), new Step.EndSessions(account));

            release.join();
            dba.close();
            assertThatThrownBy(() -> Scene.ask(ada, "select 1")).isInstanceOf(SQLException.class);
            assertThat(scene.ask("postgres", "select count(*) from pg_stat_activity where usename = 'ada'"))
                    .containsExactly("0");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void aCommentThatSomebodyHoldsKeepsNobodyIn(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("bob"));
            Connection ada = scene.as("ada", "postgres");
            Account account = acts.seen("ada");
            String comment = scene.ask("postgres", "select shobj_description('ada'::regrole, 'pg_authid')")
                    .getFirst();
            Connection dba = holding(scene, "grant ada to bob", "comment on role ada is '" + comment + "'");

            acts.done(new Step.SuspendLogin(account, Optional.empty()), new Step.EndSessions(account));

            assertThatThrownBy(() -> Scene.ask(ada, "select 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> scene.logIn("ada", "postgres")).isInstanceOf(SQLException.class);
            dba.rollback();
            dba.close();
            acts.done(new Step.StampSuspension(account));
            assertThat(scene.ask("postgres", "select shobj_description('ada'::regrole, 'pg_authid')")
                            .getFirst())
                    .contains(";suspended=");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void aMarkThatCannotBePutBackKeepsNobodyIn(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            Connection ada = scene.as("ada", "postgres");
            Account account = acts.seen("ada");
            scene.run("postgres", "comment on role ada is null");
            Connection dba = holding(scene, "comment on role ada is 'mine'");

            List<Outcome> outcomes = acts.perform(
                    new Step.MarkLogin(account, Optional.empty()),
                    new Step.SuspendLogin(account, Optional.empty()),
                    new Step.EndSessions(account));

            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("f");
            assertThatThrownBy(() -> Scene.ask(ada, "select 1")).isInstanceOf(SQLException.class);
            assertThat(outcomes.getFirst())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.BUSY));
            assertThat(outcomes.subList(1, 3)).containsOnly(Outcome.DONE);
            dba.rollback();
            dba.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void aLeaverWhoseMarkIsHeldStaysSuspendedUntilItIsFree(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            Account account = acts.seen("ada");
            Connection dba = holding(scene, "comment on role ada is 'mine'");
            Step drop = new Step.DropLogin(account, Optional.empty(), Optional.empty());

            assertThat(acts.failed(drop).kind()).isEqualTo(Kind.BUSY);

            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("f");
            dba.rollback();
            dba.close();
            acts.done(drop);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void oneOpenGrantCostsOnePatience(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(new Step.CreateRole(READER));
            List<Step> joins = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                joins.add(create("reader" + i));
            }
            acts.done(joins);
            joins.clear();
            for (int i = 0; i < MANY; i++) {
                joins.add(join("reader" + i, READER));
            }
            joins.add(create("carol"));
            scene.run("postgres", "create role app");
            Connection dba = holding(scene, "grant orders_reader to app");

            long began = System.nanoTime();
            List<Outcome> outcomes = acts.perform(joins);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.plusSeconds(4));
            assertThat(outcomes.getLast()).isEqualTo(Outcome.DONE);
            assertThat(outcomes.subList(0, MANY)).noneMatch(Outcome.DONE::equals);
            dba.rollback();
            dba.close();
            acts.done(joins);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void nobodyWaitsForLameKeepersWhomSomebodyElseHolds(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            Account account = acts.seen("ada");
            List<String> lame = IntStream.range(0, 10)
                    .mapToObj("rolewright_keeper_000%d9"::formatted)
                    .toList();
            scene.run("postgres", "set role rolewright_registrar");
            scene.run("postgres", lame.stream().map("create role %s"::formatted).toArray(String[]::new));
            scene.run("postgres", "reset role");
            Connection dba = holding(
                    scene,
                    lame.stream()
                            .skip(1)
                            .map("alter role %s connection limit 3"::formatted)
                            .toArray(String[]::new));

            long began = System.nanoTime();
            acts.done(new Step.SuspendLogin(account, Optional.empty()));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.plusSeconds(4));
            assertThat(scene.ask("template1", MENDED)).containsExactly(lame.getFirst());
            dba.rollback();
            dba.close();
            acts.done(new Step.EndSessions(account));
            assertThat(scene.ask("template1", MENDED)).containsExactlyElementsOf(lame);
        }
    }

    private volatile long goneAfter;

    private void untilGone(Connection session) {
        try {
            while (true) {
                Scene.ask(session, "select 1");
                Thread.sleep(20);
            }
        } catch (SQLException | InterruptedException _) {
            goneAfter = System.nanoTime();
        }
    }

    private static Connection holding(Scene scene, String... statements) throws SQLException {
        Connection dba = scene.server().administrator("postgres");
        dba.setAutoCommit(false);
        try (Statement statement = dba.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return dba;
    }
}
