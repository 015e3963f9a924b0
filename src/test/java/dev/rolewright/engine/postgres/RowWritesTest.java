package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.WRITER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.grant;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which rows people may add, change and remove, tried by logging in.
class RowWritesTest {

    private static final String OF_EUROPE = "region = 'EU'";

    /// Seeing all rows does not widen which of them can be written.
    @ParameterizedTest
    @EnumSource
    void whoeverHasSomeRowsWritesThoseAndNoOthers(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = limited(scene, Command.INSERT, Command.UPDATE, Command.DELETE);
            acts.done(new Step.AddPolicy(WRITER, new RowPolicy("orders", ORDERS, Command.SELECT, RowPolicy.EVERY_ROW)));
            Connection ada = scene.as("ada", "orders");

            assertThat(run(ada, "insert into sales.orders (region, amount) values ('EU', 1)"))
                    .isEqualTo(1);
            assertThat(run(ada, "update sales.orders set amount = 7")).isEqualTo(3);
            assertThat(run(ada, "delete from sales.orders where amount = 7 and id > 3"))
                    .isEqualTo(1);
            assertThat(run(ada, "update sales.orders set amount = 8 where region = 'US'"))
                    .isZero();
            assertThat(run(ada, "delete from sales.orders where region = 'US'")).isZero();
            assertThatThrownBy(() -> run(ada, "insert into sales.orders (region, amount) values ('US', 1)"))
                    .hasMessageContaining("row-level security");
            assertThatThrownBy(() -> run(ada, "update sales.orders set region = 'US'"))
                    .hasMessageContaining("row-level security");

            assertThat(scene.ask("orders", "select region || ' ' || amount from sales.orders order by id"))
                    .containsExactly("EU 7", "EU 7", "US 30");
        }
    }

    /// Each command has its own rows: who has none for it can do nothing, whatever the privilege says.
    @ParameterizedTest
    @EnumSource
    void whoeverSeesRowsChangesNoneForThat(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            limited(scene, Command.SELECT);
            Connection ada = scene.as("ada", "orders");

            assertThat(run(ada, "update sales.orders set amount = 7")).isZero();
            assertThat(run(ada, "delete from sales.orders")).isZero();
            assertThatThrownBy(() -> run(ada, "insert into sales.orders (region, amount) values ('EU', 1)"))
                    .hasMessageContaining("row-level security");
        }
    }

    /// The role may do everything with the table, by these commands to the rows of Europe alone.
    private static Acts limited(Scene scene, Command... commands) throws SQLException {
        Acts acts = new Acts(scene);
        scene.run("orders", "set role orders_owner", "drop table sales.order_lines", "reset role");
        acts.done(
                new Step.CreateRole(WRITER),
                grant(WRITER, new ObjectRef.Schema("sales"), "USAGE"),
                new Step.ProtectRows("orders", ORDERS));
        for (Command command : commands) {
            acts.done(new Step.AddPolicy(WRITER, new RowPolicy("orders", ORDERS, command, OF_EUROPE)));
        }
        for (String privilege : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
            acts.done(grant(WRITER, ORDERS, privilege));
        }
        acts.done(create("ada"), join("ada", WRITER));
        return acts;
    }

    private static int run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
