package dev.rolewright.engine.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Scope;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A database leaves the contract, and what was granted there stays.
class ElsewhereTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatIsLeftInADatabaseThatIsNotManagedComesWithWhatTakesIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            archive(scene);
            scene.grantor(
                    "archive",
                    "GRANT CONNECT ON DATABASE archive TO reader",
                    "SET ROLE orders_owner",
                    "GRANT USAGE ON SCHEMA \"old; things\" TO reader",
                    "GRANT SELECT ON \"old; things\".papers TO reader WITH GRANT OPTION",
                    "GRANT UPDATE (id) ON \"old; things\".papers TO reader",
                    "GRANT EXECUTE ON FUNCTION \"old; things\".f(int) TO reader",
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA \"old; things\" GRANT SELECT ON TABLES TO reader");
            scene.run("archive", "GRANT INSERT ON \"old; things\".papers TO ada");
            assertThat(left(scene, scene.target(Set.of("orders", "archive")))).isEmpty();
            assertThat(left(scene, scene.target(Set.of(Target.EVERY_DATABASE)))).isEmpty();

            List<Notice> left = left(scene, scene.target());

            assertThat(left)
                    .extracting(Notice::sentence)
                    .containsExactly(
                            "ada is a person's login and holds privileges of its own on 1 object in archive, where the"
                                    + " contract manages nothing",
                            "reader is a contract role and holds privileges of its own on 6 objects in archive, where the"
                                    + " contract manages nothing");
            for (Notice notice : left) {
                scene.run("archive", notice.remedy().orElseThrow());
            }
            assertThat(left(scene, scene.target())).isEmpty();
            assertThat(scene.ask("archive", "select has_table_privilege('reader', '\"old; things\".papers', 'SELECT')"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatNobodyMayLookIntoIsToldAllTheSame(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            archive(scene);
            scene.run(
                    "archive",
                    "GRANT USAGE ON SCHEMA \"old; things\" TO reader",
                    "CREATE POLICY p ON \"old; things\".papers TO reader USING (true)",
                    "REVOKE CONNECT ON DATABASE archive FROM PUBLIC, connector");

            assertThat(left(scene, scene.target()))
                    .hasSize(2)
                    .allMatch(notice -> notice.remedy().isEmpty());
        }
    }

    /// Each statement undoes a few: until nothing is told any more.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void manyAreTakenAFewAtATime(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            archive(scene);
            for (int i = 0; i < 45; i++) {
                scene.run("archive", "CREATE TABLE t" + i + " ()", "GRANT SELECT ON t" + i + " TO reader");
            }

            for (int round = 0; round < 3; round++) {
                List<Notice> left = left(scene, scene.target());
                assertThat(left).hasSize(1);
                scene.run("archive", left.getFirst().remedy().orElseThrow());
                assertThat(scene.ask("archive", "select current_user")).containsExactly(TestServers.administrator());
            }

            assertThat(left(scene, scene.target())).isEmpty();
        }
    }

    private static void archive(Scene scene) throws SQLException {
        scene.run("postgres", "CREATE DATABASE archive OWNER orders_owner");
        scene.run(
                "archive",
                "CREATE SCHEMA \"old; things\" AUTHORIZATION orders_owner",
                "CREATE TABLE \"old; things\".papers (id int)",
                "ALTER TABLE \"old; things\".papers OWNER TO orders_owner",
                "CREATE FUNCTION \"old; things\".f(int) RETURNS int LANGUAGE sql AS 'select 1'",
                "ALTER FUNCTION \"old; things\".f(int) OWNER TO orders_owner");
        scene.prepare("orders,archive", "orders_owner");
        scene.role("reader");
        scene.login("ada", ADA);
    }

    private static List<Notice> left(Scene scene, Target target) {
        return scene.observe(Scope.WHOLE, target).notices().stream()
                .filter(notice -> notice.kind() == Notice.Kind.OTHER)
                .toList();
    }
}
