package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two installations of ours keep logins on one server, of the same people.
class TwoInstallationsTest {

    private static final PersonId ADA = Acts.person("ada");
    private static final String OTHER = "second";

    @ParameterizedTest
    @EnumSource
    void neitherTouchesWhatIsTheOthers(TestServers server) throws SQLException {
        try (Scene scene = scene(server)) {
            Reach one = scene.reach();
            Reach other = other(one);
            perform(one, create("ada"), new Step.CreateRole(new RoleName("reader")));
            perform(other, create("ada2"), new Step.CreateRole(new RoleName("reader2")));
            Account theirs = new Account(new LoginName("ada2"), ADA, Optional.of(new Acts(scene).id("ada2")));

            Observed mine = observe(one);
            assertThat(mine.logins().keySet()).containsExactly(new LoginName("ada"));
            assertThat(mine.contractRoles()).containsExactly(new RoleName("reader"));
            assertThat(mine.strangers().names()).contains("ada2", "reader2");
            assertThat(mine.notices())
                    .as("a well prepared neighbour is nothing that a human has to mend")
                    .noneMatch(notice -> notice.sentence().contains("2"))
                    .noneMatch(notice -> notice.sentence().contains(OTHER));
            Observed others = observe(other);
            assertThat(others.logins().keySet()).containsExactly(new LoginName("ada2"));
            assertThat(others.contractRoles()).containsExactly(new RoleName("reader2"));

            List<String> before = state(scene);
            for (Step step : List.<Step>of(
                    new Step.SuspendLogin(theirs, Optional.empty()),
                    new Step.EndSessions(theirs),
                    new Step.RenameLogin(theirs, new LoginName("mine")),
                    new Step.DropLogin(theirs, Optional.empty(), Optional.empty()),
                    new Step.Join(theirs, Membership.of(new RoleName("reader"))),
                    new Step.Join(
                            new Account(new LoginName("ada"), ADA, Optional.empty()),
                            Membership.of(new RoleName("reader2"))),
                    create("ada2"),
                    new Step.CreateRole(new RoleName("reader2")),
                    new Step.DropRole(new RoleName("reader2")))) {
                assertThat(outcomes(one, List.of(step)).getFirst())
                        .as(step.toString())
                        .isInstanceOf(Outcome.Failed.class);
            }
            assertThat(state(scene)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void bothWorkAtOnce(TestServers server) throws Exception {
        try (Scene scene = scene(server)) {
            Reach one = scene.reach();
            Reach other = other(one);
            List<Callable<List<Outcome>>> works = new ArrayList<>();
            // One after the other for each of them: who comes second for the same target ends who came first.
            works.add(() -> rounds(one, "one"));
            works.add(() -> rounds(other, "other"));
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (Future<List<Outcome>> work : threads.invokeAll(works)) {
                    assertThat(work.get()).hasSize(100).containsOnly(Outcome.DONE);
                }
            }

            assertThat(observe(one).logins().keySet())
                    .hasSize(100)
                    .allMatch(name -> name.value().startsWith("one"));
            assertThat(observe(other).logins().keySet())
                    .hasSize(100)
                    .allMatch(name -> name.value().startsWith("other"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void aNameThatLeadsToTheRolesOfAnotherIsRefused(TestServers server) throws SQLException {
        try (Scene scene = scene(server)) {
            for (String name : List.of("rolewright_role", "rolewright_keeper_0")) {
                assertThatThrownBy(() -> new PostgresEngine().open(named(scene.reach(), name), Purpose.LOOK))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static List<Outcome> rounds(Reach reach, String name) {
        return IntStream.range(0, 5)
                .mapToObj(round -> outcomes(reach, logins(name, round)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Step> logins(String name, int round) {
        return IntStream.range(0, 20)
                .<Step>mapToObj(i -> {
                    String login = name + round + "_" + i;
                    return new Step.CreateLogin(
                            new Account(new LoginName(login), Acts.person(login), Optional.empty()), Optional.empty());
                })
                .toList();
    }

    private static List<String> state(Scene scene) throws SQLException {
        return scene.ask(
                "postgres",
                "select r.rolname || r.rolcanlogin || coalesce(shobj_description(r.oid, 'pg_authid'), '')"
                        + " || (select string_agg(m.roleid::regrole || '', ',' order by m.roleid) from pg_auth_members m"
                        + " where m.member = r.oid)"
                        + " from pg_roles r where r.rolname ~ '2$|^second' order by 1");
    }

    private static Scene scene(TestServers server) throws SQLException {
        Scene scene = Scene.on(server);
        scene.prepare("orders", "orders_owner", OTHER);
        return scene;
    }

    private static Step create(String login) {
        return new Step.CreateLogin(new Account(new LoginName(login), ADA, Optional.empty()), Optional.empty());
    }

    private static Reach other(Reach reach) {
        return named(reach, OTHER);
    }

    private static Reach named(Reach reach, String installation) {
        return new Reach(reach.target(), reach.url(), reach.user(), reach.password(), installation, reach.patience());
    }

    private static void perform(Reach reach, Step... steps) {
        for (Outcome outcome : outcomes(reach, List.of(steps))) {
            if (outcome instanceof Outcome.Failed(EngineFailure failure)) {
                throw failure;
            }
        }
    }

    private static List<Outcome> outcomes(Reach reach, List<Step> steps) {
        try (EngineSession session = new PostgresEngine().open(reach, Purpose.CHANGE)) {
            return session.perform(steps);
        }
    }

    private static Observed observe(Reach reach) {
        try (EngineSession session = new PostgresEngine().open(reach, Purpose.LOOK)) {
            return session.observe(Scope.WHOLE);
        }
    }
}
