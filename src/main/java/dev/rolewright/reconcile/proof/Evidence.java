package dev.rolewright.reconcile.proof;

import dev.rolewright.engine.Attempt;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Server;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a server that was asked again says about one debt.
///
/// @param checks what was looked at, and what the answer was
/// @param suspended since when the login is, as its mark on the server tells
record Evidence(List<Receipt.Check> checks, Optional<Instant> suspended) {

    private static final String SERVER = "server";
    private static final String LOGIN = "login";
    private static final String SESSIONS = "sessions";
    private static final String MEMBERSHIPS = "memberships";
    private static final String ATTEMPT = "attempt";

    Evidence {
        checks = List.copyOf(checks);
    }

    boolean holds() {
        return checks.stream().allMatch(Receipt.Check::holds);
    }

    /// What speaks against it.
    Optional<String> why() {
        return holds()
                ? Optional.empty()
                : Optional.of(checks.stream()
                        .filter(check -> !check.holds())
                        .map(check -> check.name() + ": " + check.answer())
                        .collect(Collectors.joining("; ")));
    }

    /// @param attempt empty when nobody tried to log in
    static Evidence of(Debt debt, Observed observed, Optional<Attempt> attempt) {
        String identity = observed.server().identity();
        if (debt.server().filter(server -> !Server.isOf(identity, server)).isPresent()) {
            return new Evidence(
                    List.of(new Receipt.Check(SERVER, false, "another server answers, which cannot tell of it")),
                    Optional.empty());
        }
        SeenLogin seen = find(debt, observed);
        List<Receipt.Check> checks = new ArrayList<>();
        if (seen == null) {
            checks.add(gone(debt, observed));
        } else if (debt.locks()) {
            checks.add(locked(debt, seen));
            checks.add(new Receipt.Check(
                    SESSIONS, seen.sessions() == 0, seen.sessions() == 0 ? "none is open" : seen.sessions() + " open"));
        }
        if (seen != null) {
            checks.add(memberships(debt, seen));
        }
        if (debt.locks()) {
            attempt.map(Evidence::attempted).ifPresent(checks::add);
        }
        return new Evidence(
                checks, seen == null ? Optional.empty() : seen.state().suspendedSince());
    }

    /// The login that is to be tried: it may have another name by now.
    static Account asSeen(Debt debt, Observed observed) {
        Account account = debt.account();
        SeenLogin seen = find(debt, observed);
        return seen == null ? account : new Account(seen.state().name(), account.person(), account.id());
    }

    /// By the server's own id, which no other login ever has, whatever it is called now.
    private static @Nullable SeenLogin find(Debt debt, Observed observed) {
        return observed.logins().values().stream()
                .filter(login -> debt.account()
                        .id()
                        .map(login.id()::equals)
                        .orElseGet(
                                () -> login.state().name().equals(debt.account().login())))
                .findFirst()
                .orElse(null);
    }

    /// Somebody may have taken our mark away. The server's own id tells what became of the login;
    /// without one nobody can say what it is that has its name.
    private static Receipt.Check gone(Debt debt, Observed observed) {
        Optional<LoginName> lost = debt.account().id().map(observed.strangers().lost()::get);
        if (lost.isPresent()) {
            return new Receipt.Check(LOGIN, false, "it is there as " + lost.get() + ", without our mark");
        }
        boolean taken = observed.strangers().names().stream()
                .anyMatch(name -> name.equals(debt.account().login().value()));
        if (taken && debt.known().isPresent()) {
            return new Receipt.Check(LOGIN, true, "it is gone; something else has its name");
        }
        return new Receipt.Check(
                LOGIN, !taken, taken ? "something of this name is there without our mark" : "it is gone");
    }

    private static Receipt.Check locked(Debt debt, SeenLogin seen) {
        boolean active = seen.state().isActive();
        if (debt.what() == Receipt.What.DROPPED) {
            return new Receipt.Check(LOGIN, false, active ? "it is there and can log in" : "it is still there");
        }
        return new Receipt.Check(
                LOGIN,
                !active,
                active
                        ? "it can log in"
                        : "it cannot log in"
                                + seen.state()
                                        .suspendedSince()
                                        .map(since -> ", suspended since " + since)
                                        .orElse(""));
    }

    private static Receipt.Check memberships(Debt debt, SeenLogin seen) {
        Set<RoleName> has = seen.state().memberships().stream()
                .map(Membership::role)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean right =
                has.stream().noneMatch(debt.lost()::contains) && debt.kept().containsAll(has);
        return new Receipt.Check(
                MEMBERSHIPS,
                right,
                has.isEmpty()
                        ? "none"
                        : "in " + has.stream().map(RoleName::value).collect(Collectors.joining(", "))
                                + (right ? " and nothing else" : ""));
    }

    private static Receipt.Check attempted(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Refused(String why) -> new Receipt.Check(ATTEMPT, true, "refused: " + why);
            case Attempt.Admitted _ -> new Receipt.Check(ATTEMPT, false, "the server let us in");
            case Attempt.NotTried(String why) -> new Receipt.Check(ATTEMPT, true, "not tried: " + why);
        };
    }
}
