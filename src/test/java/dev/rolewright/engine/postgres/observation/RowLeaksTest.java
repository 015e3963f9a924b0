package dev.rolewright.engine.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Notice.Kind;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a look tells of rows that our limits do not hold back, or that somebody else's limits show or hide.
class RowLeaksTest {

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

            List<Notice> loose = scene.remedied("orders", Kind.OTHER);

            assertThat(loose)
                    .singleElement()
                    .extracting(Notice::sentence)
                    .isEqualTo("row security of table sales.orders in orders is somebody else's and not forced, so"
                            + " whoever has its owner's rights sees every row");
            assertThat(scene.notices(Kind.OTHER)).isEmpty();
        }
    }
}
