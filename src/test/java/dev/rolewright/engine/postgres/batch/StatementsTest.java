package dev.rolewright.engine.postgres.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.connection.IdleConnections;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many statements are one message, and still each of them is what it says and what becomes of it is told.
class StatementsTest {

    private static final RoleName NOBODY = new RoleName("nobody");
    private static final int MANY = 600;

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void tellsWhichPiecesMayHaveFailed(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Connection connection = begin(scene);
            List<Piece> pieces = new ArrayList<>(IntStream.range(0, MANY)
                    .mapToObj(i -> Piece.of("insert into sales.told values (" + i + ")"))
                    .toList());
            pieces.set(MANY - 100, Piece.of("insert into sales.told values (1 / 0)"));

            assertThatThrownBy(() -> Statements.run(connection, NOBODY, pieces, true))
                    .isInstanceOfSatisfying(Statements.Broken.class, broken -> {
                        assertThat(broken.why.getSQLState()).isEqualTo("22012");
                        assertThat(broken.from).isPositive();
                        assertThat(MANY - 100).isBetween(broken.from, broken.to - 1);
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aWarningAmongManyFails(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Connection connection = begin(scene);
            Scene.ask(connection, "select set_config('role', 'somebody', true)");
            for (String nothing :
                    List.of("grant select on sales.told to nobody", "revoke select on sales.told from nobody")) {
                List<Piece> pieces =
                        List.of(Piece.of("select 1"), Piece.of(nothing), Piece.of("select count(*) from sales.told"));

                assertThatThrownBy(() -> Statements.run(connection, NOBODY, pieces, true))
                        .as(nothing)
                        .isInstanceOfSatisfying(
                                Statements.Broken.class,
                                broken -> assertThat(broken.why.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void saysWhatIsWritten(TestServers server) throws SQLException, Statements.Broken {
        try (Scene scene = Scene.on(server)) {
            Connection connection = begin(scene);
            String odd = "a;b?c{d}'e\"f\\g$$h:i--j /*k\nl";
            List<Piece> pieces = List.of(
                    Piece.of("create temporary table mine (number int)").by(Optional.of(new RoleName("somebody"))),
                    Piece.of("comment on table pg_temp.mine is " + Quoting.text(odd)));

            Statements.run(connection, new RoleName("somebody"), pieces, true);

            assertThat(Scene.ask(
                            connection, "select obj_description(oid, 'pg_class') from pg_class where relname = 'mine'"))
                    .containsExactly(odd);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aServerThatIsSlowIsNotTakenForDead(TestServers server) throws SQLException, Statements.Broken {
        try (Scene scene = Scene.on(server)) {
            Connection connection = begin(scene);
            connection.setNetworkTimeout(Runnable::run, 1_000);
            List<Piece> pieces = IntStream.range(0, 100)
                    .mapToObj(i -> Piece.of("insert into sales.told select " + i + " from pg_sleep(0.02)"))
                    .toList();

            Statements.run(connection, NOBODY, pieces, true);

            assertThat(Scene.ask(connection, "select count(*) from sales.told")).containsExactly("100");
        }
    }

    /// In a transaction of our own login, which may become somebody, with a table that they may only read.
    private static Connection begin(Scene scene) throws SQLException {
        scene.run("postgres", "create role nobody", "create role somebody", "grant somebody to " + Scene.CONNECTOR);
        scene.run("orders", "create table sales.told (number int)");
        scene.run("orders", "grant usage on schema sales to somebody, " + Scene.CONNECTOR);
        scene.run("orders", "grant select on sales.told to somebody");
        scene.run("orders", "grant select, insert on sales.told to " + Scene.CONNECTOR);
        Connection connection = new Connections(scene.reach(), Purpose.CHANGE, new IdleConnections()).to("orders");
        connection.setAutoCommit(false);
        return connection;
    }
}
