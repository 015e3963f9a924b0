package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A plan that makes many newcomers is so long that writing it down takes until after the first of them.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class LongPlanFlowTest extends ArrivalsFlow {

    @BeforeEach
    void writePlansSlowly() {
        scene.run("CREATE OR REPLACE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$");
        scene.run("CREATE TRIGGER slowly AFTER UPDATE OF plan ON pass FOR EACH ROW EXECUTE FUNCTION slowly()");
    }

    @AfterEach
    void writePlansQuickly() {
        scene.run("DROP TRIGGER slowly ON pass");
    }

    @Test
    void aLeaverDoesNotWaitForIt() {
        arrivals.hire();
        arrivals.whileMaking(0, () -> scene.idp.dismisses(ada));

        scene.settle();

        assertThat(arrivals.place(Step.SuspendLogin.class, ada)).isLessThan(arrivals.making(1));
        assertThat(arrivals.number("SELECT count(*) FROM pass WHERE outcome IS DISTINCT FROM 'done' AND target = '%s'"))
                .isZero();
        assertThat(arrivals.number("SELECT count(*) FROM login WHERE NOT settled AND target = '%s'"))
                .isZero();
        assertThat(arrivals.number("SELECT max(json_array_length(plan -> 'lines') + (SELECT coalesce(sum("
                        + "json_array_length(r.lines)), 0) FROM pass_plan r WHERE r.pass = p.id)) FROM pass p"
                        + " WHERE target = '%s'"))
                .isEqualTo(arrivals.number("SELECT max(done) FROM pass WHERE target = '%s'"));
    }
}
