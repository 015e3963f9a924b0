package dev.rolewright.engine.postgres.translation;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody changes, by hand, those who make logins and alone may change them.
class KeepersTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void aKeeperIsOneWhateverItIsCalled(TestServers server) throws SQLException {
        for (String name : List.of("somebody", "rolewright_keeper_0000x", "rolewright_keeper_99999999999999")) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(create("ada"), create("bob"));
                Connection ada = scene.as("ada", "postgres");
                scene.run("postgres", "alter role rolewright_keeper_00001 rename to \"" + name + "\"");
                Account account = acts.seen("ada");

                assertThat(scene.notices(Notice.Kind.STRANGER_IN_ROLE)).isEmpty();
                acts.done(new Step.SuspendLogin(account, Optional.empty()), new Step.EndSessions(account));
                assertThatThrownBy(() -> Scene.ask(ada, "select 1")).isInstanceOf(SQLException.class);
                acts.done(new Step.DropLogin(account, Optional.empty(), HEIR), create("carol"));
                Account carol = acts.seen("carol");
                acts.done(new Step.SuspendLogin(carol, Optional.empty()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void leaversOfAKeeperThatMayTooLittleAreLockedOut(TestServers server) throws SQLException {
        for (String deed : List.of(
                "alter role rolewright_keeper_00001 nocreaterole",
                "revoke rolewright_keeper_00001 from rolewright_registrar granted by rolewright_registrar",
                "alter role rolewright_keeper_00001 nocreaterole; alter role rolewright_quarantine createdb",
                "alter role rolewright_keeper_00001 nocreaterole; alter role rolewright_quarantine rename to somebody;"
                        + " alter role rolewright_grantor nocreaterole")) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(create("ada"));
                Connection ada = scene.as("ada", "postgres");
                scene.run("postgres", deed);
                Account account = acts.seen("ada");
                assertThat(scene.notices(Notice.Kind.RIGHT_MISSING)).as(deed).isNotEmpty();

                acts.done(new Step.SuspendLogin(account, Optional.empty()), new Step.EndSessions(account));

                assertThatThrownBy(() -> Scene.ask(ada, "select 1")).isInstanceOf(SQLException.class);
                assertThat(scene.observe(Scope.WHOLE).notices())
                        .as(deed)
                        .noneMatch(notice -> notice.kind() == Notice.Kind.RIGHT_MISSING
                                && notice.sentence().contains("keeper"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void aRoleThatMakesRolesGetsItsNameBack(TestServers server) throws SQLException {
        for (String role : server.keepsGrantors() ? List.of("grantor", "registrar") : List.of("grantor")) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(create("ada"));
                scene.run("postgres", "alter role rolewright_" + role + " rename to somebody");
                Account ada = acts.seen("ada");
                Step suspend = new Step.SuspendLogin(ada, Optional.empty());

                List<Notice> told = scene.notices(Notice.Kind.RIGHT_MISSING);

                String remedy = "ALTER ROLE \"somebody\" RENAME TO \"rolewright_" + role + "\";";
                assertThat(told)
                        .anySatisfy(notice -> assertThat(notice.remedy()).contains(remedy));
                if (role.equals("grantor")) {
                    assertThatThrownBy(() -> acts.perform(suspend))
                            .isInstanceOfSatisfying(
                                    EngineFailure.class,
                                    failure -> assertThat(failure.remedy()).contains(remedy));
                } else {
                    assertThat(acts.failed(create("bob")).remedy()).contains(remedy);
                }
                run(scene, remedy);
                acts.done(suspend, new Step.EndSessions(ada), create("bob"));
                assertThat(scene.notices(Notice.Kind.RIGHT_MISSING)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void whoIsOnlyCalledAKeeperIsNone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            scene.run(
                    "postgres",
                    "create role rolewright_keeper_77777 createrole",
                    "grant ada to rolewright_keeper_77777 with admin option");
            Account account = acts.seen("ada");

            acts.done(new Step.SuspendLogin(account, Optional.empty()), new Step.EndSessions(account));

            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void loginsOfAKeeperThatIsGoneAreToldAndTheOthersGoOn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            scene.run("postgres", "drop role rolewright_keeper_00001");
            acts.done(create("bob"));
            Account ada = acts.seen("ada");
            Account bob = acts.seen("bob");

            List<Outcome> outcomes = acts.perform(
                    new Step.SuspendLogin(ada, Optional.empty()),
                    new Step.SuspendLogin(bob, Optional.empty()),
                    new Step.EndSessions(ada),
                    new Step.EndSessions(bob));

            assertThat(outcomes.get(1)).isEqualTo(Outcome.DONE);
            assertThat(outcomes.get(0)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.failure().kind()).isEqualTo(Kind.RIGHT_MISSING);
                assertThat(failed.failure().remedy()).isPresent();
                run(scene, failed.failure().remedy().get());
            });
            acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void earlyKeepersHaveFewLoginsAndLaterOnesMore(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(logins(0, 65));
            scene.run("postgres", "alter role rolewright_keeper_00002 rename to rolewright_keeper_00200");
            acts.done(logins(65, 465));
            scene.run("postgres", "alter role rolewright_keeper_00201 rename to rolewright_keeper_00999");
            acts.done(logins(465, 500));
            acts.done(logins(500, 800));

            assertThat(keepers(scene)).containsExactly("00001 64", "00200 200", "00999 256", "01000 256", "01001 24");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void oneThatGoesBetweenTwoTransactionsOfASessionIsReplaced(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                EngineSession session = new Acts(scene).open()) {
            session.perform(List.of(create("ada")));
            scene.run("postgres", "drop role rolewright_keeper_00001");

            assertThat(session.perform(List.of(create("bob")))).containsExactly(Outcome.DONE);
            assertThat(session.perform(List.of(create("eve")))).containsExactly(Outcome.DONE);

            assertThat(keepers(scene)).containsExactly("00001 2");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void thoseOfATransactionThatWasNotCommittedAreMadeAgain(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                Connection connection = scene.logIn(Scene.CONNECTOR, "postgres")) {
            connection.createStatement().execute("set role rolewright_grantor");
            connection.setAutoCommit(false);
            Keepers keepers = new Keepers(Context.of(scene.reach(), server.major()));
            RoleName first = new RoleName("rolewright_keeper_00001");

            keepers.begin(connection, 2);
            assertThat(keepers.next()).isEqualTo(first);
            connection.rollback();
            keepers.begin(connection, 2);
            assertThat(keepers.next()).isEqualTo(first);
            connection.commit();
            keepers.commit();
            keepers.begin(connection, 100);
            assertThat(IntStream.range(0, 100).mapToObj(_ -> next(keepers)).distinct())
                    .containsExactly(first, new RoleName("rolewright_keeper_00002"));
            connection.rollback();

            assertThat(keepers(scene)).containsExactly("00001 0");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void theyAreMadeTogetherForThoseWhoAreStillToCome(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            List<String> spread = List.of("00001 64", "00002 37", "00003 0", "00004 0", "00005 0");
            try (EngineSession session = acts.open()) {
                session.expect(300);
                session.perform(List.of(create("ada")));
            }
            acts.done(logins(0, 100));
            assertThat(keepers(scene)).isEqualTo(server.keepsGrantors() ? spread : List.of());

            try (EngineSession session = acts.open()) {
                session.expect(1_000_000);
                session.perform(List.of(logins(100, 400)));
            }
            assertThat(keepers(scene)).hasSize(server.keepsGrantors() ? 5 + 28 : 0);
        }
    }

    private static RoleName next(Keepers keepers) {
        try {
            return keepers.next();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// The number of each keeper, and how many logins it keeps.
    private static List<String> keepers(Scene scene) throws SQLException {
        return scene.ask(
                "postgres",
                "select right(k.rolname, 5) || ' ' || (select count(*) from pg_auth_members m where m.member = k.oid)"
                        + " from pg_roles k where k.rolname like 'rolewright\\_keeper\\_%' order by 1");
    }

    private static Step[] logins(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> create("login_" + i)).toArray(Step[]::new);
    }

    private static void run(Scene scene, String sql) {
        try {
            scene.run("postgres", sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
