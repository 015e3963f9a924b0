package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Protection;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Wanted;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Planner;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// From whatever a server has to whatever is wanted: one plan, and then there is nothing left to plan.
class ConvergenceLawTest {

    private static final int WORLDS = 12;
    private static final ObjectRef.Table ORDERS = new ObjectRef.Table("sales", "orders");
    private static final List<Grant> GRANTS = List.of(
            grant(new ObjectRef.Database(), "CONNECT"),
            grant(new ObjectRef.Database(), "TEMPORARY"),
            grant(new ObjectRef.Schema("sales"), "USAGE"),
            grant(new ObjectRef.Schema("crm"), "USAGE"),
            grant(ORDERS, "SELECT"),
            grant(ORDERS, "UPDATE"),
            grant(ORDERS, "INSERT"),
            grant(new ObjectRef.EveryTable("sales"), "DELETE"),
            grant(new ObjectRef.Column("crm", "customers", "id"), "SELECT"),
            grant(new ObjectRef.Column("crm", "customers", "country"), "UPDATE"),
            grant(new ObjectRef.Sequence("sales", "invoice_numbers"), "USAGE"),
            grant(new ObjectRef.Function("sales", "order_total(bigint)"), "EXECUTE"),
            grant(new ObjectRef.Type("sales", "state"), "USAGE"));

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftToPlanAfterPerforming(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            PostgresEngine engine = new PostgresEngine();
            Random random = new Random(server.major());
            for (int world = 0; world < WORLDS; world++) {
                Desired desired = desired(scene, random);
                if (world % 3 == 2) {
                    meddle(scene, random);
                }
                try (EngineSession session = engine.open(scene.reach(), Purpose.CHANGE)) {
                    List<Step> steps = plan(session, desired).steps();
                    assertThat(world > 0 || !steps.isEmpty()).isTrue();
                    perform(session, steps);

                    assertThat(plan(session, desired).steps())
                            .as("world %s", world)
                            .isEmpty();
                }
            }
        }
    }

    private static Plan plan(EngineSession session, Desired desired) {
        return Planner.plan(desired, session.observe(Scope.WHOLE), Instant.now());
    }

    private static void perform(EngineSession session, List<Step> steps) {
        List<Outcome> outcomes = session.perform(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Failed(EngineFailure failure)) {
                throw new AssertionError(steps.get(i).label() + ": " + failure.getMessage() + " " + failure.code());
            }
            assertThat(outcomes.get(i)).as(steps.get(i).label()).isEqualTo(Outcome.DONE);
        }
    }

    // By hand, as the owner or as a superuser: on privileges, which keep their owner's name, and on standing.
    private static void meddle(Scene scene, Random random) throws SQLException {
        for (String role : scene.ask(
                "postgres",
                "select quote_ident(m.member::regrole::text) from pg_auth_members m"
                        + " where m.roleid = 'rolewright_role_marker'::regrole and not m.admin_option")) {
            String name = role.replaceAll("^\"+|\"+$", "");
            scene.run(
                    "orders",
                    "set role orders_owner",
                    random.nextBoolean()
                            ? "grant truncate on sales.orders to \"" + name + "\""
                            : "revoke all on sales.orders from \"" + name + "\"",
                    "reset role");
        }
        scene.run("orders", "alter table sales.orders no force row level security");
    }

    private static Desired desired(Scene scene, Random random) {
        Map<RoleName, RoleState> roles = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            if (random.nextInt(4) > 0) {
                RoleState role = role(i, random, roles.keySet());
                roles.put(role.name(), role);
            }
        }
        Map<LoginName, LoginState> logins = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextInt(4) > 0) {
                LoginName name = new LoginName("p" + i + (random.nextInt(5) == 0 ? "-é@x.org" : ""));
                Set<Membership> memberships = new HashSet<>();
                roles.keySet().stream()
                        .filter(_ -> random.nextBoolean())
                        .forEach(it -> memberships.add(Membership.of(it)));
                logins.put(name, LoginState.active(name, new PersonId(new UUID(5, i)), memberships));
            }
        }
        return Wanted.of(
                scene.target(),
                random.nextBoolean() ? Duration.ZERO : Duration.ofDays(30),
                new Protection(List.of("postgres")),
                Set.copyOf(logins.values()),
                Set.copyOf(roles.values()),
                Map.of());
    }

    private static RoleState role(int number, Random random, Set<RoleName> earlier) {
        Set<Grant> grants = new HashSet<>(GRANTS);
        grants.removeIf(_ -> random.nextBoolean());
        Set<Membership> includes = new HashSet<>();
        earlier.stream().filter(_ -> random.nextInt(3) == 0).forEach(it -> includes.add(Membership.of(it)));
        Set<DefaultGrant> defaults = random.nextBoolean()
                ? Set.of()
                : Set.of(DefaultGrant.of(
                        "orders",
                        new RoleName("orders_owner"),
                        "sales",
                        ObjectKind.TABLES,
                        new PrivilegeName("SELECT")));
        Set<RowPolicy> policies = random.nextInt(3) > 0
                ? Set.of()
                : Set.of(RowPolicy.of("orders", ORDERS, "region = '" + (random.nextBoolean() ? "EU" : "US") + "'"));
        return new RoleState(new RoleName("r" + number), Optional.empty(), includes, grants, defaults, policies);
    }

    private static Grant grant(ObjectRef object, String privilege) {
        return Grant.of("orders", object, new PrivilegeName(privilege));
    }
}
