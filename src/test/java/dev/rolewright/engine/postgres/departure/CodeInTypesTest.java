package dev.rolewright.engine.postgres.departure;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A leaver's tables whose code is in a type: the server runs it as the owner when it analyses the table, as it does by
/// itself.
class CodeInTypesTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));
    private static final String OWNERS = """
            select relname || ' ' || pg_get_userbyid(relowner) from pg_class
            where relnamespace = 'sales'::regnamespace and relkind in ('r', 'p') and relname like 't\\_%' order by 1""";

    @ParameterizedTest
    @EnumSource
    void theHeirRunsNoneOfIt(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            asAda(
                    scene,
                    "create table sales.trace (who text)",
                    "grant insert on sales.trace to public",
                    "create function sales.tell() returns boolean language plpgsql as"
                            + " 'begin insert into sales.trace values (current_user); return true; end'",
                    "create function sales.apart(a float8, b float8) returns float8 language plpgsql immutable as"
                            + " 'begin perform sales.tell(); return a - b; end'",
                    "create domain sales.sly as int check (sales.tell())",
                    "create domain sales.nested as sales.sly",
                    "create type sales.span as range (subtype = float8, subtype_diff = sales.apart)",
                    "create type sales.pair as (one sales.span, other int)",
                    "create table sales.t_index (id int)",
                    "insert into sales.t_index select generate_series(1, 50)",
                    "create index on sales.t_index ((id::sales.sly))",
                    "create table sales.t_range (span sales.span)",
                    "insert into sales.t_range select sales.span(n, n + 1) from generate_series(1, 50) n",
                    "create table sales.t_array (spans sales.span[])",
                    "create table sales.t_pair (pair sales.pair)",
                    "create table sales.t_nested (id sales.nested)",
                    "create table sales.t_statistics (id int)",
                    "insert into sales.t_statistics select generate_series(1, 50)",
                    "create statistics sales.odd on (id::sales.sly), (id + 1) from sales.t_statistics",
                    "create table sales.t_parts (id int) partition by range ((id::sales.sly))",
                    "create domain sales.short as text check (length(value) < 10)",
                    "create type sales.plain as range (subtype = int)",
                    "create type sales.mood as enum ('good', 'bad')",
                    "create table sales.t_data (id int, short sales.short, span sales.plain, moods sales.mood[])");

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            assertThat(scene.ask("orders", OWNERS))
                    .containsExactly(
                            "t_array rolewright_quarantine",
                            "t_data orders_owner",
                            "t_index rolewright_quarantine",
                            "t_nested rolewright_quarantine",
                            "t_pair rolewright_quarantine",
                            "t_parts rolewright_quarantine",
                            "t_range rolewright_quarantine",
                            "t_statistics rolewright_quarantine");
            for (String table : List.of("t_index", "t_range", "t_statistics")) {
                assertThatThrownBy(() -> scene.run("orders", "analyze sales." + table))
                        .as("run as somebody who may do nothing")
                        .hasMessageContaining("denied");
            }
        }
    }

    /// The server compares keys as the owner of the table that has them, and as the owner of the one that refers
    /// to it.
    @ParameterizedTest
    @EnumSource
    void whoRefersToATableRunsNothingAsTheHeir(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("eve"));
            asAda(
                    scene,
                    "create table sales.trace (who text)",
                    "grant insert on sales.trace to public",
                    "create type sales.sly as (id int)",
                    "create function sales.seem(it sales.sly) returns int language plpgsql as"
                            + " 'begin insert into sales.trace values (current_user); return it.id; end'",
                    "create cast (sales.sly as int) with function sales.seem(sales.sly) as implicit",
                    "create table sales.t_known (id int primary key)",
                    "insert into sales.t_known values (1)",
                    "create domain sales.over as sales.sly",
                    "create table sales.t_sly (id sales.over references sales.t_known)",
                    "grant insert on sales.t_sly to eve",
                    "create table sales.t_plain (id bigint references sales.t_known, parent int, primary key (id))",
                    "create table sales.t_other (id bigint references sales.t_plain)");
            scene.run("orders", "grant usage on schema sales to eve", "grant connect on database orders to eve");

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));
            Connection eve = scene.as("eve", "orders");
            assertThatThrownBy(() -> Scene.ask(eve, "insert into sales.t_sly values (row(1)::sales.sly) returning 1"))
                    .hasMessageContaining("denied");
            assertThat(scene.ask("orders", OWNERS))
                    .containsExactly(
                            "t_known rolewright_quarantine",
                            "t_other orders_owner",
                            "t_plain orders_owner",
                            "t_sly rolewright_quarantine");
        }
    }

    /// What a leaver let others do to his table is not what they may do to the heir's.
    @ParameterizedTest
    @EnumSource
    void nobodyPutsCodeOnWhatTheHeirOwns(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("eve"), create("bob"));
            asAda(
                    scene,
                    "create table sales.t_open (id int primary key)",
                    "grant all on sales.t_open to eve with grant option",
                    "create table sales.t_column (id int primary key, other int)",
                    "grant references (id), select on sales.t_column to eve",
                    "grant trigger on sales.t_column to public");
            scene.run(
                    "orders",
                    "grant usage, create on schema sales to eve",
                    "grant connect on database orders to eve",
                    "create function sales.any() returns trigger language plpgsql as 'begin return new; end'");
            Connection eve = scene.as("eve", "orders");
            try (var statement = eve.createStatement()) {
                statement.execute("grant all on sales.t_open to bob");
            }

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            for (String code : List.of(
                    "create trigger odd before insert on sales.t_open for each row execute function sales.any()",
                    "create trigger odd before insert on sales.t_column for each row execute function sales.any()",
                    "create table sales.referring (id int references sales.t_open)",
                    "create table sales.referring (id int references sales.t_column)")) {
                assertThatThrownBy(() -> Scene.ask(eve, code)).as(code).hasMessageContaining("denied");
            }
            assertThat(scene.ask("orders", OWNERS)).containsExactly("t_column orders_owner", "t_open orders_owner");
            assertThat(scene.ask(
                            "orders",
                            "select has_table_privilege('eve', 'sales.t_open', 'SELECT, UPDATE')"
                                    + " and has_table_privilege('eve', 'sales.t_column', 'SELECT')"
                                    + " and has_table_privilege('bob', 'sales.t_open', 'SELECT')"
                                    + " and not has_table_privilege('bob', 'sales.t_open', 'TRIGGER')"
                                    + " and has_table_privilege('orders_owner', 'sales.t_open', 'TRIGGER')"))
                    .containsExactly("t");
        }
    }

    private static void asAda(Scene scene, String... statements) throws SQLException {
        scene.run("orders", "set role orders_owner", "grant create, usage on schema sales to ada", "reset role");
        Connection ada = scene.as("ada", "orders");
        for (String sql : List.of(statements)) {
            try (var statement = ada.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
