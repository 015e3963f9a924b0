package dev.rolewright.engine.postgres.departure;

import static dev.rolewright.engine.postgres.Acts.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Leavers who own very much, or what nobody else can take over: dropped, or kept and locked out.
class LargeEstateTest {

    private static final Optional<RoleName> HEIR = Optional.of(new RoleName("orders_owner"));

    /// What an administrator has to hand over or drop, and how a human is told of it.
    private enum Obstacle {
        EVENT_TRIGGER(
                "event trigger",
                "create function public.seen() returns event_trigger language plpgsql as 'begin end'",
                "create event trigger watch on ddl_command_end execute function public.seen()"),
        PUBLICATION(
                "publication",
                "create table public.published (id int)",
                "create publication news for table public.published"),
        SUBSCRIPTION(
                "subscription",
                "create subscription feed connection 'host=nowhere dbname=x password=x' publication news"
                        + " with (connect = false, slot_name = none)"),
        FOREIGN_SERVER(
                "foreign-data wrapper",
                "create foreign data wrapper far",
                "create server away foreign data wrapper far"),
        USER_MAPPING(
                "user mapping",
                "reset session authorization",
                "create foreign data wrapper far",
                "create server away foreign data wrapper far",
                "create user mapping for ada server away"),
        EXTENSION("extension", "create extension hstore"),
        DATABASE("database", "reset session authorization", "create database adas owner ada");

        private final String word;
        private final String statements;

        Obstacle(String word, String... statements) {
            this.word = word;
            this.statements = String.join(";", statements);
        }
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void whatNobodyElseCanTakeOverKeepsALeaverSuspended(TestServers server, Obstacle obstacle) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            scene.run("orders", "create table public.data (id int)", "alter table public.data owner to ada");
            scene.run("postgres", "alter role ada superuser");
            try {
                scene.run("orders", "set session authorization ada");
                scene.run("orders", obstacle.statements.split(";"));
            } finally {
                scene.run("orders", "reset session authorization");
            }
            scene.run("postgres", "alter role ada nosuperuser");

            EngineFailure failure = acts.failed(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            assertThat(failure.kind()).isEqualTo(Kind.UNSAFE);
            assertThat(failure.sentence()).contains("stays suspended", obstacle.word);
            assertThat(scene.ask("postgres", "select rolcanlogin from pg_roles where rolname = 'ada'"))
                    .containsExactly("f");
            assertThat(scene.ask("orders", "select relowner::regrole::text from pg_class where relname = 'data'"))
                    .containsExactly("ada");
            assertThat(scene.observe(Scope.WHOLE)
                            .logins()
                            .get(new LoginName("ada"))
                            .belongings()
                            .obstacles())
                    .anyMatch(sentence -> sentence.contains(obstacle.word));
        }
    }

    /// Every index of a table is locked with it: these take twice the room that a server has for locks.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aThousandTablesWithManyIndexesAreHandedOver(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.run(
                    "postgres", "CREATE DATABASE crm OWNER orders_owner", "GRANT CONNECT ON DATABASE crm TO connector");
            Acts acts = new Acts(scene);
            acts.done(create("ada"));
            scene.run("orders", "create schema hers authorization ada");
            scene.run("crm", "create schema hers authorization ada");
            for (int from = 0; from < 1_100; from += 50) {
                scene.run(
                        "orders",
                        many(
                                from,
                                50,
                                "execute format('create table hers.t%s (a int primary key, b text)', i); for j in 1..14 loop"
                                        + " execute format('create index on hers.t%s (a)', i); end loop;"
                                        + " execute format('alter table hers.t%s owner to ada', i);"));
            }
            scene.run(
                    "crm",
                    many(
                            0,
                            1_500,
                            "execute format('create function hers.f%s() returns int language sql as ''select 1''', i);"
                                    + " execute format('alter function hers.f%s() owner to ada', i);"));
            scene.run("crm", many(0, 1_200, "execute format('alter large object %s owner to ada', lo_create(0));"));
            scene.run(
                    "orders",
                    "alter default privileges for role ada in schema hers grant select on tables to public",
                    "create policy hers on sales.orders to ada using (true)");

            acts.done(new Step.DropLogin(acts.seen("ada"), Optional.empty(), HEIR));

            assertThat(scene.ask("postgres", "select 1 from pg_roles where rolname = 'ada'"))
                    .isEmpty();
            assertThat(scene.ask(
                            "orders",
                            "select relowner::regrole || ' ' || count(*) from pg_class"
                                    + " where relnamespace = 'hers'::regnamespace and relkind = 'r' group by relowner"))
                    .containsExactly("orders_owner 1100");
            assertThat(scene.ask(
                            "crm",
                            "select proowner::regrole || ' ' || count(*) from pg_proc"
                                    + " where pronamespace = 'hers'::regnamespace group by proowner"))
                    .containsExactly("rolewright_quarantine 1500");
            assertThat(scene.ask(
                            "postgres",
                            "select 1 from pg_shdepend where refobjid not in (select oid from pg_roles)"
                                    + " and refclassid = 'pg_authid'::regclass"))
                    .isEmpty();
        }
    }

    private static String many(int from, int number, String body) {
        return "do $$ begin for i in " + (from + 1) + ".." + (from + number) + " loop " + body + " end loop; end $$";
    }

    static Stream<Arguments> obstacles() {
        return Stream.of(TestServers.V14, TestServers.V18)
                .flatMap(server -> Stream.of(Obstacle.values()).map(obstacle -> Arguments.of(server, obstacle)));
    }
}
