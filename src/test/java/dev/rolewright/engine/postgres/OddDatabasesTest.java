package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Databases that are called as nobody would call one, and that come and go while a target manages every one.
class OddDatabasesTest {

    private static final List<String> NAMES = List.of(
            "Or\"ders'",
            "UPPER",
            "\uD83D\uDE00",
            "two\nlines; drop role ada",
            " +%25&?#/x=1 ",
            "back\\slash",
            "é\u202E");

    @ParameterizedTest
    @EnumSource
    void theirNamesMeanThem(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"));
            for (String name : NAMES) {
                make(scene, name);
            }
            List<Step> grants = new ArrayList<>();
            NAMES.forEach(name -> grants.add(new Step.GrantPrivilege(
                    READER, Grant.of(name, new ObjectRef.Schema("public"), new PrivilegeName("CREATE")))));
            List<Outcome> outcomes;
            Observed observed;
            PostgresEngine engine = new PostgresEngine();
            try (EngineSession session = engine.open(scene.reach(everything(scene)), Purpose.CHANGE)) {
                outcomes = session.perform(grants);
                observed = session.observe(Scope.WHOLE);
            }

            assertThat(outcomes).containsOnly(Outcome.DONE);
            NAMES.forEach(name -> {
                assertThat(observed.inventory().knows(name)).as(name).isTrue();
                assertThat(observed.roles().get(READER).grants())
                        .contains(Grant.of(name, new ObjectRef.Schema("public"), new PrivilegeName("CREATE")));
            });
            assertThat(observed.inventory().unread()).isEmpty();
            assertThat(observed.notices())
                    .extracting(Notice::remedy)
                    .allSatisfy(remedy ->
                            remedy.ifPresent(sql -> assertThat(afterRemark(sql)).doesNotContain("\n")));

            acts.done(
                    new Step.DropLogin(acts.seen("ada"), Optional.empty(), Optional.of(new RoleName("orders_owner"))));
            for (String name : NAMES) {
                assertThat(scene.ask(
                                name, "select pg_get_userbyid(relowner)::text from pg_class where relname = 'notes'"))
                        .containsExactly("orders_owner");
            }
            engine.closeAll();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void theyMayComeAndGoAtAnyTime(TestServers server) throws Exception {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            AtomicBoolean over = new AtomicBoolean();
            List<SQLException> failures = new ArrayList<>();
            Thread stormy = Thread.ofPlatform().start(() -> {
                try {
                    while (!over.get()) {
                        scene.run("postgres", "CREATE DATABASE brief OWNER orders_owner");
                        scene.run("postgres", "ALTER DATABASE brief RENAME TO briefly");
                        scene.run("postgres", "DROP DATABASE briefly WITH (FORCE)");
                    }
                } catch (SQLException e) {
                    if (!"55006".equals(e.getSQLState())) { // somebody of us was in it
                        failures.add(e);
                    }
                }
            });
            PostgresEngine engine = new PostgresEngine();
            try {
                for (int i = 0; i < 15; i++) {
                    String login = "leaver" + i;
                    acts.done(create(login));
                    try (EngineSession session = engine.open(scene.reach(everything(scene)), Purpose.CHANGE)) {
                        Observed observed = session.observe(Scope.WHOLE);
                        assertThat(observed.inventory().knows("orders")).isTrue();
                        assertThat(session.perform(List.of(
                                        new Step.SuspendLogin(acts.seen(login), Optional.empty()),
                                        new Step.EndSessions(acts.seen(login)),
                                        new Step.DropLogin(acts.seen(login), Optional.empty(), Optional.empty()))))
                                .containsOnly(Outcome.DONE);
                    }
                }
            } finally {
                over.set(true);
                stormy.join();
                engine.closeAll();
            }
            assertThat(failures).isEmpty();
        }
    }

    private static String afterRemark(String sql) {
        int remark = sql.indexOf(" -- ");
        return remark < 0 ? "" : sql.substring(remark);
    }

    private static void make(Scene scene, String name) throws SQLException {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        scene.run(
                "postgres",
                "CREATE DATABASE " + quoted + " OWNER orders_owner",
                "GRANT CONNECT ON DATABASE " + quoted + " TO connector");
        scene.run(
                name,
                "ALTER SCHEMA public OWNER TO orders_owner",
                "create table public.notes (id int)",
                "alter table public.notes owner to ada");
    }

    private static Target everything(Scene scene) {
        return scene.target(Set.of(Target.EVERY_DATABASE));
    }
}
