package dev.rolewright.plan;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Protection;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Standing;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.model.Wanted;
import dev.rolewright.plan.Inventory.RowSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A target as nobody would leave it: wrong memberships, rows of other grantors, stale and doubled logins,
/// exchanged names, damaged policies, names that strangers have; and a wish that has little to do with it.
final class GeneratedWorld {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final Protection PROTECTION = new Protection(List.of("postgres", "APP_*", "l11"));
    static final Set<RoleName> OWN = Set.of(new RoleName("connector"), new RoleName("l10"));
    static final Set<String> STRANGERS = Set.of("postgres", "app_web", "owner", "heir", "l9", "r7", "dba");

    private static final List<String> DATABASES = List.of("shop", "stock");
    private static final List<String> SCHEMAS = List.of("sales", "crm");
    private static final List<String> TABLES = List.of("a", "b", "c");
    private static final List<PrivilegeName> PRIVILEGES =
            List.of(PrivilegeName.SELECT, PrivilegeName.INSERT, PrivilegeName.UPDATE, new PrivilegeName("TRUNCATE"));

    private final Random random;

    GeneratedWorld(long seed) {
        random = new Random(seed);
    }

    /// Every wish names what exists and what does not.
    Desired desired() {
        List<LoginState> logins = new ArrayList<>();
        List<String> names = shuffled(names("l", 14));
        for (PersonId person : people()) {
            LoginName name = new LoginName(names.removeFirst());
            if (PROTECTION.covers(name) || random.nextInt(4) == 0) {
                continue;
            }
            logins.add(
                    random.nextInt(4) == 0
                            ? LoginState.suspended(name, person, Optional.empty())
                            : LoginState.active(
                                    name,
                                    person,
                                    some(names("r", 8)).stream()
                                            .map(role -> Membership.of(new RoleName(role)))
                                            .collect(Collectors.toSet())));
        }
        Set<RoleState> roles =
                some(names("r", 8)).stream().map(this::wantedRole).collect(Collectors.toSet());
        Map<Item, List<Reason>> reasons = new HashMap<>();
        logins.forEach(login -> login.memberships()
                .forEach(it -> reasons.put(
                        new Item.Member(login.name(), it.role()),
                        List.of(new Reason.Mapped(login.person(), List.of("team"), "rule", it.role(), "3")))));
        return Wanted.of(target(), Duration.ofDays(30), PROTECTION, Set.copyOf(logins), roles, reasons);
    }

    Observed observed() {
        Map<LoginName, SeenLogin> logins = new LinkedHashMap<>();
        List<PersonId> people = people();
        List<String> there = some(names("r", 8)).stream()
                .filter(name -> !STRANGERS.contains(name))
                .toList();
        Map<RoleName, RoleState> roles = there.stream()
                .map(name -> seenRole(name, there))
                .collect(Collectors.toMap(RoleState::name, role -> role));
        List<String> joined =
                Stream.concat(Stream.of("dba", "connector"), there.stream()).toList();
        int id = 100;
        for (String name : some(names("l", 12))) {
            if (!STRANGERS.contains(name) && !OWN.contains(new RoleName(name))) {
                PersonId person = people.get(random.nextInt(people.size()));
                logins.put(new LoginName(name), seen(new LoginName(name), person, id++, joined));
            }
        }
        return new Observed(
                new Server("MadeUp 1", "7", OWN, Set.of(new RoleName("pg_read_all_data")), random.nextBoolean()),
                Scope.WHOLE,
                logins,
                roles.keySet(),
                roles,
                inventory(roles),
                new Strangers(Set.of(), 2, STRANGERS),
                extras(logins, roles),
                List.of(new Notice(Notice.Kind.OPEN_TO_EVERYBODY, "everybody may connect", Optional.of("REVOKE …"))));
    }

    private Extras extras(Map<LoginName, SeenLogin> logins, Map<RoleName, RoleState> roles) {
        Map<LoginName, Set<Extra>> ofLogins = new HashMap<>();
        some(List.copyOf(logins.keySet()))
                .forEach(login -> ofLogins.put(
                        login,
                        Set.of(
                                new Extra.Attribute(Extra.Attribute.Kind.CREATEDB),
                                new Extra.Setting(Optional.empty(), "search_path"))));
        Map<RoleName, Set<Extra.OfServer>> ofRoles = new HashMap<>();
        some(List.copyOf(roles.keySet()))
                .forEach(role -> ofRoles.put(role, Set.of(new Extra.Attribute(Extra.Attribute.Kind.LOGIN))));
        return new Extras(ofLogins, ofRoles);
    }

    Drift.Asked asked() {
        return new Drift.Asked(random.nextBoolean(), Set.copyOf(some(people())));
    }

    /// The same, handed over in another order.
    Desired shuffled(Desired desired) {
        return new Desired(
                desired.target(),
                desired.grace(),
                desired.passwords(),
                desired.protection(),
                shuffled(desired.logins()),
                shuffled(desired.roles()),
                desired.reasons());
    }

    Observed shuffled(Observed observed) {
        return new Observed(
                observed.server(),
                observed.scope(),
                shuffled(observed.logins()),
                observed.contractRoles(),
                shuffled(observed.roles()),
                observed.inventory(),
                observed.strangers(),
                new Extras(
                        shuffled(observed.extras().logins()),
                        shuffled(observed.extras().roles())),
                observed.notices());
    }

    private <K, V> Map<K, V> shuffled(Map<K, V> map) {
        Map<K, V> other = new LinkedHashMap<>();
        List<K> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        keys.forEach(key -> other.put(key, map.get(key)));
        return other;
    }

    private static Target target() {
        return new Target(
                new TargetName("shop"),
                "made-up",
                "production",
                Set.copyOf(DATABASES),
                Optional.of(new RoleName("heir")),
                Target.Drift.REVERT);
    }

    private RoleState wantedRole(String name) {
        Set<Grant> grants = new HashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            grants.add(Grant.of(database(true), object(true), privilege()));
        }
        Set<RowPolicy> policies = new HashSet<>();
        for (int i = random.nextInt(5) - 2; i > 0; i--) {
            policies.add(RowPolicy.of(database(true), table(true), condition()));
        }
        Set<DefaultGrant> defaults = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            defaults.add(DefaultGrant.of(
                    database(true), creator(), "sales", ObjectKind.values()[random.nextInt(3)], privilege()));
        }
        Set<Membership> includes = some(List.of("r1", "r2", "r3", "r7", "pg_read_all_data", "dba")).stream()
                .filter(it -> random.nextInt(3) == 0 && !it.equals(name))
                .map(it -> Membership.of(new RoleName(it)))
                .collect(Collectors.toSet());
        return new RoleState(new RoleName(name), Optional.empty(), includes, grants, defaults, policies);
    }

    private RoleState seenRole(String name, List<String> there) {
        Map<List<Object>, Grant> grants = new HashMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            Grant grant = new Grant(database(false), object(false), privilege(), random.nextInt(4) == 0, grantor());
            grants.put(List.of(grant.database(), grant.object(), grant.privilege(), grant.grantor()), grant);
        }
        Map<List<Object>, RowPolicy> policies = new HashMap<>();
        for (int i = random.nextInt(5) - 2; i > 0; i--) {
            RowPolicy policy = new RowPolicy(
                    database(false), table(false), RowPolicy.Command.values()[1 + random.nextInt(4)], condition());
            policies.put(List.of(policy.database(), policy.table(), policy.command()), policy);
        }
        Map<List<Object>, DefaultGrant> defaults = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            DefaultGrant grant = new DefaultGrant(
                    database(false),
                    creator(),
                    random.nextBoolean() ? Optional.of("sales") : Optional.empty(),
                    ObjectKind.values()[random.nextInt(3)],
                    privilege(),
                    random.nextInt(4) == 0);
            defaults.put(
                    List.of(grant.database(), grant.creator(), grant.schema(), grant.kind(), grant.privilege()), grant);
        }
        Set<Membership> includes = memberships(
                        Stream.concat(Stream.of("dba"), there.stream()).toList())
                .stream()
                .filter(it -> !it.role().value().equals(name))
                .collect(Collectors.toSet());
        return new RoleState(
                new RoleName(name),
                Optional.empty(),
                includes,
                Set.copyOf(grants.values()),
                Set.copyOf(defaults.values()),
                Set.copyOf(policies.values()));
    }

    private SeenLogin seen(LoginName name, PersonId person, int id, List<String> roles) {
        boolean active = random.nextInt(3) > 0;
        Optional<Instant> since = active || random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(NOW.minus(Duration.ofDays(random.nextInt(60))));
        Belongings belongings = active || random.nextBoolean()
                ? Belongings.NONE
                : new Belongings(
                        random.nextInt(3), 0, random.nextInt(3) == 0 ? List.of("it owns a subscription") : List.of());
        return new SeenLogin(
                new LoginState(name, person, active ? Standing.ACTIVE : Standing.SUSPENDED, since, memberships(roles)),
                "" + id,
                random.nextInt(5) > 0,
                random.nextInt(3),
                belongings);
    }

    private Set<Membership> memberships(List<String> roles) {
        Map<List<Object>, Membership> rows = new HashMap<>();
        for (String role : some(roles)) {
            Membership row = random.nextBoolean()
                    ? Membership.of(new RoleName(role))
                    : new Membership(
                            new RoleName(role),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            grantor());
            rows.put(List.of(row.role(), row.grantor()), row);
        }
        return Set.copyOf(rows.values());
    }

    private Inventory inventory(Map<RoleName, RoleState> roles) {
        Map<String, Set<ObjectRef>> objects = new HashMap<>();
        Map<String, Map<Table, RowSecurity>> rows = new HashMap<>();
        for (String database : DATABASES) {
            Set<ObjectRef> things = new HashSet<>();
            for (String schema : SCHEMAS) {
                things.add(new ObjectRef.Schema(schema));
                TABLES.forEach(table -> things.add(new Table(schema, table)));
                things.add(new ObjectRef.Sequence(schema, "ids"));
                things.add(new ObjectRef.Function(schema, "total(bigint)"));
            }
            objects.put(database, things);
            Map<Table, RowSecurity> limited = new HashMap<>();
            for (ObjectRef thing : things) {
                if (thing instanceof Table table) {
                    boolean needed = roles.values().stream()
                            .flatMap(role -> role.policies().stream())
                            .anyMatch(it ->
                                    it.database().equals(database) && it.table().equals(table));
                    if (needed || random.nextInt(5) == 0) {
                        limited.put(table, random.nextInt(4) == 0 ? RowSecurity.FOREIGN : RowSecurity.OURS);
                    }
                }
            }
            rows.put(database, limited);
        }
        return new Inventory(objects, rows, Map.of(), Set.of());
    }

    private ObjectRef object(boolean wanted) {
        return switch (random.nextInt(wanted ? 8 : 5)) {
            case 0 -> new ObjectRef.Database();
            case 1 -> new ObjectRef.Schema(pick(SCHEMAS));
            case 2 -> table(wanted);
            case 3 -> new ObjectRef.Column(pick(SCHEMAS), pick(TABLES), pick(List.of("x", "y")));
            case 4 -> new ObjectRef.Function(pick(SCHEMAS), "total(bigint)");
            case 5 -> new ObjectRef.EveryTable(pick(SCHEMAS));
            case 6 -> new ObjectRef.EverySequence(pick(SCHEMAS));
            default -> new ObjectRef.EveryFunction(wanted && random.nextInt(5) == 0 ? "gone" : pick(SCHEMAS));
        };
    }

    private Table table(boolean wanted) {
        return new Table(pick(SCHEMAS), wanted && random.nextInt(8) == 0 ? "gone" : pick(TABLES));
    }

    private String database(boolean wanted) {
        return wanted && random.nextInt(12) == 0 ? "elsewhere" : pick(DATABASES);
    }

    private RoleName creator() {
        return new RoleName(pick(List.of("owner", "owner", "nobody-made-it")));
    }

    private String condition() {
        return pick(List.of("region = 'EU'", "region = 'US'", "true"));
    }

    private PrivilegeName privilege() {
        return pick(PRIVILEGES);
    }

    private Grantor grantor() {
        return random.nextInt(3) == 0 ? new Grantor.Other(new RoleName("dba")) : Grantor.OURS;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> List<T> some(List<T> all) {
        return shuffled(all).subList(0, random.nextInt(all.size() + 1));
    }

    private <T> List<T> shuffled(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }

    private static List<PersonId> people() {
        return IntStream.range(0, 12)
                .mapToObj(i -> new PersonId(new UUID(i * 0x1111_0000_0000L, i)))
                .toList();
    }

    private static List<String> names(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).toList();
    }
}
