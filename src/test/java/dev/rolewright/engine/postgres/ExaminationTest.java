package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Needs;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Check;
import dev.rolewright.plan.Check.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whether a server is as our work needs it: what is taken away is named, and the statement that comes with it mends
/// it.
class ExaminationTest {

    private static final Needs NEEDS = new Needs(
            Map.of("orders", Set.of(new ObjectRef.Database(), new ObjectRef.Schema("sales"), Acts.ORDERS)),
            Set.of(new RoleName("orders_owner")));

    /// Those of our own roles that do not say so, and would not be found again under another name.
    private static final String UNMARKED = """
            select rolname from pg_roles
            where rolname like 'rolewright\\_%' and rolname not like '%\\_keeper\\_%'
              and shobj_description(oid, 'pg_authid') not like 'rolewright:rolewright:own%' is not false""";

    private final PostgresEngine engine = new PostgresEngine();

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
                List<Check> before = check(scene);
                assertThat(wrong(before)).as("before " + deed.sql()).isEmpty();
                scene.run("postgres", deed.sql().split("; "));

                List<Check> after = check(scene);

                assertThat(wrong(after)).as(deed.sql()).containsExactlyInAnyOrderElementsOf(deed.wrong());
                for (Check check : after) {
                    if (check.verdict() == Verdict.MISSING || check.verdict() == Verdict.DANGEROUS) {
                        run(scene, deed, check);
                    }
                }
                assertThat(wrong(check(scene)))
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

    @ParameterizedTest
    @EnumSource
    void aPreparedServerIsReady(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            List<Check> checks = check(scene);

            assertThat(checks).noneMatch(Check::hinders);
            assertThat(checks).extracting(Check::name).doesNotHaveDuplicates().hasSize(Subject.values().length);
            assertThat(found(checks, "version")).startsWith("PostgreSQL " + server.major());
            assertThat(found(checks, "maintenance-database")).endsWith("postgres");
            assertThat(unknown(checks)).containsExactly("admission");
        }
    }

    /// A service's own database stays closed to everybody, and it says so.
    @ParameterizedTest
    @EnumSource
    void aServiceWithoutASuperuserIsReady(TestServers server) throws SQLException {
        try (ManagedService service = new ManagedService(server, true)) {
            service.prepare("orders", "orders_owner");

            List<Check> checks = check(service.scene());

            assertThat(checks).noneMatch(Check::hinders);
            assertThat(checks)
                    .filteredOn(check -> check.name().equals("connect"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.verdict()).isEqualTo(Verdict.UNKNOWN);
                        assertThat(check.found()).contains("rdsadmin");
                    });
        }
        try (ManagedService service = new ManagedService(server, false)) {
            service.prepare("orders", "orders_owner");

            assertThat(check(service.scene())).noneMatch(Check::hinders);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aServerThatNobodyPreparedSaysWhatToMake(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            assertThat(wrong(check(scene))).contains("grantor", "markers", "quarantine", "powers");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatTheContractNamesAndNobodyMadeIsMissing(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Target target = scene.target(Set.of("orders", "archive"), Optional.of(new RoleName("the heir")));

            List<Check> checks = engine.check(scene.reach(target), Optional.of(NEEDS));

            assertThat(wrong(checks)).containsExactlyInAnyOrder("connect", "heir");
            assertThat(found(checks, "connect")).isEqualTo("there is no database archive, which the contract lists");
            scene.run(
                    "postgres",
                    checks.stream()
                            .filter(check -> check.name().equals("heir"))
                            .findFirst()
                            .flatMap(Check::remedy)
                            .orElseThrow()
                            .statement(),
                    "CREATE DATABASE archive");
            assertThat(wrong(engine.check(scene.reach(target), Optional.of(NEEDS))))
                    .isEmpty();
        }
    }

    /// Nothing is well that could not be looked at.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void withoutAGrantorNobodyKnowsWhatItMay(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "ALTER ROLE rolewright_grantor RENAME TO somebody");

            assertThat(unknown(check(scene)))
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

            List<Check> checks = check(scene);

            assertThat(wrong(checks)).containsExactlyInAnyOrder("grantor", "registrar", "keepers");
            assertThat(checks)
                    .filteredOn(check -> check.name().equals("registrar"))
                    .extracting(Check::found)
                    .containsExactlyInAnyOrder(
                            "our work lacks a right: the registrar may not create roles",
                            "our work lacks a right: our login may not become the registrar");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatNoContractSpeaksOfYetIsNotWell(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Target target = scene.target(Set.of("orders"), Optional.empty());
            Needs aSchema = new Needs(Map.of("orders", Set.of(new ObjectRef.Schema("sales"))), Set.of());

            assertThat(unknown(engine.check(scene.reach(target), Optional.empty())))
                    .containsExactly("pass-on", "owners", "heir", "admission");

            List<Check> checks = engine.check(scene.reach(target), Optional.of(aSchema));
            assertThat(unknown(checks)).containsExactly("admission");
            assertThat(found(checks, "pass-on")).isEqualTo("the contract gives nothing on a database");
            assertThat(found(checks, "heir")).isEqualTo("the contract names none");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aContractThatGrantsNothingIsAContract(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            List<Check> checks = engine.check(scene.reach(), Optional.of(new Needs(Map.of(), Set.of())));

            assertThat(unknown(checks)).containsExactly("admission");
            assertThat(found(checks, "pass-on")).isEqualTo("the contract gives nothing on a database");
            assertThat(found(checks, "owners")).isEqualTo("the contract grants nothing that belongs to anybody");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatBelongsToWhomInADatabaseThatIsClosedOrNotThereIsNotKnown(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "REVOKE CONNECT ON DATABASE orders FROM PUBLIC, connector");

            List<Check> closed = check(scene);

            assertThat(wrong(closed)).containsExactly("connect");
            assertThat(unknown(closed)).containsExactly("pass-on", "owners", "admission");
            assertThat(found(closed, "owners")).isEqualTo("database orders could not be looked into");
        }
        try (Scene scene = Scene.on(server)) {
            Needs elsewhere = new Needs(Map.of("archive", Set.of(new ObjectRef.Schema("sales"))), Set.of());

            assertThat(unknown(engine.check(scene.reach(), Optional.of(elsewhere))))
                    .containsExactly("owners", "admission");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aSuperusersThingsAreNoReasonToBecomeOne(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "ALTER ROLE orders_owner SUPERUSER");
            assertThat(wrong(check(scene))).containsExactly("powers");
            for (Check check : check(scene)) {
                if (check.name().equals("powers")) {
                    scene.run("postgres", check.remedy().orElseThrow().statement());
                }
            }

            List<Check> checks = check(scene);

            assertThat(wrong(checks)).containsExactlyInAnyOrder("owners", "heir");
            assertThat(checks)
                    .filteredOn(check -> Set.of("owners", "heir").contains(check.name()))
                    .allMatch(check -> check.remedy().isEmpty() && check.found().contains("superuser"));
        }
        try (Scene scene = Scene.on(server)) {
            scene.run("orders", "ALTER TABLE sales.orders OWNER TO " + TestServers.administrator());

            List<Check> checks = check(scene);

            assertThat(checks)
                    .filteredOn(check -> check.name().equals("owners"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.verdict()).isEqualTo(Verdict.MISSING);
                        assertThat(check.found()).contains("table sales.orders in orders");
                        assertThat(check.remedy()).isEmpty();
                    });
        }
    }

    private List<Check> check(Scene scene) {
        return engine.check(scene.reach(), Optional.of(NEEDS));
    }

    private static String found(List<Check> checks, String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .found();
    }

    private static List<String> unknown(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.UNKNOWN)
                .map(Check::name)
                .toList();
    }

    /// But for room that the server would have to be started anew for.
    private static Set<String> wrong(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.MISSING || check.verdict() == Verdict.DANGEROUS)
                .filter(check -> !check.found().equals("the server keeps none"))
                .map(Check::name)
                .collect(Collectors.toSet());
    }
}
