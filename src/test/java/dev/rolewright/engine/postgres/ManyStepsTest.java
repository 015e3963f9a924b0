package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

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
}
