package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Outcome;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// More steps than a transaction may have: a server keeps a lock for each role until the end of it, and has room for
/// some thousands only.
class ManyStepsTest {

    private static final int MANY = 2_001;

    @ParameterizedTest
    @EnumSource(names = {"V14", "V16", "V18"})
    void aTransactionHasAThousandOfThem(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            List<Step> steps =
                    IntStream.range(0, MANY).mapToObj(i -> create("many" + i)).toList();

            acts.done(Stream.concat(Stream.of(new Step.CreateRole(READER)), steps.stream())
                    .toList());

            assertThat(scene.ask(
                            "postgres",
                            "select count(*) from pg_authid where rolname like 'many%' group by xmin::text"
                                    + " order by min(oid)"))
                    .containsExactly("999", "1000", "2");
        }
    }

    /// What stands before it and after it is done, whatever message it was in.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void oneBadStepAmongManyMessagesHoldsNobodyBack(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            scene.run(
                    "orders",
                    "do $$ begin for i in 0..799 loop if i <> 400 then"
                            + " execute format('create table sales.t%s (id int)', i); end if; end loop; end $$",
                    "do $$ begin for i in 0..799 loop if i <> 400 then"
                            + " execute format('alter table sales.t%s owner to orders_owner', i); end if; end loop; end $$");
            acts.done(new Step.CreateRole(READER));
            List<Step> steps = IntStream.range(0, 800) // no two neighbours make one statement
                    .mapToObj(i ->
                            Acts.grant(READER, new ObjectRef.Table("sales", "t" + i), i % 2 == 0 ? "SELECT" : "INSERT"))
                    .toList();

            List<Outcome> outcomes = acts.perform(steps);

            assertThat(outcomes.get(400)).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes).filteredOn(Outcome.DONE::equals).hasSize(799);
            assertThat(scene.ask(
                            "orders",
                            "select count(*) from pg_class, aclexplode(relacl)"
                                    + " where grantee = 'orders_reader'::regrole"))
                    .containsExactly("799");
        }
    }
}
