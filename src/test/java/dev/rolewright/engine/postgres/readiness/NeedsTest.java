package dev.rolewright.engine.postgres.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Needs;
import dev.rolewright.engine.postgres.Examined;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Check.Verdict;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a contract needs of a server besides what every target does.
class NeedsTest {

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatTheContractNamesAndNobodyMadeIsMissing(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Target target = scene.target(Set.of("orders", "archive"), Optional.of(new RoleName("the heir")));

            Examined examined = Examined.of(scene.reach(target), Optional.of(Examined.NEEDS));

            assertThat(examined.wrong()).containsExactlyInAnyOrder("connect", "heir");
            assertThat(examined.found("connect")).isEqualTo("there is no database archive, which the contract lists");
            scene.run("postgres", examined.remedy("heir"), "CREATE DATABASE archive");
            assertThat(Examined.of(scene.reach(target), Optional.of(Examined.NEEDS))
                            .wrong())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatNoContractSpeaksOfYetIsNotWell(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Target target = scene.target(Set.of("orders"), Optional.empty());
            Needs aSchema = new Needs(Map.of("orders", Set.of(new ObjectRef.Schema("sales"))), Set.of());

            assertThat(Examined.of(scene.reach(target), Optional.empty()).unknown())
                    .containsExactly("pass-on", "owners", "heir", "admission");

            Examined examined = Examined.of(scene.reach(target), Optional.of(aSchema));
            assertThat(examined.unknown()).containsExactly("admission");
            assertThat(examined.found("pass-on")).isEqualTo("the contract gives nothing on a database");
            assertThat(examined.found("heir")).isEqualTo("the contract names none");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aContractThatGrantsNothingIsAContract(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Examined examined = Examined.of(scene.reach(), Optional.of(new Needs(Map.of(), Set.of())));

            assertThat(examined.unknown()).containsExactly("admission");
            assertThat(examined.found("pass-on")).isEqualTo("the contract gives nothing on a database");
            assertThat(examined.found("owners")).isEqualTo("the contract grants nothing that belongs to anybody");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatBelongsToWhomInADatabaseThatIsClosedOrNotThereIsNotKnown(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "REVOKE CONNECT ON DATABASE orders FROM PUBLIC, connector");

            Examined closed = Examined.of(scene);

            assertThat(closed.wrong()).containsExactly("connect");
            assertThat(closed.unknown()).containsExactly("pass-on", "owners", "admission");
            assertThat(closed.found("owners")).isEqualTo("database orders could not be looked into");
        }
        try (Scene scene = Scene.on(server)) {
            Needs elsewhere = new Needs(Map.of("archive", Set.of(new ObjectRef.Schema("sales"))), Set.of());

            assertThat(Examined.of(scene.reach(), Optional.of(elsewhere)).unknown())
                    .containsExactly("owners", "admission");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aSuperusersThingsAreNoReasonToBecomeOne(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "ALTER ROLE orders_owner SUPERUSER");
            Examined superuser = Examined.of(scene);
            assertThat(superuser.wrong()).containsExactly("powers");
            scene.run("postgres", superuser.remedy("powers"));

            Examined examined = Examined.of(scene);

            assertThat(examined.wrong()).containsExactlyInAnyOrder("owners", "heir");
            assertThat(examined.checks())
                    .filteredOn(check -> Set.of("owners", "heir").contains(check.name()))
                    .allMatch(check -> check.remedy().isEmpty() && check.found().contains("superuser"));
        }
        try (Scene scene = Scene.on(server)) {
            scene.run("orders", "ALTER TABLE sales.orders OWNER TO " + TestServers.administrator());

            Examined examined = Examined.of(scene);

            assertThat(examined.checks())
                    .filteredOn(check -> check.name().equals("owners"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.verdict()).isEqualTo(Verdict.MISSING);
                        assertThat(check.found()).contains("table sales.orders in orders");
                        assertThat(check.remedy()).isEmpty();
                    });
        }
    }
}
