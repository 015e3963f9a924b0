package dev.rolewright.reconcile.answer;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.contract.Derivation;
import dev.rolewright.contract.Deriver;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.answer.AccessExplanation.EarnedRole;
import dev.rolewright.reconcile.answer.AccessExplanation.Held;
import dev.rolewright.reconcile.answer.AccessExplanation.OnTarget;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.reconcile.look.Names;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.reconcile.proof.Receipts;
import dev.rolewright.reconcile.targets.OlderStores;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Explains somebody's access. Nothing here is kept for the purpose: it is derived anew as a pass would derive it.
@ApplicationScoped
public class AccessExplanations {

    private static final int MOST_REQUESTS = 50;
    private static final int MOST_RECEIPTS = 10;

    /// What is asked for and its row in the trail are two statements of one transaction.
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final Contracts contracts;
    private final People people;
    private final LoginBook book;
    private final Logins logins;
    private final AuditLog log;
    private final Receipts receipts;
    private final OlderStores older;

    AccessExplanations(
            Contracts contracts,
            People people,
            LoginBook book,
            Logins logins,
            AuditLog log,
            Receipts receipts,
            OlderStores older) {
        this.contracts = contracts;
        this.people = people;
        this.book = book;
        this.logins = logins;
        this.log = log;
        this.receipts = receipts;
        this.older = older;
    }

    /// Empty when there is no contract, and for somebody whom neither the directory nor any target knows.
    public Optional<AccessExplanation> of(PersonId person) {
        return contracts.active().flatMap(active -> of(person, active));
    }

    /// The targets where these people are to have a login that may be used, among those where they have one.
    /// Nobody is in it who is to have none.
    public Map<PersonId, List<TargetName>> loginsOf(Set<PersonId> some, Predicate<KnownLogin> which) {
        return contracts.active().map(active -> loginsOf(some, which, active)).orElse(Map.of());
    }

    private Map<PersonId, List<TargetName>> loginsOf(
            Set<PersonId> some, Predicate<KnownLogin> which, ActiveContract active) {
        Map<TargetName, Map<PersonId, LoginName>> known = logins.of(some).values().stream()
                .flatMap(List::stream)
                .filter(which)
                .filter(login -> active.contract().targets().containsKey(login.target()))
                .collect(groupingBy(KnownLogin::target, TreeMap::new, toMap(KnownLogin::person, KnownLogin::name)));
        if (known.isEmpty()) {
            return Map.of();
        }
        Snapshot snapshot = people.some(active.contract(), some);
        Map<PersonId, List<TargetName>> earned = new HashMap<>();
        known.forEach((target, theirs) ->
                derive(theirs.keySet(), active, snapshot, target, theirs).desired().logins().values().stream()
                        .filter(LoginState::isActive)
                        .forEach(login -> earned.computeIfAbsent(login.person(), _ -> new ArrayList<>())
                                .add(target)));
        return earned;
    }

    /// Why these people do not get what they earn, by person and target; whoever gets it all is missing.
    public Map<PersonId, Map<TargetName, List<Reason>>> unmet(Set<PersonId> some) {
        return contracts.active().map(active -> unmet(some, active)).orElse(Map.of());
    }

    private Map<PersonId, Map<TargetName, List<Reason>>> unmet(Set<PersonId> some, ActiveContract active) {
        Snapshot snapshot = people.some(active.contract(), some);
        Map<PersonId, Map<TargetName, List<Reason>>> unmet = new HashMap<>();
        for (TargetName target : active.contract().targets().keySet()) {
            Derivation derived = derive(some, active, snapshot, target);
            for (PersonId person : some) {
                List<Reason> why = derived.unmet(person);
                if (!why.isEmpty()) {
                    unmet.computeIfAbsent(person, _ -> new TreeMap<>()).put(target, why);
                }
            }
        }
        return unmet;
    }

    private Optional<AccessExplanation> of(PersonId person, ActiveContract active) {
        Snapshot snapshot = people.some(active.contract(), Set.of(person));
        List<KnownLogin> known = logins.of(Set.of(person)).getOrDefault(person, List.of());
        boolean inDirectory = snapshot.people().containsKey(person);
        if (!inDirectory && known.isEmpty()) {
            return Optional.empty();
        }
        // Somebody may still have a login on a target that left the contract.
        List<OnTarget> targets = Stream.concat(
                        active.contract().targets().keySet().stream(),
                        known.stream().map(KnownLogin::target))
                .distinct()
                .sorted()
                .map(target -> onTarget(person, active, snapshot, target, known))
                .filter(it -> it.login().isPresent()
                        || it.wanted().isPresent()
                        || !it.unmet().isEmpty())
                .toList();
        return Optional.of(
                new AccessExplanation(person, inDirectory, active.number(), targets, requests(person, snapshot)));
    }

    private OnTarget onTarget(
            PersonId person, ActiveContract active, Snapshot snapshot, TargetName target, List<KnownLogin> known) {
        Optional<KnownLogin> there =
                known.stream().filter(it -> it.target().equals(target)).findFirst();
        if (!active.contract().targets().containsKey(target)) {
            return new OnTarget(target, there, Optional.empty(), List.of(), List.of(), List.of(), Optional.empty());
        }
        Derivation derived = derive(Set.of(person), active, snapshot, target);
        Desired desired = derived.desired();
        Optional<LoginState> state = desired.logins().values().stream().findFirst();
        Optional<LoginState> wanted = state.filter(LoginState::isActive);
        return new OnTarget(
                target,
                there,
                wanted.map(LoginState::name),
                wanted.map(login -> roles(login, desired)).orElse(List.of()),
                derived.unmet(person),
                state.filter(login -> !login.isActive())
                        .map(login -> desired.why(new Item.Login(login.name())))
                        .orElse(List.of()),
                older.why(target));
    }

    private Derivation derive(Set<PersonId> some, ActiveContract active, Snapshot snapshot, TargetName target) {
        return derive(some, active, snapshot, target, LoginRow.names(book.of(target, some)));
    }

    private Derivation derive(
            Set<PersonId> some,
            ActiveContract active,
            Snapshot snapshot,
            TargetName target,
            Map<PersonId, LoginName> theirs) {
        Facts facts = new Facts(snapshot, Optional.of(some), Instant.now(), Instant.MIN);
        return Deriver.of(active.contract(), target, facts)
                .derive(Names.of(theirs, looks -> book.taken(target, looks)));
    }

    private static List<EarnedRole> roles(LoginState login, Desired desired) {
        return login.memberships().stream()
                .map(Membership::role)
                .sorted()
                .map(role -> new EarnedRole(
                        role, desired.why(new Item.Member(login.name(), role)), privileges(role, desired)))
                .toList();
    }

    /// Of the role itself and of all that it includes.
    private static List<Held> privileges(RoleName role, Desired desired) {
        Set<RoleName> all = new LinkedHashSet<>(Set.of(role));
        List<Held> held = new ArrayList<>();
        List<RoleName> open = new ArrayList<>(all);
        while (!open.isEmpty()) {
            RoleState state = desired.roles().get(open.removeFirst());
            if (state != null) {
                held.add(new Held(
                        state.name(),
                        state.grants().stream().sorted().toList(),
                        state.defaults().stream().sorted().toList(),
                        state.policies().stream().sorted().toList()));
                state.includes().stream()
                        .map(Membership::role)
                        .sorted()
                        .filter(all::add)
                        .forEach(open::add);
            }
        }
        return held;
    }

    /// Those by which the person last lost something are known by the receipts: what the person was in
    /// before is nowhere else.
    private List<AuditEntry> requests(PersonId person, Snapshot snapshot) {
        List<AuditLog.Request> takers =
                receipts.list(Optional.empty(), Optional.of(person), null, MOST_RECEIPTS).stream()
                        .flatMap(receipt -> receipt.requests().stream()
                                .map(id ->
                                        new AuditLog.Request(id, receipt.asked().minus(SLACK), receipt.done())))
                        .toList();
        return log.of(person.value(), snapshot.groups().keySet(), takers, MOST_REQUESTS);
    }
}
