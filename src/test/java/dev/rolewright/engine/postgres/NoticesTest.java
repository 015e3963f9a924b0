package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Notice.Kind;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a look tells a human, and that the statement it comes with mends it.
class NoticesTest {

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

            List<Notice> missing = remedied(scene, "postgres", Kind.RIGHT_MISSING);

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

            List<Notice> powers = remedied(scene, "postgres", Kind.RIGHT_NOT_NEEDED);

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

            assertThat(remedied(scene, "postgres", Kind.RIGHT_NOT_NEEDED))
                    .extracting(Notice::sentence)
                    .containsExactly("our work does not need it: rolewright_keeper_00001 has SUPERUSER, LOGIN");
            assertThat(remedied(scene, "postgres", Kind.RIGHT_MISSING))
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

            List<Notice> powers = remedied(scene, "postgres", Kind.RIGHT_NOT_NEEDED);

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

    @ParameterizedTest
    @EnumSource
    void tellsWhatIsOpenToEverybodyUntilItIsClosed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "orders",
                    "CREATE FUNCTION sales.trap(\"odd name\" int) RETURNS int LANGUAGE sql SECURITY DEFINER"
                            + " AS 'select 1'",
                    "CREATE FUNCTION sales.harmless() RETURNS int LANGUAGE sql AS 'select 1'",
                    "GRANT SELECT, INSERT ON sales.orders TO PUBLIC",
                    "GRANT CREATE ON SCHEMA crm TO PUBLIC");

            List<Notice> open = remedied(scene, "orders", Kind.OPEN_TO_EVERYBODY);

            assertThat(open)
                    .extracting(Notice::sentence)
                    .contains(
                            "everybody has CONNECT, TEMPORARY on database \"orders\"",
                            "everybody has CREATE on schema \"crm\" in orders",
                            "everybody has INSERT, SELECT on table \"sales\".\"orders\" in orders",
                            "everybody has EXECUTE on function that runs as the owner: sales.trap(integer) in orders")
                    .hasSize(server.major() < 15 ? 5 : 4); // before 15 everybody may create in schema public
            assertThat(scene.notices(Kind.OPEN_TO_EVERYBODY)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfStrangersInOurRoles(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.member("ada", ADA, "reader");
            scene.run("postgres", "CREATE ROLE \"the \"\"app\" LOGIN", "GRANT reader, ada TO \"the \"\"app\"");

            List<Notice> strangers = remedied(scene, "postgres", Kind.STRANGER_IN_ROLE);

            assertThat(strangers).hasSize(2);
            assertThat(scene.notices(Kind.STRANGER_IN_ROLE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatGoesByAPersonAndNotByARole(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.login("ada", ADA);
            scene.run(
                    "orders",
                    "CREATE POLICY hers ON sales.orders TO ada USING (true)",
                    "GRANT CREATE ON DATABASE template1 TO ada",
                    "CREATE TABLE public.mine ()",
                    "ALTER TABLE public.mine OWNER TO reader");

            assertThat(scene.notices(Kind.OTHER))
                    .extracting(Notice::sentence)
                    .containsExactlyInAnyOrder(
                            "ada is a person's login and named in policies of 1 object in orders",
                            "ada is a person's login and holds privileges of its own on 1 object in template1, where"
                                    + " the contract manages nothing",
                            "reader is a contract role and owns 1 object in orders");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWaysPastOurRowLimits(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.grantor("orders", "GRANT SELECT, TRUNCATE ON sales.orders TO reader");
            new Acts(scene).done(new Step.ProtectRows("orders", Acts.ORDERS));
            scene.run(
                    "orders",
                    "CREATE VIEW sales.peek AS SELECT * FROM sales.orders",
                    "CREATE TABLE sales.old_orders () INHERITS (sales.orders)",
                    "CREATE TABLE sales.older_orders () INHERITS (sales.orders)",
                    "GRANT SELECT ON sales.old_orders TO reader");

            List<Notice> leaks = scene.notices(Kind.OTHER);

            assertThat(leaks)
                    .extracting(Notice::sentence)
                    .containsExactlyInAnyOrder(
                            "table sales.old_orders in orders is part of table sales.orders and can be read by its own"
                                    + " name, where no limit holds back our roles",
                            "reader has TRUNCATE on table sales.orders in orders, which no row limit holds back",
                            "view sales.peek in orders reads with its owner's rights, so it shows rows of table"
                                    + " sales.orders that our roles are not to see");
            assertThat(leaks.stream().filter(it -> it.remedy().isPresent()).count())
                    .isEqualTo(server.major() < 15 ? 0 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfPoliciesOfOthersThatConcernOurRoles(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.run(
                    "orders",
                    "GRANT SELECT ON sales.orders TO reader",
                    "ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY theirs ON sales.orders AS RESTRICTIVE TO reader, orders_owner USING (region = 'EU')",
                    "ALTER TABLE crm.customers ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY elsewhere ON crm.customers USING (true)");

            List<Notice> foreign = scene.notices(Kind.FOREIGN_POLICY);

            assertThat(foreign)
                    .singleElement()
                    .extracting(Notice::sentence)
                    .isEqualTo("policy theirs on table sales.orders in orders hides rows to our roles and was made by"
                            + " somebody else");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhereSomebodyElsesLimitLeavesOutTheOwner(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            scene.run(
                    "orders",
                    "ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY",
                    "ALTER TABLE crm.customers ENABLE ROW LEVEL SECURITY");
            assertThat(scene.notices(Kind.OTHER))
                    .as("no role of ours is concerned")
                    .isEmpty();
            scene.grantor("orders", "GRANT SELECT ON sales.orders TO reader");

            List<Notice> loose = remedied(scene, "orders", Kind.OTHER);

            assertThat(loose)
                    .singleElement()
                    .extracting(Notice::sentence)
                    .isEqualTo("row security of table sales.orders in orders is somebody else's and not forced, so"
                            + " whoever has its owner's rights sees every row");
            assertThat(scene.notices(Kind.OTHER)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsToldOfDatabasesThatAreNotManaged(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Target postgres = scene.target(Set.of("postgres"));

            assertThat(scene.observe(Scope.WHOLE, postgres).notices())
                    .extracting(Notice::sentence)
                    .noneMatch(sentence -> sentence.contains("orders"));
        }
    }

    /// The notices of a kind, each of which has been answered with the statement that comes with it.
    private static List<Notice> remedied(Scene scene, String database, Kind kind) throws SQLException {
        List<Notice> notices = scene.notices(kind);
        for (Notice notice : notices) {
            scene.run(database, notice.remedy().orElseThrow());
        }
        return notices;
    }
}
