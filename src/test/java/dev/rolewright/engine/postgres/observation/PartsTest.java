package dev.rolewright.engine.postgres.observation;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Protection;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Wanted;
import dev.rolewright.plan.Note;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Planner;
import dev.rolewright.plan.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever sees some rows of a table sees no more of them in its partitions and heirs, tried by logging in.
class PartsTest {

    private static final ObjectRef.Table EVENTS = new ObjectRef.Table("sales", "events");

    @ParameterizedTest
    @EnumSource
    void aLimitHasNoWayRoundThroughParts(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "orders",
                    "SET ROLE orders_owner",
                    "CREATE TABLE sales.events (region text, at int) PARTITION BY RANGE (at)",
                    "CREATE TABLE sales.events_1 PARTITION OF sales.events FOR VALUES FROM (0) TO (10)"
                            + " PARTITION BY RANGE (at)",
                    "CREATE TABLE sales.events_1_1 PARTITION OF sales.events_1 FOR VALUES FROM (0) TO (5)",
                    "CREATE TABLE sales.old_orders () INHERITS (sales.orders)",
                    "INSERT INTO sales.events VALUES ('EU', 1), ('US', 2)",
                    "RESET ROLE");

            Plan first = plan(scene);
            new Acts(scene).done(first.steps());

            Connection ada = scene.as("ada", "orders");
            assertThat(Scene.ask(ada, "SELECT region FROM sales.events")).containsExactly("EU");
            assertThat(Scene.ask(ada, "SELECT count(*) FROM sales.order_lines")).hasSize(1);
            for (String part : new String[] {"events_1", "events_1_1", "old_orders"}) {
                assertThatThrownBy(() -> Scene.ask(ada, "SELECT * FROM sales." + part))
                        .as(part)
                        .hasMessageContaining("denied");
            }
            assertThat(first.notes())
                    .filteredOn(note -> note.kind() == Note.Kind.PART_LEFT_OUT)
                    .as("each part, and what is promised in their schema")
                    .hasSize(4);
            assertThat(plan(scene).steps()).isEmpty();

            // The next partition is not open either, nor one that was opened by hand for longer than a look.
            scene.run(
                    "orders",
                    "SET ROLE orders_owner",
                    "CREATE TABLE sales.events_2 PARTITION OF sales.events FOR VALUES FROM (10) TO (20)",
                    "CREATE TABLE sales.fresh (id int)",
                    "GRANT SELECT ON sales.events_1 TO orders_reader",
                    "RESET ROLE");
            assertThatThrownBy(() -> Scene.ask(ada, "SELECT * FROM sales.events_2"))
                    .hasMessageContaining("denied");
            new Acts(scene).done(plan(scene).steps());
            assertThat(Scene.ask(ada, "SELECT count(*) FROM sales.fresh")).containsExactly("0");
            for (String part : new String[] {"events_1", "events_2"}) {
                assertThatThrownBy(() -> Scene.ask(ada, "SELECT * FROM sales." + part))
                        .as(part)
                        .hasMessageContaining("denied");
            }
        }
    }

    /// What the contract would want: the reader sees every table, and of two of them the rows of the EU.
    private static Plan plan(Scene scene) {
        PrivilegeName select = PrivilegeName.SELECT;
        RoleState reader = new RoleState(
                READER,
                Optional.empty(),
                Set.of(),
                Set.of(
                        Grant.of("orders", new ObjectRef.Database(), PrivilegeName.CONNECT),
                        Grant.of("orders", new ObjectRef.Schema("sales"), PrivilegeName.USAGE),
                        Grant.of("orders", new ObjectRef.EveryTable("sales"), select)),
                Set.of(DefaultGrant.of("orders", new RoleName("orders_owner"), "sales", ObjectKind.TABLES, select)),
                Set.of(
                        RowPolicy.of("orders", EVENTS, "region = 'EU'"),
                        RowPolicy.of("orders", ORDERS, "region = 'EU'")));
        LoginState ada = LoginState.active(new LoginName("ada"), Acts.person("ada"), Set.of(Membership.of(READER)));
        Desired desired =
                Wanted.of(scene.target(), Duration.ofDays(30), Protection.NONE, Set.of(ada), Set.of(reader), Map.of());
        return Planner.plan(desired, scene.observe(Scope.WHOLE), Instant.now());
    }
}
