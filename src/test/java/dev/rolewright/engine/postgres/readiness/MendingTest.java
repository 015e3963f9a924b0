package dev.rolewright.engine.postgres.readiness;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Examined;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.plan.Check;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is taken away is named by a check, and the statement that comes with it mends it.
class MendingTest {

    /// Those of our own roles that do not say so, and would not be found again under another name.
    private static final String UNMARKED = """
            select rolname from pg_roles
            where rolname like 'rolewright\\_%' and rolname not like '%\\_keeper\\_%'
              and shobj_description(oid, 'pg_authid') not like 'rolewright:rolewright:own%' is not false""";

    /// What somebody does by hand, in the database `postgres`, and what is wrong then.
    private record Deed(String sql, Set<String> wrong) {

        Deed(String sql, String... wrong) {
            this(sql, Set.of(wrong));
        }
    }

    private static List<Deed> deeds(boolean grantors) {
        List<Deed> deeds = new ArrayList<>(List.of(
                new Deed("ALTER ROLE rolewright_grantor NOCREATEROLE", "grantor"),
                new Deed("REVOKE rolewright_grantor FROM connector", "grantor"),
                new Deed("ALTER ROLE rolewright_grantor RENAME TO somebody", "grantor"),
                new Deed("DROP ROLE rolewright_quarantine", "quarantine"),
                new Deed("DROP ROLE rolewright_role_marker", "markers"),
                new Deed("REVOKE pg_signal_backend FROM rolewright_grantor", "sessions"),
                new Deed("REVOKE CONNECT ON DATABASE orders FROM PUBLIC, connector", "connect"),
                new Deed("ALTER DATABASE orders ALLOW_CONNECTIONS false", "connect"),
                new Deed("REVOKE orders_owner FROM rolewright_grantor", "owners", "heir"),
                new Deed(
                        "REVOKE orders_owner FROM rolewright_grantor; REVOKE ALL ON DATABASE orders FROM rolewright_grantor",
                        "owners",
                        "heir",
                        "pass-on"),
                new Deed("ALTER ROLE connector SET default_transaction_read_only = on", "primary"),
                new Deed("ALTER ROLE connector CREATEDB", "powers"),
                new Deed("ALTER ROLE connector SUPERUSER", "powers"),
                new Deed("ALTER ROLE rolewright_marker LOGIN", "powers"),
                new Deed("CREATE ROLE eve; GRANT rolewright_grantor TO eve", "strangers"),
                new Deed(
                        "ALTER SYSTEM SET password_encryption = 'md5'; SELECT pg_reload_conf()",
                        "password-encryption")));
        if (grantors) {
            deeds.addAll(List.of(
                    new Deed("ALTER ROLE rolewright_registrar NOCREATEROLE", "registrar"),
                    new Deed("REVOKE rolewright_registrar FROM connector", "registrar"),
                    new Deed("ALTER ROLE rolewright_keeper_00001 NOCREATEROLE", "keepers"),
                    new Deed(
                            "REVOKE rolewright_keeper_00001 FROM rolewright_registrar GRANTED BY rolewright_registrar",
                            "keepers"),
                    new Deed("DROP ROLE rolewright_keeper_00001", "managed"),
                    new Deed("GRANT orders_owner TO rolewright_grantor WITH SET FALSE", "heir"),
                    new Deed("REVOKE pg_use_reserved_connections FROM connector", "reserved-connections"),
                    new Deed("GRANT rolewright_grantor TO connector WITH INHERIT TRUE", "powers")));
        } else {
            deeds.add(new Deed("ALTER ROLE connector INHERIT", "powers"));
        }
        return deeds;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenAwayIsNamedAndTheStatementMendsIt(TestServers server) throws SQLException {
        for (Deed deed : deeds(server.keepsGrantors())) {
            try (Scene scene = Scene.on(server)) {
                new Acts(scene).done(create("ada"));
                Examined before = Examined.of(scene);
                assertThat(before.wrong()).as("before " + deed.sql()).isEmpty();
                scene.run("postgres", deed.sql().split("; "));

                Examined after = Examined.of(scene);

                assertThat(after.wrong()).as(deed.sql()).containsExactlyInAnyOrderElementsOf(deed.wrong());
                for (Check check : after.toMend().toList()) {
                    run(scene, deed, check);
                }
                assertThat(Examined.of(scene).wrong())
                        .as("after the statement against " + deed.sql())
                        .isEmpty();
                assertThat(scene.ask("postgres", UNMARKED))
                        .as("after the statement against " + deed.sql())
                        .isEmpty();
            } finally {
                try (Scene scene = Scene.empty(server)) {
                    scene.run("postgres", "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()");
                }
            }
        }
    }

    private static void run(Scene scene, Deed deed, Check check) throws SQLException {
        if (check.name().equals("reserved-connections") && check.found().contains("keeps none")) {
            return; // needs a restart
        }
        assertThat(check.remedy()).as(deed.sql() + ": " + check).isPresent();
        assertThat(check.remedy().get().by()).isNotBlank();
        scene.run("postgres", check.remedy().get().statement());
    }
}
