package dev.rolewright.reconcile;

import static dev.rolewright.reconcile.OrdersScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Caller;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody who may write comments on our roles has a real server claim to know a pass that nobody ever made.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ForgedPassFlowTest extends OrdersFlow {

    private static final Caller GRACE = Caller.ofNoSource("grace", "scene");

    @BeforeEach
    void employSomebody() {
        scene.employed("ada");
    }

    private String known() throws SQLException {
        return scene.server
                .ask("postgres", "SELECT shobj_description('rolewright_marker'::regrole, 'pg_authid')")
                .getFirst();
    }

    private long lastPass() {
        return premises.number("SELECT last_pass FROM target_state WHERE target = 'orders'");
    }

    private boolean isOlder() {
        scene.lookAtAll();
        return premises.number("SELECT count(*) FROM target_state WHERE target = 'orders' AND outrun IS NOT NULL") == 1;
    }

    private void claim(String pass) throws SQLException {
        scene.server.run(
                "postgres", "COMMENT ON ROLE rolewright_marker IS '" + known().replaceAll("[0-9]+$", pass) + "'");
    }

    private void confirm() {
        String identity = scene.rig.servers.known(ORDERS).orElseThrow();
        scene.rig.servers.move(ORDERS, identity, Optional.empty(), "Nobody brought anything back.", GRACE);
        scene.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999999", "900000000000000000", "2000000000000"})
    void switchesNothingOffWhenItIsConfirmed(String forged) throws SQLException {
        long before = lastPass();
        claim(forged);
        assertThat(isOlder()).isTrue();

        confirm();
        assertThat(isOlder()).as("confirmed").isFalse();
        scene.employed("bob");

        assertThat(lastPass()).isBetween(before + 1, before + 1_000);
        assertThat(known()).endsWith(";pass=" + lastPass());
        premises.run("UPDATE target_state SET last_pass = last_pass - 1 WHERE target = 'orders'");
        assertThat(isOlder()).as("the store was brought back").isTrue();
    }

    @Test
    void thatMayBeTrueIsBelievedAndCountedOnFrom() throws SQLException {
        long claimed = lastPass() + 5_000;
        claim("" + claimed);
        assertThat(isOlder()).isTrue();

        confirm();
        scene.employed("bob");

        assertThat(lastPass()).isGreaterThan(claimed);
        assertThat(known()).endsWith(";pass=" + lastPass());
    }
}
