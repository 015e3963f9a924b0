package dev.rolewright.engine.postgres;

import static dev.rolewright.Patience.await;
import static dev.rolewright.engine.postgres.Acts.READ;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A person's login from the first day to the last, seen with the person's own eyes.
class LifecycleTest {

    @ParameterizedTest
    @EnumSource
    void letsInWhoJoinsAndShowsWhatTheRoleMaySee(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());

            acts.done(create("ada"), join("ada", READER), create("bob"));

            Connection ada = scene.as("ada", "orders");
            assertThat(Scene.ask(ada, READ)).isNotEmpty();
            assertThatThrownBy(() -> Scene.ask(ada, "delete from sales.orders")).hasMessageContaining("denied");
            Connection bob = scene.as("bob", "orders");
            assertThatThrownBy(() -> Scene.ask(bob, READ)).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersThePassThatChangedItLast(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            assertThat(scene.observe(Scope.WHOLE).server().lastPass()).isEmpty();

            try (EngineSession session = acts.open()) {
                session.remember(7);
                session.remember(8);
            }

            assertThat(scene.observe(Scope.WHOLE).server().lastPass()).contains(8L);
        }
    }

    /// In each database, until the connections serve another pass.
    @ParameterizedTest
    @EnumSource
    void theServerCanTellForWhichPassItIsAsked(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            String names = "select distinct datname || ': ' || application_name from pg_stat_activity"
                    + " where usename = 'connector' order by 1";

            try (EngineSession session = acts.open()) {
                session.announce(Long.MAX_VALUE);
                session.perform(Acts.reader());

                assertThat(scene.ask("postgres", names))
                        .containsExactly(
                                "orders: rolewright rolewright orders pass-" + Long.MAX_VALUE,
                                "postgres: rolewright rolewright orders pass-" + Long.MAX_VALUE);
            }
            try (EngineSession _ = acts.open()) {
                assertThat(scene.ask("postgres", names))
                        .contains("postgres: rolewright rolewright orders")
                        .noneMatch(name -> name.contains("pass-"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServersOwnLogTellsForWhichPassItWasAsked(TestServers server) throws SQLException, IOException {
        try (Scene scene = Scene.on(server)) {
            Path log = Path.of(scene.ask("postgres", "show data_directory").getFirst())
                    .resolveSibling("postgres.log");
            scene.run("postgres", "alter system set log_line_prefix = '<%a> '", "select pg_reload_conf()");
            scene.run("postgres", "alter role connector set log_statement = 'ddl'");

            try (EngineSession session = new PostgresEngine().open(scene.reach(), Engine.Purpose.CHANGE)) {
                await().until(() ->
                        scene.ask("postgres", "show log_line_prefix").contains("<%a> "));
                session.announce(17);
                session.perform(List.of(create("ada")));
            } finally {
                scene.run("postgres", "alter system reset log_line_prefix", "select pg_reload_conf()");
            }

            assertThat(Files.readString(log))
                    .containsPattern("(?m)^<rolewright rolewright orders pass-17> LOG: .*(?i:create role) \"ada\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheIdsOfTheLoginsThatItMade(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            scene.run("postgres", "create role bob login");

            try (EngineSession session = acts.open()) {
                session.perform(List.of(create("ada"), create("bob"), join("ada", READER)));
                session.perform(List.of(create("eve")));

                assertThat(session.made(Acts.person("ada"))).contains(acts.id("ada"));
                assertThat(session.made(Acts.person("eve"))).contains(acts.id("eve"));
                assertThat(session.made(Acts.person("bob"))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesARoleAwayFromAnOpenSession(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Connection ada = scene.as("ada", "orders");

            acts.done(new Step.Leave(acts.seen("ada"), Membership.of(READER)));

            assertThatThrownBy(() -> Scene.ask(ada, READ)).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void suspendsEndsSessionsAndResumes(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Connection session = scene.as("ada", "orders");
            Account ada = acts.seen("ada");
            Instant before = Instant.now();

            acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));

            assertThatThrownBy(() -> Scene.ask(session, "select 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
            assertThat(comment(scene, "ada"))
                    .containsAnyOf(
                            ";suspended=" + before.toString().substring(0, 10),
                            ";suspended=" + Instant.now().toString().substring(0, 10));

            acts.done(new Step.ResumeLogin(ada, Optional.empty()));

            assertThat(Scene.ask(scene.as("ada", "orders"), READ)).isNotEmpty();
            assertThat(comment(scene, "ada")).doesNotContain("suspended");
        }
    }

    @ParameterizedTest
    @EnumSource
    void renamesInPlace(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("bob"));
            Account ada = acts.seen("ada");
            Account bob = acts.seen("bob");
            LoginName spare = new LoginName("spare");

            acts.done(
                    new Step.RenameLogin(ada, spare),
                    new Step.RenameLogin(bob, ada.login()),
                    new Step.RenameLogin(new Account(spare, ada.person(), ada.id()), bob.login()));

            assertThat(acts.id("ada")).isEqualTo(bob.id().orElseThrow());
            assertThat(acts.id("bob")).isEqualTo(ada.id().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsWhoOwnsNothing(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Connection session = scene.as("ada", "orders");

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), Optional.empty()));

            assertThatThrownBy(() -> Scene.ask(session, "select 1")).isInstanceOf(SQLException.class);
            assertThat(scene.ask("postgres", "select 1 from pg_roles where rolname = 'ada'"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void needsNoMoreThanTheRightToMakeRoles(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("bob"));
            Connection session = scene.as("ada", "orders");
            Account ada = acts.seen("ada");

            acts.done(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada));

            assertThatThrownBy(() -> Scene.ask(session, "select 1")).isInstanceOf(SQLException.class);
            assertThat(scene.ask(
                            "postgres",
                            "select count(*) from pg_auth_members where roleid = " + acts.id("ada")
                                    + " and member <> 10 and not admin_option"))
                    .as("nobody of ours stays a member of a person's login")
                    .containsExactly("0");

            acts.done(new Step.DropLogin(ada, Optional.empty(), Optional.empty()));
        }
    }

    private static String comment(Scene scene, String login) throws SQLException {
        return scene.ask(
                        "postgres",
                        "select shobj_description(oid, 'pg_authid') from pg_roles where rolname = '" + login + "'")
                .getFirst();
    }
}
