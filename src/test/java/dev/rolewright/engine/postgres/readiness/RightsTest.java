package dev.rolewright.engine.postgres.readiness;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Notice.Kind;
import dev.rolewright.plan.Scope;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which rights a look tells of, those that we lack and those that we do not need. The statement that comes with each
/// gives it or takes it.
class RightsTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));

    @ParameterizedTest
    @EnumSource
    void aPreparedServerLacksNoRight(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.login("ada", ADA);

            assertThat(scene.notices(Kind.RIGHT_MISSING)).isEmpty();
            assertThat(scene.notices(Kind.RIGHT_NOT_NEEDED)).isEmpty();
            assertThat(scene.notices(Kind.STRANGER_IN_ROLE)).isEmpty();
            assertThat(scene.notices(Kind.MARK_DAMAGED)).isEmpty();
            assertThat(scene.notices(Kind.OTHER)).isEmpty();
            assertThat(scene.observe(Scope.WHOLE).strangers().roles()).isEqualTo(1); // the owner of the tables
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMissingRightComesWithTheStatementThatGivesIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "postgres",
                    "ALTER ROLE rolewright_grantor NOCREATEROLE",
                    "REVOKE pg_signal_backend FROM rolewright_grantor",
                    "REVOKE orders_owner FROM rolewright_grantor",
                    "REVOKE rolewright_grantor FROM connector",
                    "REVOKE CONNECT ON DATABASE orders FROM PUBLIC, connector",
                    "DROP ROLE rolewright_quarantine");

            List<Notice> missing = scene.remedied("postgres", Kind.RIGHT_MISSING);

            assertThat(missing).hasSize(6);
            assertThat(scene.notices(Kind.RIGHT_MISSING)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPowerThatWeDoNotNeedComesWithTheStatementThatTakesIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "postgres",
                    "ALTER ROLE connector CREATEROLE CREATEDB",
                    "ALTER ROLE rolewright_grantor BYPASSRLS",
                    "ALTER ROLE rolewright_marker LOGIN REPLICATION",
                    "ALTER ROLE orders_owner SUPERUSER");

            List<Notice> powers = scene.remedied("postgres", Kind.RIGHT_NOT_NEEDED);

            assertThat(powers)
                    .extracting(Notice::sentence)
                    .containsExactlyInAnyOrder(
                            "our work does not need it: connector has CREATEROLE, CREATEDB",
                            "our work does not need it: rolewright_grantor has BYPASSRLS",
                            "our work does not need it: rolewright_marker has LOGIN, REPLICATION",
                            "our work does not need it: rolewright_grantor is a member of orders_owner, which is a"
                                    + " superuser");
            assertThat(scene.notices(Kind.RIGHT_NOT_NEEDED)).isEmpty();
        }
    }

    /// Before 16 all our logins, or all contract roles, would have it.
    @ParameterizedTest
    @EnumSource
    void aMarkerIsHeldToHoldNothing(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.run(
                    "orders",
                    "GRANT pg_read_all_data TO rolewright_marker",
                    "GRANT orders_owner TO rolewright_role_marker",
                    "GRANT SELECT ON crm.customers, sales.orders TO rolewright_marker",
                    "CREATE POLICY p ON crm.customers TO rolewright_role_marker USING (true)",
                    "GRANT USAGE ON SCHEMA crm TO rolewright_quarantine");

            List<Notice> powers = scene.remedied("orders", Kind.RIGHT_NOT_NEEDED);

            assertThat(powers)
                    .extracting(Notice::sentence)
                    .containsExactlyInAnyOrder(
                            "our work does not need it: rolewright_marker is a member of pg_read_all_data",
                            "our work does not need it: rolewright_role_marker is a member of orders_owner",
                            "our work does not need it: rolewright_marker holds something on 2 objects in orders",
                            "our work does not need it: rolewright_role_marker holds something on 1 object in orders",
                            "our work does not need it: rolewright_quarantine holds something on 1 object in orders");
            assertThat(scene.notices(Kind.RIGHT_NOT_NEEDED)).isEmpty();
            assertThat(scene.ask("orders", "select count(*) from crm.customers"))
                    .containsExactly("2");
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"V14", "V15"},
            mode = EnumSource.Mode.EXCLUDE)
    void aKeeperIsHeldToWhatItNeeds(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            new Acts(scene).done(create("ada"));
            scene.run(
                    "postgres",
                    "ALTER ROLE rolewright_keeper_00001 LOGIN SUPERUSER NOCREATEROLE",
                    "CREATE ROLE rolewright_keeper_9x LOGIN SUPERUSER");

            assertThat(scene.remedied("postgres", Kind.RIGHT_NOT_NEEDED))
                    .extracting(Notice::sentence)
                    .containsExactly("our work does not need it: rolewright_keeper_00001 has SUPERUSER, LOGIN");
            assertThat(scene.remedied("postgres", Kind.RIGHT_MISSING))
                    .extracting(Notice::sentence)
                    .containsExactly(
                            "our work lacks a right: rolewright_keeper_00001 may not change the logins that it made");
            assertThat(scene.notices(Kind.RIGHT_NOT_NEEDED)).isEmpty();
            assertThat(scene.notices(Kind.RIGHT_MISSING)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuperuserIsToldThatWeNeedNone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "ALTER ROLE connector SUPERUSER");

            List<Notice> powers = scene.remedied("postgres", Kind.RIGHT_NOT_NEEDED);

            assertThat(powers)
                    .singleElement()
                    .isEqualTo(new Notice(
                            Kind.RIGHT_NOT_NEEDED,
                            "our work does not need it: connector has SUPERUSER",
                            Optional.of("ALTER ROLE connector NOSUPERUSER;")));
            assertThat(scene.notices(Kind.RIGHT_NOT_NEEDED)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatNobodyPreparedLacksOurRoles(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            assertThat(scene.notices(Kind.RIGHT_MISSING))
                    .extracting(Notice::sentence)
                    .hasSize(server.keepsGrantors() ? 5 : 4)
                    .allMatch(sentence -> sentence.endsWith("of our own is missing"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V17", "V18"})
    void tellsWhatTheGrantorMayNotAdminister(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "postgres",
                    "CREATE ROLE ada LOGIN",
                    "GRANT rolewright_marker TO ada",
                    "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ADA + "'");

            List<Notice> missing = scene.notices(Kind.RIGHT_MISSING);
            scene.run("postgres", missing.getFirst().remedy().orElseThrow());

            assertThat(missing)
                    .singleElement()
                    .extracting(Notice::sentence)
                    .asString()
                    .contains("ada");
            assertThat(scene.notices(Kind.RIGHT_MISSING)).isEmpty();
            scene.run("postgres", "ALTER ROLE ada NOLOGIN");
        }
    }
}
