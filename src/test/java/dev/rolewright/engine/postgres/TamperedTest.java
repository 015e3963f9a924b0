package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Membership;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody changes the roles of our own by hand: leavers are locked out all the same.
class TamperedTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));

    @ParameterizedTest
    @EnumSource
    void leaversAreLockedOutThoughARoleOfOursMayTooMuch(TestServers server) throws SQLException {
        for (String role : List.of("quarantine", "marker", "role_marker", "registrar", "grantor")) {
            for (String power : List.of("LOGIN", "CREATEDB", "BYPASSRLS")) {
                String deed = "alter role rolewright_" + role + " " + power;
                try (Scene scene = Scene.on(server)) {
                    Acts acts = new Acts(scene);
                    acts.done(create("ada"), create("bob"));
                    Connection ada = scene.as("ada", "postgres");
                    scene.run("postgres", deed);
                    Account account = acts.seen("ada");

                    List<Outcome> outcomes = acts.perform(
                            new Step.SuspendLogin(account, Optional.empty()),
                            new Step.EndSessions(account),
                            new Step.DropLogin(account, Optional.empty(), HEIR),
                            create("carol"));

                    assertThat(outcomes.subList(0, 2)).as(deed).containsOnly(Outcome.DONE);
                    assertThat(Scene.isGone(ada)).as(deed).isTrue();
                    assertThat(outcomes.subList(2, 4))
                            .as(deed)
                            .allSatisfy(outcome -> assertThat(outcome)
                                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                                        assertThat(failed.failure().kind()).isEqualTo(Kind.UNSAFE);
                                        assertThat(failed.failure().sentence()).contains("rolewright_" + role);
                                    }));
                    run(
                            scene,
                            ((Outcome.Failed) outcomes.getLast())
                                    .failure()
                                    .remedy()
                                    .orElseThrow());
                    acts.done(new Step.DropLogin(account, Optional.empty(), HEIR), create("carol"));
                }
            }
        }
    }

    /// What a superuser takes back is what superusers gave, unless he says otherwise.
    @ParameterizedTest
    @EnumSource
    void whoLosesARoleLosesItThoughTheGrantorBecameSuperuser(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), Acts.join("ada", Acts.READER));
            Connection ada = scene.as("ada", "orders");
            scene.run("postgres", "alter role rolewright_grantor superuser");

            acts.done(new Step.Leave(acts.seen("ada"), Membership.of(Acts.READER)));

            assertThatThrownBy(() -> Scene.ask(ada, Acts.READ)).hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void aMarkIsPutBackInOurNameThoughTheGrantorBecameSuperuser(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            scene.run(
                    "postgres",
                    "revoke rolewright_marker from ada granted by rolewright_grantor",
                    "alter role rolewright_grantor superuser");

            acts.done(new Step.MarkLogin(acts.seen("ada"), Optional.empty()));

            assertThat(scene.ask(
                            "postgres",
                            "select grantor::regrole from pg_auth_members"
                                    + " where roleid = 'rolewright_marker'::regrole and member = 'ada'::regrole"))
                    .containsExactly("rolewright_grantor");
        }
    }

    /// Before 16 the grantor alone changes logins, and nothing asks for a registrar; from then on whoever made
    /// them, and not the grantor.
    @ParameterizedTest
    @EnumSource
    void leaversAreLockedOutThoughARoleOfOursMayTooLittle(TestServers server) throws SQLException {
        List<String> deeds = server.keepsGrantors()
                ? List.of(
                        "alter role rolewright_grantor nocreaterole",
                        "alter role rolewright_registrar nocreaterole",
                        "drop role rolewright_quarantine; alter role rolewright_grantor nocreaterole")
                : List.of(
                        "alter role rolewright_registrar nocreaterole",
                        "alter role rolewright_registrar rename to somebody",
                        "revoke rolewright_registrar from connector");
        for (String deed : deeds) {
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(create("ada"));
                Connection ada = scene.as("ada", "postgres");
                scene.run("postgres", deed);
                Account account = acts.seen("ada");

                List<Outcome> outcomes = acts.perform(
                        new Step.SuspendLogin(account, Optional.empty()),
                        new Step.EndSessions(account),
                        create("carol"));

                assertThat(outcomes.subList(0, 2)).as(deed).containsOnly(Outcome.DONE);
                assertThat(Scene.isGone(ada)).as(deed).isTrue();
                if (!server.keepsGrantors()) {
                    assertThat(outcomes.getLast()).as(deed).isEqualTo(Outcome.DONE);
                    continue;
                }
                assertThat(outcomes.getLast()).as(deed).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.failure().kind()).isEqualTo(Kind.RIGHT_MISSING);
                    assertThat(failed.failure().remedy()).isPresent();
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoJoinedARoleOfOursIsTold(TestServers server) throws SQLException {
        for (String role : List.of("quarantine", "registrar", "grantor", "keeper_00001")) {
            if (role.startsWith("keeper") && !server.keepsGrantors()) {
                continue;
            }
            try (Scene scene = Scene.on(server)) {
                Acts acts = new Acts(scene);
                acts.done(create("ada"));
                scene.run("postgres", "create role eve login", "grant rolewright_" + role + " to eve");

                List<Notice> told = scene.notices(Notice.Kind.STRANGER_IN_ROLE);

                assertThat(told).singleElement().satisfies(notice -> {
                    assertThat(notice.sentence()).contains("eve", "rolewright_" + role);
                    run(scene, notice.remedy().orElseThrow());
                });
                assertThat(scene.notices(Notice.Kind.STRANGER_IN_ROLE)).isEmpty();
            }
        }
    }

    /// The quarantine is renamed when the first of two databases has been taken off the leaver's hands.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aQuarantineThatGoesInTheMiddleLeavesALeaverSuspended(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "postgres",
                    "CREATE DATABASE archive OWNER orders_owner",
                    "GRANT CONNECT ON DATABASE archive TO connector");
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            for (String database : List.of("archive", "orders")) {
                scene.run(
                        database,
                        "create schema if not exists own authorization orders_owner",
                        "create function own.code() returns int language sql as 'select 1'",
                        "alter function own.code() owner to ada",
                        "create table own.data (id int)",
                        "alter table own.data owner to ada");
            }
            Connection reader = scene.server().administrator("orders");
            reader.setAutoCommit(false);
            Scene.ask(reader, "select count(*) from own.data");
            Thread tamper = Thread.ofPlatform().start(() -> {
                try {
                    String waits = "select 1 from pg_locks where not granted and database ="
                            + " (select oid from pg_database where datname = 'orders')";
                    while (scene.ask("postgres", waits).isEmpty()) {
                        Thread.onSpinWait();
                    }
                    scene.run(
                            "postgres",
                            "alter role rolewright_quarantine rename to boss",
                            "alter role boss login superuser");
                    reader.rollback();
                    reader.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Step drop = new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR);

            acts.failed(drop);

            tamper.join();
            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("f");
            assertThat(scene.ask("orders", "select proowner::regrole::text from pg_proc where proname = 'code'"))
                    .containsExactly("ada");
            scene.run("postgres", "alter role boss nologin nosuperuser");
            acts.done(drop);
            assertThat(scene.ask("orders", "select proowner::regrole::text from pg_proc where proname = 'code'"))
                    .containsExactly("rolewright_quarantine");
        }
    }

    private static void run(Scene scene, String sql) {
        try {
            scene.run("postgres", sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
