package dev.rolewright.engine.postgres.observation;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Logins that somebody took the mark from, or gave another: they are known by the server's identity and their ids.
class KnownLoginsTest {

    private static final PersonId ADA = person("ada");
    private static final PersonId EVE = person("eve");

    /// What somebody did by hand.
    private enum Deed {
        COMMENT("COMMENT ON ROLE ada IS NULL"),
        MEMBERSHIP("REVOKE rolewright_marker FROM ada"),
        BOTH("COMMENT ON ROLE ada IS NULL", "REVOKE rolewright_marker FROM ada"),
        OTHER_PERSON("COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + EVE + "'"),
        CONTRACT_ROLE(
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:role'",
                "REVOKE rolewright_marker FROM ada",
                "GRANT rolewright_role_marker TO ada"),
        BOTH_AND_RENAMED(
                "COMMENT ON ROLE ada IS NULL",
                "REVOKE rolewright_marker FROM ada",
                "ALTER ROLE ada RENAME TO app_service");

        private final String statements;

        Deed(String... statements) {
            this.statements = String.join(";", statements);
        }

        void in(Scene scene) throws SQLException {
            for (String sql : statements.split(";")) {
                scene.run(
                        "postgres",
                        sql.startsWith("REVOKE") && scene.server().keepsGrantors()
                                ? sql + " GRANTED BY rolewright_grantor"
                                : sql);
            }
        }

        String name(String before) {
            return this == BOTH_AND_RENAMED ? "app_service" : before;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoginIsOursWhateverBecameOfItsMark(TestServers server) throws SQLException {
        for (Deed deed : Deed.values()) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = employed(scene);
                Known known = known(scene, acts, Optional.empty());
                String id = acts.id("ada");
                deed.in(scene);
                LoginName name = new LoginName(deed.name("ada"));

                for (Scope scope : List.of(Scope.WHOLE, new Scope.Some(Set.of(ADA), Set.of()))) {
                    Observed observed = observe(scene, scope, known);

                    assertThat(observed.logins()).as(deed + " " + scope).containsOnlyKeys(name);
                    SeenLogin seen = observed.logins().get(name);
                    assertThat(seen.marked()).as(deed + " " + scope).isFalse();
                    assertThat(seen.id()).isEqualTo(id);
                    assertThat(seen.state().person()).isEqualTo(ADA);
                    assertThat(seen.state().isActive()).isTrue();
                    assertThat(seen.state().memberships())
                            .extracting(membership -> membership.role())
                            .containsExactly(READER);
                    assertThat(observed.strangers().names()).doesNotContain(name.value());
                    assertThat(observed.strangers().lost()).isEmpty();
                    assertThat(observed.contractRoles()).containsExactly(READER);
                }

                Account ada = new Account(name, ADA, Optional.of(id));
                acts.done(
                        new Step.MarkLogin(ada, Optional.empty()),
                        new Step.SuspendLogin(ada, Optional.empty()),
                        new Step.EndSessions(ada));

                SeenLogin after = scene.observe(Scope.WHOLE).logins().get(name);
                assertThat(after).as(deed.toString()).isNotNull();
                assertThat(after.marked()).isTrue();
                assertThat(after.state().isActive()).isFalse();
                assertThat(after.state().suspendedSince()).isPresent();
                assertThat(after.state().person()).isEqualTo(ADA);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuspendedOneKeepsTheTimeThatWasWrittenDown(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = employed(scene);
            acts.done(new Step.SuspendLogin(acts.seen("ada"), Optional.empty()));
            Instant since = Instant.parse("2026-01-02T03:04:05Z");
            Known known = known(scene, acts, Optional.of(since));
            Deed.BOTH.in(scene);

            SeenLogin seen = observe(scene, Scope.WHOLE, known).logins().get(new LoginName("ada"));
            assertThat(seen.state().suspendedSince()).contains(since);
            acts.done(new Step.MarkLogin(acts.seen("ada"), Optional.of(since)));

            assertThat(scene.observe(Scope.WHOLE)
                            .logins()
                            .get(new LoginName("ada"))
                            .state()
                            .suspendedSince())
                    .contains(since);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherServerKnowsNobody(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = employed(scene);
            String id = acts.id("ada");
            Deed.BOTH.in(scene);
            Known elsewhere = new Known(
                    List.of(new Known.Login("another server", id, ADA, new LoginName("ada"), Optional.empty())));

            Observed observed = observe(scene, Scope.WHOLE, elsewhere);

            assertThat(observed.logins()).isEmpty();
            assertThat(observed.strangers().names()).contains("ada");
            assertThat(observed.strangers().lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverHasTheNameAndAnotherIdIsAStranger(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = employed(scene);
            Known known = known(scene, acts, Optional.empty());
            Account before = acts.seen("ada");
            scene.run("postgres", "DROP ROLE ada", "CREATE ROLE ada LOGIN");

            for (Scope scope : List.of(Scope.WHOLE, new Scope.Some(Set.of(ADA), Set.of(new LoginName("ada"))))) {
                Observed observed = observe(scene, scope, known);
                assertThat(observed.logins()).isEmpty();
                assertThat(observed.strangers().names()).contains("ada");
                assertThat(observed.strangers().lost()).isEmpty();
            }
            assertThat(acts.failed(new Step.MarkLogin(before, Optional.empty())).kind())
                    .isEqualTo(Kind.CHANGED_MEANWHILE);
        }
    }

    /// As after a server was put back to an earlier day: it gives ids again that it gave to ours.
    @ParameterizedTest
    @EnumSource
    void anIdAloneSpeaksForNobody(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = employed(scene);
            scene.run("postgres", "CREATE ROLE app LOGIN", "GRANT orders_reader TO app");
            Known known = new Known(List.of(new Known.Login(
                    server(scene).identity() + "/another line",
                    acts.id("app"),
                    EVE,
                    new LoginName("eve"),
                    Optional.empty())));

            for (Scope scope : List.of(Scope.WHOLE, new Scope.Some(Set.of(EVE), Set.of()))) {
                Observed observed = observe(scene, scope, known);

                assertThat(observed.strangers().lost()).containsOnly(Map.entry(acts.id("app"), new LoginName("app")));
                assertThat(observed.logins()).doesNotContainKey(new LoginName("app"));
            }
        }
    }

    /// As after such a server got its logins anew, in another order, and nobody came to write their ids down.
    @ParameterizedTest
    @EnumSource
    void whereIdsWereGivenAgainAWholeMarkCountsForMore(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = employed(scene);
            acts.done(Acts.create("eve"));
            String line = server(scene).identity() + "/another line";
            Known crossed = new Known(List.of(
                    new Known.Login(line, acts.id("eve"), ADA, new LoginName("ada"), Optional.empty()),
                    new Known.Login(line, acts.id("ada"), EVE, new LoginName("eve"), Optional.empty())));

            for (Scope scope : List.of(Scope.WHOLE, new Scope.Some(Set.of(ADA, EVE), Set.of()))) {
                Observed observed = observe(scene, scope, crossed);

                assertThat(observed.logins()).hasSize(2).allSatisfy((name, login) -> {
                    assertThat(login.state().person()).as(scope + " " + name).isEqualTo(person(name.value()));
                    assertThat(login.marked()).isTrue();
                });
                assertThat(observed.strangers().lost()).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfAForgedMarkMakesNobodyOurs(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = employed(scene);
            Known known = known(scene, acts, Optional.empty());
            scene.run(
                    "postgres",
                    "CREATE ROLE mallory LOGIN",
                    "COMMENT ON ROLE mallory IS 'rolewright:rolewright:person=" + ADA + "'",
                    "CREATE ROLE trudy LOGIN",
                    "GRANT rolewright_marker TO trudy");

            Observed observed = observe(scene, Scope.WHOLE, known);

            assertThat(observed.logins()).containsOnlyKeys(new LoginName("ada"));
            assertThat(observed.strangers().names()).contains("mallory", "trudy");
        }
    }

    private static Acts employed(Scene scene) throws SQLException {
        Acts acts = new Acts(scene);
        scene.role(READER.value());
        acts.done(Acts.create("ada"), Acts.join("ada", READER));
        return acts;
    }

    private static Known known(Scene scene, Acts acts, Optional<Instant> since) throws SQLException {
        return new Known(
                List.of(new Known.Login(server(scene).lineage(), acts.id("ada"), ADA, new LoginName("ada"), since)));
    }

    private static Server server(Scene scene) {
        return scene.observe(new Scope.Some(Set.of(), Set.of())).server();
    }

    private static Observed observe(Scene scene, Scope scope, Known known) {
        try (EngineSession session = Scene.open(scene.reach(), Purpose.LOOK)) {
            return session.observe(scope, known);
        }
    }
}
