package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses that are refused before anybody is spoken to, or anything written to a log.
class AddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://ada:hush@db.example.org/postgres",
                "jdbc:postgresql://ada:hush/hush@db.example.org/postgres",
                "jdbc:postgresql://db.example.org,ada:hush@db.example.org/postgres",
                "jdbc:postgresql://db.example.org/postgres?password=hush",
                "jdbc:postgresql://db.example.org/postgres?a=b&sslpassword=hush",
                "jdbc:postgresql://127.0.0.1:1/postgres?user=hush",
                "jdbc:postgresql://127.0.0.1:1/postgres?sslmode=require&user=hush&a=b",
                "jdbc:postgresql://127.0.0.1:1/postgres?PGDBNAME=hush",
                "jdbc:postgresql://127.0.0.1:1/postgres?PGHOST=hush",
                "jdbc:postgresql://db.example.org",
                "hush",
            })
    void whatMayCarryAPasswordOrSaysWhoLogsInIsNoAddress(String url) {
        Target target = new Target(
                new TargetName("orders"),
                "postgresql",
                "test",
                Set.of("orders"),
                Optional.empty(),
                Target.Drift.REPORT);
        Reach reach = new Reach(target, url, "connector", Optional.empty(), "rolewright", Reach.Patience.USUAL);

        assertThatThrownBy(() -> new PostgresEngine().open(reach, Purpose.LOOK))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("carries no password")
                .hasMessageNotContaining("hush");
    }
}
