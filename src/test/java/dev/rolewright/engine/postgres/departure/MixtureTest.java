package dev.rolewright.engine.postgres.departure;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Two leavers in one quarantine: the code of one never reads what the other left.
class MixtureTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));

    @ParameterizedTest
    @CsvSource({"V14, ada, bob", "V14, bob, ada", "V16, ada, bob", "V18, ada, bob", "V18, bob, ada"})
    void oneLeaversCodeDoesNotReadAnothersTable(TestServers server, String first, String second) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("bob"), create("eve"));
            leave(scene, "ada", "bob");
            Connection eve = scene.as("eve", "orders");
            assertThatThrownBy(() -> Scene.ask(eve, "select own.peek()")).hasMessageContaining("denied");

            acts.done(drop(acts, first));
            Outcome outcome = acts.perform(drop(acts, second)).getFirst();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure())
                                    .satisfies(why -> assertThat(why.kind()).isEqualTo(Kind.UNSAFE))
                                    .extracting(EngineFailure::sentence)
                                    .asString()
                                    .contains("in orders role rolewright_quarantine holds what somebody else left"));
            assertThatThrownBy(() -> Scene.ask(eve, "select own.peek()")).hasMessageContaining("denied");
            assertThat(acts.seen(second).login().value()).isEqualTo(second);

            scene.run(
                    "orders",
                    first.equals("bob")
                            ? "alter table own.secret owner to orders_owner"
                            : "alter function own.peek() owner to orders_owner");
            acts.done(drop(acts, second));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatIsOnesOwnStaysTogetherAndCodeMeetsCode(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"), create("bob"), create("eve"));
            leave(scene, "ada", "ada");
            acts.done(drop(acts, "ada"));
            scene.run(
                    "orders",
                    "drop table own.secret",
                    "create function own.other() returns int language sql security definer as 'select 1'",
                    "alter function own.other() owner to bob");

            acts.done(drop(acts, "bob"));

            assertThat(scene.ask(
                            "orders",
                            "select proname from pg_proc where proowner = 'rolewright_quarantine'::regrole"
                                    + " order by 1"))
                    .containsExactly("other", "peek");
        }
    }

    /// More code than is handed over at once, and data that somebody holds for a moment.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aDropThatIsCutOffIsMadeGoodByTheNext(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            leave(scene, "ada", "ada");
            scene.run(
                    "orders",
                    "do $$ begin for i in 1..1100 loop"
                            + " execute format('create function own.f%s() returns int language sql as ''select 1''', i);"
                            + " execute format('alter function own.f%s() owner to ada', i); end loop; end $$",
                    "create table own.data (id int)",
                    "alter table own.data owner to ada");
            Step drop = drop(acts, "ada");
            try (Connection reader = scene.server().administrator("orders")) {
                reader.setAutoCommit(false);
                Scene.ask(reader, "select count(*) from own.data");
                assertThat(acts.failed(drop).kind()).isEqualTo(Kind.BUSY);
                reader.rollback();
            }

            acts.done(drop);

            assertThat(scene.ask("orders", "select relowner::regrole::text from pg_class where relname = 'data'"))
                    .containsExactly("orders_owner");
        }
    }

    /// A function that reads a table, and the table, which has code of its own.
    private static void leave(Scene scene, String code, String table) throws SQLException {
        scene.run(
                "orders",
                "create schema own authorization orders_owner",
                "grant usage on schema own to public",
                "create table own.secret (id int)",
                "insert into own.secret values (42)",
                "create function own.noop() returns trigger language plpgsql as 'begin return new; end'",
                "create trigger t before insert on own.secret for each row execute function own.noop()",
                "alter table own.secret owner to " + table,
                "create function own.peek() returns bigint language plpgsql security definer"
                        + " as 'begin return (select sum(id) from own.secret); end'",
                "alter function own.peek() owner to " + code,
                "grant connect on database orders to public");
    }

    private static Step drop(Acts acts, String name) throws SQLException {
        return new Step.DropLogin(acts.seen(name), Optional.empty(), HEIR);
    }
}
