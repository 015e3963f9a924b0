package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A database that takes no changes says so, and nothing is half done there.
class ReadOnlyTest {

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsReadOnlyIsCalledThat(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run("postgres", "alter database postgres set default_transaction_read_only = on");
            try {
                assertThatThrownBy(() -> new Acts(scene).perform(create("ada")))
                        .isInstanceOfSatisfying(
                                EngineFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.READ_ONLY));
            } finally {
                scene.run(
                        "postgres",
                        "set default_transaction_read_only = off",
                        "alter database postgres reset default_transaction_read_only");
            }
            assertThat(scene.ask("postgres", "select rolname from pg_roles where rolname = 'ada'"))
                    .isEmpty();
        }
    }
}
