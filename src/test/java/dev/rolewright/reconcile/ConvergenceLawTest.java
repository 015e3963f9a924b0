package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.Patience;
import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Needs;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Check;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import dev.rolewright.reach.Ways;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is pushed, changed by hand and killed, and however many work on it: a real server ends up with exactly
/// what is desired, and strangers as they were.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class ConvergenceLawTest {

    private static final Logger LOG = Logger.getLogger(ConvergenceLawTest.class);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);
    private static final int FEWEST_ROUNDS = 6;
    private static final String STRANGERS = """
            SELECT r::text FROM pg_roles r WHERE rolname LIKE 'app_%' OR rolname IN ('dba', 'orders_owner')
            UNION ALL SELECT m.roleid::regrole || ' ' || m.member::regrole || ' ' || m.grantor::regrole
                FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'app_%' OR r.rolname = 'dba'
            UNION ALL SELECT relname || ' ' || a::text FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
                WHERE r.rolname LIKE 'app_%'
            ORDER BY 1""";
    private static final String PRIVILEGES = """
            SELECT r.rolname || ' ' || a.privilege_type || ' ' || c.relname
                FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname ~ '^(orders_[rw]|p[0-9])'
            UNION ALL SELECT r.rolname || ' ' || a.privilege_type || ' column ' || t.attname
                FROM pg_attribute t, aclexplode(t.attacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname ~ '^(orders_[rw]|p[0-9])'
            UNION ALL SELECT r.rolname || ' ' || a.privilege_type || ' later'
                FROM pg_default_acl d, aclexplode(d.defaclacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname ~ '^(orders_[rw]|p[0-9])'
            UNION ALL SELECT r.rolname || ' setting ' || s.setconfig::text
                FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole WHERE r.rolname ~ '^(orders_[rw]|p[0-9])'""";
    private static final String MINE = "substring(shobj_description(r.oid, 'pg_authid') from 'person=([0-9a-f-]{36})')";

    @Inject
    Premises premises;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicInteger deaths = new AtomicInteger();
    private final List<PersonId> people = new ArrayList<>();
    private final Set<PersonId> active = new HashSet<>();
    private final Set<PersonId> analysts = new HashSet<>();
    private final Set<PersonId> desk = new HashSet<>();
    private TargetName target = new TargetName("orders");
    private Scene scene;
    private Reach reach;
    private Idp idp;
    private int sessions;
    private UUID analystsGroup;
    private UUID deskGroup;
    private ActiveContract contract;

    private void setTheScene(TestServers server) throws SQLException {
        scene = Scene.on(server);
        scene.run(
                "orders",
                "CREATE ROLE dba LOGIN",
                "CREATE ROLE app_shop LOGIN",
                "CREATE ROLE app_role NOLOGIN",
                "GRANT app_role TO app_shop",
                "GRANT USAGE ON SCHEMA sales TO app_role",
                "GRANT SELECT, INSERT ON sales.orders TO app_role",
                "COMMENT ON ROLE app_shop IS 'rolewright:other:person=1'");
        String tag = UUID.randomUUID().toString().substring(0, 8);
        target = new TargetName("orders-" + tag);
        reach = scene.reach();
        idp = premises.idp("idp-" + tag);
        analystsGroup = idp.founds("analysts-" + tag);
        deskGroup = idp.founds("desk-" + tag);
        Rig rig = rig(new Mortal(Integer.MAX_VALUE), Rig.LEASE);
        contract = rig.contract(1, """
                contract: 1
                environments: {test: {}}
                targets:
                  %2$s: {engine: postgresql, environment: test, databases: [orders], heir: orders_owner, drift: revert}
                roles:
                  orders_reader:
                    {kind: read-only, purpose: Reading, owner: us, target: %2$s,
                     grants: [{database: orders, schema: sales, tables: "*", privileges: [SELECT]}]}
                  orders_writer:
                    {kind: read-write, purpose: Correcting, owner: us, target: %2$s,
                     grants: [{database: orders, schema: sales, tables: [orders], privileges: [SELECT, UPDATE]}]}
                mappings:
                  - {name: analysts read, group: {displayName: analysts-%1$s}, roles: [orders_reader]}
                  - {name: the desk corrects, group: {displayName: desk-%1$s}, roles: [orders_writer]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                brakes: {removeLogins: "100%%", suspendLogins: "100%%", revokeMemberships: "100%%", atLeast: 1000}
                """.formatted(tag, target));
        for (int i = 0; i < 3; i++) { // who always stay, so that the directory is never empty
            idp.adds(analystsGroup, idp.hires("stays" + i));
        }
        rig.follow(contract);
        rig.settle(target);
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource
    void everythingEndsAsDesired(TestServers server) throws Exception {
        setTheScene(server);
        Connection app = scene.as("app_shop", "orders");
        List<String> strangers = scene.ask("orders", STRANGERS);
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        int rounds = 0;
        for (; rounds < FEWEST_ROUNDS || System.nanoTime() < end; rounds++) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                push();
            }
            if (random.nextInt(2) == 0) {
                changeByHand();
            }
            logIn();
            List<Thread> processes = new ArrayList<>();
            for (int i = random.nextInt(2); i >= 0; i--) {
                Rig mortal = rig(new Mortal(10 + random.nextInt(80)), Duration.ofMillis(150));
                processes.add(Thread.ofVirtual().start(() -> live(mortal)));
            }
            for (Thread process : processes) {
                process.join();
            }
            if (random.nextInt(3) == 0) {
                finish();
                assertAsDesired("seed " + seed + ", round " + rounds);
            }
        }
        finish();

        assertAsDesired("seed " + seed);
        assertThat(scene.ask("orders", STRANGERS)).as("seed " + seed).isEqualTo(strangers);
        assertThat(strangers).hasSizeGreaterThan(5);
        assertThat(Scene.ask(app, "SELECT count(*) FROM sales.orders"))
                .as("a stranger goes on")
                .containsExactly("3");
        assertThat(deaths.get()).as("deaths in %d rounds", rounds).isPositive();
        LOG.infof(
                "%s, seed %d: %d rounds, %d deaths, %d people, %d sessions",
                server, seed, rounds, deaths.get(), people.size(), sessions);
    }

    private void live(Rig process) {
        try {
            process.follow(contract);
            process.settle(target);
            process.prove(target);
        } catch (RuntimeException | Mortal.Death ended) {
            deaths.incrementAndGet(); // what it leaves is for the others
        }
    }

    private void finish() throws SQLException {
        Rig rig = rig(new Mortal(Integer.MAX_VALUE), Rig.LEASE);
        rig.follow(contract);
        long until = System.nanoTime() + Patience.LONG.toNanos();
        do {
            premises.run(
                    "UPDATE target_state SET not_before = NULL, whole_due = now() WHERE target = '" + target + "'");
            premises.run("UPDATE login SET due = now() WHERE NOT settled AND target = '" + target + "'");
            rig.alarm.pause(Duration.ofMillis(160));
            rig.settle(target);
        } while (premises.number("SELECT count(*) FROM login WHERE NOT settled AND target = '" + target + "'") > 0
                && System.nanoTime() < until);
        premises.run("UPDATE target_state SET whole_due = now() WHERE target = '" + target + "'");
        rig.settle(target);
        rig.prove(target);
    }

    private void assertAsDesired(String when) throws SQLException {
        Set<String> wanted = new TreeSet<>();
        for (PersonId person : people) {
            if (active.contains(person) && analysts.contains(person)) {
                wanted.add(person + " orders_reader");
            }
            if (active.contains(person) && desk.contains(person)) {
                wanted.add(person + " orders_writer");
            }
        }
        List<String> staying =
                scene.ask("orders", "SELECT rolname FROM pg_roles WHERE rolname LIKE 'stays%' AND rolcanlogin");
        assertThat(staying).as(when).hasSize(3);
        assertThat(scene.ask(
                        "orders", "SELECT " + MINE + " FROM pg_roles r WHERE r.rolname ~ '^p[0-9]' AND r.rolcanlogin"))
                .as(when + ": who has nothing to do here cannot log in")
                .containsExactlyInAnyOrderElementsOf(
                        wanted.stream().map(it -> it.split(" ")[0]).distinct().toList());
        assertThat(
                        scene.ask(
                                "orders",
                                "SELECT usename FROM pg_stat_activity JOIN pg_roles r ON r.oid = usesysid WHERE NOT r.rolcanlogin"))
                .as(when + ": who cannot log in has no session")
                .isEmpty();
        assertThat(scene.ask("orders", PRIVILEGES))
                .as(when)
                .containsExactlyInAnyOrder(
                        "orders_reader SELECT orders",
                        "orders_reader SELECT order_lines",
                        "orders_writer SELECT orders",
                        "orders_writer UPDATE orders");
        assertThat(new TreeSet<>(scene.ask(
                        "orders",
                        "SELECT " + MINE + " || ' ' || g.rolname FROM pg_auth_members m"
                                + " JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid"
                                + " WHERE r.rolcanlogin AND g.rolname LIKE 'orders_%' AND r.rolname LIKE 'p%'"
                                + (keepsGrantors() ? " AND m.inherit_option AND NOT m.set_option" : "")
                                + " AND NOT m.admin_option")))
                .as(when)
                .isEqualTo(wanted);
        assertThat(scene.ask(
                        "orders",
                        "SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid"
                                + " JOIN pg_roles g ON g.oid = m.roleid WHERE g.rolname LIKE 'orders_%'"
                                + " AND r.rolname LIKE 'p%' AND r.rolname NOT LIKE 'pg%' AND NOT r.rolcanlogin"))
                .as(when + ": who is suspended has nothing")
                .isEmpty();
        assertThat(premises.number("SELECT count(*) FROM receipt WHERE verdict IS NULL AND target = '" + target + "'"))
                .as(when + ": proofs are not owed for ever")
                .isZero();
    }

    private void push() {
        if (people.size() < 4 || random.nextInt(4) == 0) {
            PersonId person = idp.hires("p" + people.size());
            people.add(person);
            active.add(person);
            idp.adds(analystsGroup, person);
            analysts.add(person);
            return;
        }
        PersonId person = people.get(random.nextInt(people.size()));
        switch (random.nextInt(3)) {
            case 0 -> {
                if (active.remove(person)) {
                    idp.dismisses(person);
                } else {
                    idp.takesBack(person);
                    active.add(person);
                }
            }
            case 1 -> toggle(analystsGroup, analysts, person);
            default -> toggle(deskGroup, desk, person);
        }
    }

    private void toggle(UUID group, Set<PersonId> members, PersonId person) {
        if (members.remove(person)) {
            idp.removes(group, person);
        } else {
            idp.adds(group, person);
            members.add(person);
        }
    }

    /// What somebody with the right to it does; it may be about something that is not there.
    private void changeByHand() throws SQLException {
        String login = "p" + random.nextInt(Math.max(1, people.size()));
        String byUs = keepsGrantors() ? " GRANTED BY rolewright_grantor" : "";
        List<String> deeds = List.of(
                "ALTER ROLE " + login + " LOGIN",
                "ALTER ROLE " + login + " NOLOGIN",
                "DROP ROLE " + login,
                "GRANT orders_writer TO " + login + " WITH ADMIN OPTION" + byUs,
                "REVOKE orders_reader FROM " + login + byUs,
                "ALTER ROLE " + login + " SET search_path = 'evil'",
                "SET ROLE orders_owner; GRANT INSERT ON sales.orders TO " + login + "; RESET ROLE",
                "SET ROLE orders_owner; GRANT SELECT (country) ON crm.customers TO orders_writer; RESET ROLE",
                "ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner GRANT SELECT ON TABLES TO orders_reader",
                "SET ROLE orders_owner; GRANT DELETE ON sales.orders TO orders_reader; RESET ROLE",
                "SET ROLE orders_owner; REVOKE SELECT, UPDATE ON sales.orders FROM orders_writer; RESET ROLE");
        try {
            scene.run("orders", deeds.get(random.nextInt(deeds.size())));
        } catch (SQLException notThere) {
            assertThat(notThere.getSQLState()).as(notThere.getMessage()).isIn("42704", "2BP01");
            scene.run("orders", "RESET ROLE");
        }
    }

    /// Somebody works, if he may.
    private void logIn() {
        try {
            scene.as("p" + random.nextInt(Math.max(1, people.size())), "orders");
            sessions++;
        } catch (SQLException notLetIn) {
            assertThat(notLetIn.getSQLState()).as(notLetIn.getMessage()).isIn("42704", "28000", "XX000");
        }
    }

    private boolean keepsGrantors() {
        return scene.server().keepsGrantors();
    }

    private Rig rig(Mortal life, Duration lease) {
        Engine real = premises.postgresql();
        Engine mortal = new Engine() {
            @Override
            public String product() {
                return real.product();
            }

            @Override
            public String locking(LoginName login) {
                return real.locking(login);
            }

            @Override
            public boolean isInTheOpen(String url) {
                return real.isInTheOpen(url);
            }

            @Override
            public Optional<String> database(String url) {
                return real.database(url);
            }

            @Override
            public List<Check> check(Reach where, Optional<Needs> needs) {
                return real.check(where, needs);
            }

            @Override
            public EngineSession open(Reach where, Purpose purpose) {
                life.breathe();
                return new MortalSession(real.open(where, purpose), life);
            }
        };
        return new Rig(premises.site(mortal, Map.of(target.value(), Ways.at(reach))), life.line(premises.store), lease);
    }

    private record MortalSession(EngineSession real, Mortal life) implements EngineSession {

        @Override
        public Observed observe(Scope scope, Known known) {
            life.breathe();
            return real.observe(scope, known);
        }

        @Override
        public Map<Step, Origin> origins(Collection<Step> steps) {
            life.breathe();
            return real.origins(steps);
        }

        @Override
        public void expect(int logins) {
            real.expect(logins);
        }

        /// Some of it may be done when the end comes.
        @Override
        public List<Outcome> perform(List<Step> steps) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int from = 0; from < steps.size(); from += 3) {
                life.breathe();
                outcomes.addAll(real.perform(steps.subList(from, Math.min(steps.size(), from + 3))));
            }
            return outcomes;
        }

        @Override
        public Optional<String> made(PersonId person) {
            return real.made(person);
        }

        @Override
        public void announce(long pass) {
            life.breathe();
            real.announce(pass);
        }

        @Override
        public void remember(long pass) {
            life.breathe();
            real.remember(pass);
        }

        @Override
        public int entrust(Account account, ScramVerifier verifier, Instant until, Consumer<String> check) {
            life.breathe();
            return real.entrust(account, verifier, until, check);
        }

        @Override
        public Optional<Integer> withdraw(Account account, Instant end, Predicate<String> still) {
            life.breathe();
            return real.withdraw(account, end, still);
        }

        @Override
        public Attempt attempt(Account account) {
            life.breathe();
            return real.attempt(account);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
