package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Fence;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.Reasons;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.TargetName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One derivation under way: those who earn something get names, those who do not are told to have ended, and roles get
/// what they are declared to have.
final class Deriving {

    private static final SortedMap<RoleName, List<Reason.Expired>> EXPIRED_NOTHING = Collections.emptySortedMap();

    private final Contract contract;
    private final TargetName target;
    private final Facts facts;
    private final Earnings earnings;
    private final KnownNames names;
    private final LoginNames loginNames;
    private final Map<LoginName, LoginState> logins = new HashMap<>();
    private final Set<RoleState> roles = new HashSet<>();
    private final Map<Item, List<Reason>> reasons = new HashMap<>();

    /// Many people gain the same; what they are members of is kept once.
    private final Map<Gain, Set<Membership>> memberships = new HashMap<>();

    private final Map<PersonId, Reason.Nameless> withheld = new HashMap<>();
    private final Map<PersonId, List<Reason.Separated>> separated = new HashMap<>();
    private final Set<RoleName> displaced = new HashSet<>();

    /// What people gain explains what they have, in words for each of them only when somebody asks.
    private record Why(
            Map<Item, List<Reason>> told, Map<LoginName, LoginState> logins, Map<PersonId, Gain> given, String contract)
            implements Reasons {

        @Override
        public List<Reason> of(Item item) {
            List<Reason> gained = switch (item) {
                case Item.Login(LoginName name) -> gained(name, (person, gain) -> gain.why(person, contract));
                case Item.Member(LoginName name, RoleName role) ->
                    gained(name, (person, gain) -> gain.why(role, person, contract));
                case Item.Role _, Item.Include _, Item.Privilege _, Item.Future _, Item.Rows _ -> List.of();
            };
            return gained.isEmpty() ? told.getOrDefault(item, List.of()) : gained;
        }

        private List<Reason> gained(LoginName name, BiFunction<PersonId, Gain, List<Reason>> why) {
            LoginState login = logins.get(name);
            Gain gain = login == null ? null : given.get(login.person());
            return login == null || gain == null ? List.of() : why.apply(login.person(), gain);
        }
    }

    /// @param names those that logins of the target have
    Deriving(Contract contract, TargetName target, Facts facts, Earnings earnings, KnownNames names) {
        this.contract = contract;
        this.target = target;
        this.facts = facts;
        this.earnings = earnings;
        this.names = names;
        this.loginNames = new LoginNames(contract, target);
    }

    Derivation derive() {
        people();
        contract.rolesOf(target).forEach(this::role);
        Map<LoginName, LoginState> all = Map.copyOf(logins);
        Desired desired = new Desired(
                contract.target(target),
                contract.lifecycle().grace(),
                contract.lifecycle().passwordLasts().isPresent(),
                contract.protection(),
                all,
                roles.stream().collect(Collectors.toMap(RoleState::name, Function.identity())),
                new Why(Map.copyOf(reasons), all, earnings.given(), contract.version()));
        return new Derivation(desired, withheld, separated, displaced);
    }

    private void role(Role role) {
        RoleName name = role.name();
        LoginState login = logins.get(new LoginName(name.value()));
        if (login != null && login.isActive()) {
            displaced.add(name);
            return;
        }
        Reason declared = new Reason.Declared(name, contract.version());
        Set<Grant> grants =
                role.grants().stream().flatMap(RoleGrant::grants).collect(Collectors.toCollection(TreeSet::new));
        Set<DefaultGrant> defaults =
                role.grants().stream().flatMap(RoleGrant::defaults).collect(Collectors.toSet());
        Set<RowPolicy> rows = role.rows().stream().map(Role.RowRule::policy).collect(Collectors.toSet());
        why(new Item.Role(name), declared);
        role.includes().forEach(included -> why(new Item.Include(name, included), declared));
        grants.forEach(grant -> why(new Item.Privilege(name, grant), declared));
        defaults.forEach(grant -> why(new Item.Future(name, grant), declared));
        rows.forEach(policy -> why(new Item.Rows(name, policy), declared));
        Set<Grant> all = new HashSet<>(grants);
        for (Grant grant : grants) {
            needed(grant)
                    .filter(all::add)
                    .forEach(implied -> why(
                            new Item.Privilege(name, implied), new Reason.Implied(new Item.Privilege(name, grant))));
        }
        roles.add(new RoleState(
                name,
                Optional.of(role.kind()),
                role.includes().stream().map(Membership::of).collect(Collectors.toSet()),
                all,
                defaults,
                rows));
    }

    /// Without which a privilege would be of no use: the way into the database and into the schema.
    private static Stream<Grant> needed(Grant grant) {
        Stream<Grant> connect = Stream.of(Grant.of(grant.database(), new ObjectRef.Database(), PrivilegeName.CONNECT));
        Stream<Grant> usage = RoleGrant.schemaOf(grant.object()).stream()
                .map(schema -> Grant.of(grant.database(), new ObjectRef.Schema(schema), PrivilegeName.USAGE));
        return Stream.concat(connect, usage);
    }

    private void people() {
        Map<PersonId, Gain> given = earnings.given();
        earnings.withheld().forEach(this::separated);
        List<Person> entitled = given.keySet().stream()
                .map(id -> Objects.requireNonNull(facts.snapshot().people().get(id)))
                .toList();
        Map<PersonId, LoginName> fresh = loginNames.assign(entitled, names);
        given.forEach((person, gain) -> active(person, Optional.ofNullable(fresh.get(person)), gain));
        names.theirs().forEach((person, name) -> {
            if (facts.concern(person) && !given.containsKey(person)) {
                ended(person, name);
            }
        });
    }

    private void separated(PersonId person, Map<RoleName, List<Reason.Separated>> roles) {
        separated.put(
                person, roles.values().stream().flatMap(List::stream).distinct().toList());
        ours(person)
                .ifPresent(name ->
                        roles.forEach((role, why) -> reasons.put(new Item.Member(name, role), List.copyOf(why))));
    }

    private void active(PersonId person, Optional<LoginName> fresh, Gain gain) {
        Optional<LoginName> name = fresh.or(() -> theirs(person).filter(loginNames::mayStay));
        if (name.isEmpty()) {
            nameless(person);
            return;
        }
        login(LoginState.active(name.get(), person, memberships.computeIfAbsent(gain, it -> memberships(it.roles()))));
        earnings.expired()
                .getOrDefault(person, EXPIRED_NOTHING)
                .forEach((role, why) -> reasons.putIfAbsent(new Item.Member(name.get(), role), List.copyOf(why)));
    }

    private void login(LoginState login) {
        LoginState other = logins.putIfAbsent(login.name(), login);
        if (other != null) {
            throw new IllegalStateException("Login " + login.name() + " would be that of " + login.person() + " and of "
                    + other.person() + ".");
        }
    }

    private static Set<Membership> memberships(Set<RoleName> roles) {
        return roles.stream().map(Membership::of).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<LoginName> ours(PersonId person) {
        return theirs(person).filter(loginNames::isFree);
    }

    private Optional<LoginName> theirs(PersonId person) {
        return Optional.ofNullable(names.theirs().get(person)).filter(LoginName::isPlain);
    }

    private void nameless(PersonId person) {
        withheld.put(
                person,
                new Reason.Nameless(person, Optional.ofNullable(names.theirs().get(person))));
    }

    private void ended(PersonId person, LoginName name) {
        if (ours(person).isEmpty()) {
            nameless(person);
            return;
        }
        login(LoginState.suspended(name, person, Optional.empty()));
        List<Reason> why = new ArrayList<>(causes(person));
        why.addAll(separated.getOrDefault(person, List.of()));
        earnings.expired().getOrDefault(person, EXPIRED_NOTHING).values().forEach(why::addAll);
        reasons.put(new Item.Login(name), List.copyOf(why));
    }

    /// What HR says of somebody is told rather than what the identity provider says.
    private List<Reason> causes(PersonId id) {
        Person person = facts.snapshot().people().get(id);
        if (person == null) {
            return List.of(new Reason.Ended(id, Reason.Cause.UNKNOWN));
        }
        List<Fence> fences = facts.snapshot().fences().getOrDefault(id, List.of());
        return fences.isEmpty()
                ? List.of(new Reason.Ended(id, person.isActive() ? Reason.Cause.WITHOUT_ROLE : Reason.Cause.INACTIVE))
                : fences.stream()
                        .<Reason>map(fence -> new Reason.Fenced(id, fence))
                        .toList();
    }

    private void why(Item item, Reason reason) {
        reasons.put(item, List.of(reason));
    }
}
