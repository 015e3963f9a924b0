package dev.rolewright.reconcile;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.Standing;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Belongings;
import dev.rolewright.plan.Inventory;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Strangers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A server of values: it performs steps as strictly as a real one, and can be hurt.
public final class FakeServer {

    final String name;
    final Map<LoginName, SeenLogin> logins = new HashMap<>();
    final Map<RoleName, RoleState> roles = new HashMap<>();
    final List<Notice> notices = new ArrayList<>();
    final Set<String> strangers = new HashSet<>(Set.of("postgres", "owner"));
    /// The ids of the logins that somebody took the mark from.
    final Set<String> unmarked = new HashSet<>();
    /// The ids among them of which nothing else speaks for it that they are the ones we know.
    final Set<String> disguised = new HashSet<>();
    final Semaphore lock = new Semaphore(1);
    final List<Step> performed = new ArrayList<>();
    final List<Account> attempts = new ArrayList<>();
    final List<Account> entrusted = new ArrayList<>();
    public final List<Account> withdrawn = Collections.synchronizedList(new ArrayList<>());

    /// Why the server does not let anybody in.
    public volatile Optional<EngineFailure> down = Optional.empty();
    /// Why it refuses a step.
    volatile Function<Step, Optional<EngineFailure>> refuses = _ -> Optional.empty();
    /// What is not tried.
    public volatile Predicate<Step> skips = _ -> false;
    /// Whose password it does not let us take.
    public volatile Predicate<Account> keeps = _ -> false;
    /// Throws where something is not to be looked at.
    volatile Consumer<Scope> hides = _ -> {};
    /// Runs before each step and each look: the place to die at, or to wait.
    public volatile Runnable before = () -> {};

    /// The last pass that left its number here.
    volatile Optional<Long> lastPass = Optional.empty();

    private int ids = 1;
    /// What no other server has.
    public volatile String identity;

    FakeServer(String name) {
        this.name = name;
        this.identity = "fake-" + name;
    }

    public static EngineFailure failure(EngineFailure.Kind kind) {
        return new EngineFailure(kind, "", "It is " + kind + ".", Optional.empty());
    }

    String identity() {
        return identity;
    }

    public synchronized Optional<SeenLogin> login(PersonId person) {
        return logins.values().stream()
                .filter(it -> it.state().person().equals(person))
                .findFirst();
    }

    synchronized Set<RoleName> rolesOf(PersonId person) {
        return login(person).stream()
                .flatMap(it -> it.state().memberships().stream())
                .map(Membership::role)
                .collect(Collectors.toSet());
    }

    /// Whether somebody can log in under the name.
    synchronized boolean admits(Account account) {
        return Optional.ofNullable(logins.get(account.login()))
                .filter(login -> login.state().isActive())
                .isPresent();
    }

    /// By hand.
    synchronized void change(PersonId person, UnaryOperator<LoginState> change) {
        SeenLogin login = login(person).orElseThrow();
        logins.remove(login.state().name());
        LoginState now = change.apply(login.state());
        logins.put(now.name(), new SeenLogin(now, login.id(), login.sessions(), login.belongings()));
    }

    public synchronized void opensSessions(PersonId person, int number) {
        SeenLogin login = login(person).orElseThrow();
        logins.put(login.state().name(), new SeenLogin(login.state(), login.id(), number, login.belongings()));
    }

    synchronized Observed observe(Scope scope, Known known) {
        hides.accept(scope);
        Map<LoginName, SeenLogin> seen = new HashMap<>();
        Set<String> others = new HashSet<>(strangers);
        Map<String, LoginName> lost = new HashMap<>();
        Map<String, Known.Login> ours = known.on(identity);
        logins.forEach((login, it) -> {
            if (disguised.contains(it.id()) && ours.containsKey(it.id())) {
                others.add(login.value());
                lost.put(it.id(), login);
            } else if (unmarked.contains(it.id()) && !ours.containsKey(it.id())) {
                others.add(login.value());
            } else if (isIn(scope, login, it.state().person())) {
                seen.put(
                        login,
                        new SeenLogin(
                                it.state(), it.id(), !unmarked.contains(it.id()), it.sessions(), it.belongings()));
            }
        });
        boolean whole = scope instanceof Scope.Whole;
        Set<String> names = switch (scope) {
            case Scope.Whole _ -> others;
            case Scope.Some(var _, var some) ->
                others.stream()
                        .filter(it ->
                                some.stream().anyMatch(name -> name.folded().equals(new LoginName(it).folded())))
                        .collect(Collectors.toSet());
        };
        return new Observed(
                new Server(
                        "Fake 1", identity(), identity(), lastPass, Set.of(new RoleName("connector")), Set.of(), false),
                scope,
                seen,
                roles.keySet(),
                whole ? roles : Map.of(),
                new Inventory(Map.of("shop", Set.of()), Map.of(), Map.of(), Set.of()),
                new Strangers(strangers.stream().map(LoginName::new).collect(Collectors.toSet()), 0, names, lost),
                List.copyOf(notices));
    }

    Outcome perform(Step step) {
        before.run();
        Optional<EngineFailure> refusal = refuses.apply(step);
        if (refusal.isPresent()) {
            return new Outcome.Failed(refusal.get());
        }
        synchronized (this) {
            try {
                change(step);
                performed.add(step);
                return Outcome.DONE;
            } catch (EngineFailure failed) {
                return new Outcome.Failed(failed);
            }
        }
    }

    private void change(Step step) {
        switch (step) {
            case Step.CreateLogin(Account account, var since) -> create(account, since);
            case Step.RenameLogin(Account account, LoginName to) -> {
                SeenLogin login = find(account);
                checkFree(to.value());
                logins.remove(account.login());
                put(
                        login,
                        new LoginState(
                                to,
                                account.person(),
                                login.state().standing(),
                                login.state().suspendedSince(),
                                login.state().memberships()));
            }
            case Step.MarkLogin(Account account, var _) -> {
                unmarked.removeAll(account.id().stream().toList());
                find(account);
            }
            case Step.SuspendLogin(Account account, var since) ->
                stand(account, Standing.SUSPENDED, Optional.of(since.orElseGet(FakeServer::now)));
            case Step.StampSuspension(Account account) -> stand(account, Standing.SUSPENDED, Optional.of(now()));
            case Step.ResumeLogin(Account account, var _) -> stand(account, Standing.ACTIVE, Optional.empty());
            case Step.EndSessions(Account account) -> {
                SeenLogin login = find(account);
                logins.put(account.login(), new SeenLogin(login.state(), login.id(), 0, login.belongings()));
            }
            case Step.DropLogin(Account account, var _, var _) -> {
                find(account);
                logins.remove(account.login());
            }
            case Step.Join(Account account, Membership membership) -> {
                if (!roles.containsKey(membership.role())) {
                    throw failure(EngineFailure.Kind.CHANGED_MEANWHILE);
                }
                SeenLogin login = find(account);
                Set<Membership> all = new HashSet<>(login.state().memberships());
                all.add(membership);
                put(login, with(login, all));
            }
            case Step.Leave(Account account, Membership membership) -> {
                SeenLogin login = find(account);
                Set<Membership> all = new HashSet<>(login.state().memberships());
                all.remove(membership);
                put(login, with(login, all));
            }
            case Step.CreateRole(RoleName role) -> {
                if (!roles.containsKey(role)) {
                    checkFree(role.value());
                    roles.put(role, RoleState.empty(role));
                }
            }
            case Step.DropRole(RoleName role) -> roles.remove(role);
            case Step.StripLogin other -> throw new IllegalStateException("no test needs " + other);
            case Step.OfRole other -> throw new IllegalStateException("no test needs " + other);
            case Step.OfTable other -> throw new IllegalStateException("no test needs " + other);
        }
    }

    private void create(Account account, Optional<Instant> since) {
        SeenLogin there = logins.get(account.login());
        if (there != null && there.state().person().equals(account.person())) {
            return;
        }
        checkFree(account.login().value());
        Standing standing = since.isPresent() ? Standing.SUSPENDED : Standing.ACTIVE;
        LoginState state = new LoginState(account.login(), account.person(), standing, since, Set.of());
        logins.put(account.login(), new SeenLogin(state, "" + ids++, 0, Belongings.NONE));
    }

    private SeenLogin find(Account account) {
        SeenLogin login = logins.get(account.login());
        if (login == null
                || !login.state().person().equals(account.person())
                || unmarked.contains(login.id())
                || !account.id().map(login.id()::equals).orElse(true)) {
            throw failure(EngineFailure.Kind.CHANGED_MEANWHILE);
        }
        return login;
    }

    private void stand(Account account, Standing standing, Optional<Instant> since) {
        SeenLogin login = find(account);
        put(
                login,
                new LoginState(
                        account.login(),
                        account.person(),
                        standing,
                        since,
                        login.state().memberships()));
    }

    private void put(SeenLogin login, LoginState state) {
        logins.put(state.name(), new SeenLogin(state, login.id(), login.sessions(), login.belongings()));
    }

    private void checkFree(String wanted) {
        if (logins.containsKey(new LoginName(wanted))
                || roles.containsKey(new RoleName(wanted))
                || strangers.contains(wanted)) {
            throw failure(EngineFailure.Kind.CHANGED_MEANWHILE);
        }
    }

    private static LoginState with(SeenLogin login, Set<Membership> memberships) {
        LoginState old = login.state();
        return new LoginState(old.name(), old.person(), old.standing(), old.suspendedSince(), memberships);
    }

    private static boolean isIn(Scope scope, LoginName login, PersonId person) {
        return switch (scope) {
            case Scope.Whole _ -> true;
            case Scope.Some(var people, var names) -> people.contains(person) || names.contains(login);
        };
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
