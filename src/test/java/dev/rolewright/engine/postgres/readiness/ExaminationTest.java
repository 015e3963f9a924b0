package dev.rolewright.engine.postgres.readiness;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Examined;
import dev.rolewright.engine.postgres.ManagedService;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.plan.Check;
import dev.rolewright.plan.Check.Verdict;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a check says of a server as a whole: one that is prepared, one that nobody prepared, and one without the roles
/// that are to look.
class ExaminationTest {

    @ParameterizedTest
    @EnumSource
    void aPreparedServerIsReady(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Examined examined = Examined.of(scene);

            assertThat(examined.checks()).noneMatch(Check::hinders);
            assertThat(examined.checks())
                    .extracting(Check::name)
                    .doesNotHaveDuplicates()
                    .hasSize(Subject.values().length);
            assertThat(examined.found("version")).startsWith("PostgreSQL " + server.major());
            assertThat(examined.found("maintenance-database")).endsWith("postgres");
            assertThat(examined.unknown()).containsExactly("admission");
        }
    }

    /// A service's own database stays closed to everybody, and it says so.
    @ParameterizedTest
    @EnumSource
    void aServiceWithoutASuperuserIsReady(TestServers server) throws SQLException {
        try (ManagedService service = new ManagedService(server, true)) {
            service.prepare("orders", "orders_owner");

            Examined examined = Examined.of(service.scene());

            assertThat(examined.checks()).noneMatch(Check::hinders);
            assertThat(examined.checks())
                    .filteredOn(check -> check.name().equals("connect"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.verdict()).isEqualTo(Verdict.UNKNOWN);
                        assertThat(check.found()).contains("rdsadmin");
                    });
        }
        try (ManagedService service = new ManagedService(server, false)) {
            service.prepare("orders", "orders_owner");

            assertThat(Examined.of(service.scene()).checks()).noneMatch(Check::hinders);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aServerThatNobodyPreparedSaysWhatToMake(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            assertThat(Examined.of(scene).wrong()).contains("grantor", "markers", "quarantine", "powers");
        }
    }

    /// Nothing is well that could not be looked at.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void withoutAGrantorNobodyKnowsWhatItMay(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "ALTER ROLE rolewright_grantor RENAME TO somebody");

            assertThat(Examined.of(scene).unknown())
                    .containsExactly("managed", "sessions", "pass-on", "owners", "heir", "admission");
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"V14", "V15"},
            mode = EnumSource.Mode.EXCLUDE)
    void theRegistrarAndItsKeepersAreLookedAtWithoutAGrantorAsWell(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            new Acts(scene).done(create("ada"));
            scene.run(
                    "postgres",
                    "ALTER ROLE rolewright_grantor RENAME TO somebody",
                    "ALTER ROLE rolewright_keeper_00001 NOCREATEROLE",
                    "ALTER ROLE rolewright_registrar NOCREATEROLE",
                    "REVOKE rolewright_registrar FROM connector");

            Examined examined = Examined.of(scene);

            assertThat(examined.wrong()).containsExactlyInAnyOrder("grantor", "registrar", "keepers");
            assertThat(examined.checks())
                    .filteredOn(check -> check.name().equals("registrar"))
                    .extracting(Check::found)
                    .containsExactlyInAnyOrder(
                            "our work lacks a right: the registrar may not create roles",
                            "our work lacks a right: our login may not become the registrar");
        }
    }
}
