package dev.rolewright.engine.postgres.translation;

import static dev.rolewright.engine.postgres.Acts.ORDERS;
import static dev.rolewright.engine.postgres.Acts.READ;
import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.ManagedService;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import dev.rolewright.plan.Inventory.RowSecurity;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever prepared a service's server made our roles, and from PostgreSQL 16 on is a member of them for it. A row
/// limit is not meant for him, nor for those who have his rights.
class AdministratorsRowsTest {

    private static final Step PROTECT = new Step.ProtectRows("orders", ORDERS);

    @ParameterizedTest
    @EnumSource
    void whoPreparedTheServerSeesEveryRow(TestServers server) throws SQLException {
        try (ManagedService service = new ManagedService(server, true)) {
            service.prepare("orders", "orders_owner");
            Scene scene = service.scene();
            scene.run("postgres", "CREATE ROLE app LOGIN IN ROLE master", "CREATE ROLE guest LOGIN");
            scene.run("orders", "GRANT CONNECT ON DATABASE orders TO guest, orders_owner");

            limit(scene);
            scene.run("postgres", "GRANT orders_reader TO guest");

            assertThat(Scene.ask(scene.as("ada", "orders"), READ)).containsExactly("2");
            assertThat(Scene.ask(scene.as("guest", "orders"), READ))
                    .as("whoever else holds a contract role")
                    .containsExactly("2");
            assertThat(Scene.ask(scene.logIn(ManagedService.MASTER, "orders"), READ))
                    .containsExactly("3");
            assertThat(Scene.ask(scene.as("app", "orders"), READ)).containsExactly("3");
        }
    }

    /// It hid every row from them.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aPolicyThatAnOlderReleaseWordedIsMadeAnew(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            limit(scene);
            scene.run("orders", """
                    do $$
                    declare
                        made text;
                    begin
                        alter policy rolewright_everybody_else on sales.orders
                            using (not pg_has_role(current_user, 'rolewright_marker', 'MEMBER'))
                            with check (not pg_has_role(current_user, 'rolewright_marker', 'MEMBER'));
                        select pg_get_expr(polqual, polrelid) || '/' || pg_get_expr(polwithcheck, polrelid) into made
                        from pg_policy where polname = 'rolewright_everybody_else';
                        execute format('comment on policy rolewright_everybody_else on sales.orders is %L',
                                       'rolewright:rolewright:rows='
                                       || encode(substring(sha256(convert_to(made, 'UTF8')) from 1 for 8), 'hex'));
                    end
                    $$""");
            assertThat(rows(scene)).isEmpty();

            new Acts(scene).done(PROTECT);

            assertThat(rows(scene)).containsExactly(Map.entry(ORDERS, RowSecurity.OURS));
            assertThat(scene.ask("orders", "select pg_get_expr(polqual, polrelid) from pg_policy order by polname"))
                    .first()
                    .asString()
                    .contains("rolewright_grantor");
            assertThat(Scene.ask(scene.as("ada", "orders"), READ)).containsExactly("2");
        }
    }

    private static void limit(Scene scene) {
        Acts acts = new Acts(scene);
        acts.done(Acts.reader());
        acts.done(
                PROTECT,
                new Step.AddPolicy(READER, new RowPolicy("orders", ORDERS, Command.SELECT, "region = 'EU'")),
                create("ada"),
                join("ada", READER));
    }

    private static Map<ObjectRef.Table, RowSecurity> rows(Scene scene) {
        return scene.observe(Scope.WHOLE).inventory().rows().getOrDefault("orders", Map.of());
    }
}
