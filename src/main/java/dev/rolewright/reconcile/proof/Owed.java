package dev.rolewright.reconcile.proof;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes down whom a pass takes something from, before it does, so that it is proven that it is gone, whatever
/// happens in between.
@ApplicationScoped
public class Owed {

    private final Store store;

    Owed(Store store) {
        this.store = store;
    }

    /// What one login loses.
    private static final class Loss {

        private Receipt.What what = Receipt.What.REVOKED;
        private final Set<RoleName> lost = new TreeSet<>();
        private final Set<RoleName> kept = new TreeSet<>();

        /// Of what happens to one login the most counts.
        void atLeast(Receipt.What other) {
            what = other.compareTo(what) > 0 ? other : what;
        }
    }

    /// Promises to prove what a pass is about to take. Part of the transaction in which it begins.
    public void promise(long pass, Intent intent) {
        Map<Account, Loss> losses = losses(intent, intent.braked().go());
        if (!losses.isEmpty()) {
            write(pass, intent, losses, false);
        }
    }

    /// What was promised is owed now, as far as it was done. Part of the transaction in which a pass ends.
    ///
    /// @return whether anything is owed
    public boolean fulfil(long pass, Intent intent, Performed performed) {
        if (losses(intent, intent.braked().go()).isEmpty()) {
            return false;
        }
        if (performed.failure().isPresent()) {
            return true; // nobody knows how far it came, so whatever was promised is looked at
        }
        if (isComplete(performed)) {
            return store.run("UPDATE receipt SET done = now() WHERE pass = ?", pass) > 0;
        }
        store.run("DELETE FROM receipt WHERE pass = ? AND done IS NULL", pass);
        Map<Account, Loss> losses = losses(intent, performed.done());
        if (losses.isEmpty()) {
            return false;
        }
        write(pass, intent, losses, true);
        return true;
    }

    private static boolean isComplete(Performed performed) {
        return performed.outcomes().size() == performed.plan().lines().size()
                && performed.outcomes().stream().allMatch(Outcome.Done.class::isInstance);
    }

    private static Map<Account, Loss> losses(Intent intent, Plan plan) {
        Map<Account, Loss> losses = new LinkedHashMap<>();
        Map<PersonId, Set<RoleName>> joined = new HashMap<>();
        Set<Step.Leave> leaves = new HashSet<>();
        Map<Account, LoginName> renamed = new HashMap<>();
        Set<PersonId> back = back(plan);
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Leave leave -> {
                    leaves.add(leave);
                    loss(losses, leave.account()).lost.add(leave.membership().role());
                }
                case Step.SuspendLogin(Account account, var _) ->
                    loss(losses, account).atLeast(Receipt.What.SUSPENDED);
                case Step.DropLogin(Account account, var _, var _) ->
                    loss(losses, account).atLeast(Receipt.What.DROPPED);
                // Sessions that a suspended login still had; those of others end because a role got weaker, or before
                // they are let in again.
                case Step.EndSessions(Account account)
                when isSuspended(intent, account) && !back.contains(account.person()) ->
                    loss(losses, account).atLeast(Receipt.What.SUSPENDED);
                case Step.Join(Account account, Membership membership) ->
                    joined.computeIfAbsent(account.person(), _ -> new HashSet<>())
                            .add(membership.role());
                case Step.RenameLogin(Account account, LoginName to) -> renamed.put(account, to);
                case Step.CreateLogin _, Step.StampSuspension _, Step.ResumeLogin _ -> {}
                case Step.MarkLogin _, Step.StripLogin _ -> {}
                case Step.EndSessions _, Step.OfRole _, Step.OfTable _ -> {}
            }
        }
        losses.forEach((account, loss) -> {
            LoginName name = renamed.getOrDefault(account, account.login());
            loss.kept.addAll(kept(intent, leaves, account, name, loss.what));
            loss.lost.removeAll(joined.getOrDefault(account.person(), Set.of()));
            loss.lost.removeAll(loss.kept);
        });
        // A row that another one replaced is no loss.
        losses.values().removeIf(loss -> loss.what == Receipt.What.REVOKED && loss.lost.isEmpty());
        return losses;
    }

    /// The roles that are left to a login: those that it should have, and those of which a row waits or could
    /// not be taken.
    ///
    /// @param name what the login is called afterwards
    private static Set<RoleName> kept(
            Intent intent, Set<Step.Leave> leaves, Account account, LoginName name, Receipt.What what) {
        Set<RoleName> kept = new HashSet<>();
        SeenLogin seen = intent.picture().observed().logins().get(account.login());
        if (seen != null) {
            seen.state().memberships().stream()
                    .filter(row -> !leaves.contains(new Step.Leave(account, row)))
                    .forEach(row -> kept.add(row.role()));
        }
        if (what == Receipt.What.REVOKED) {
            LoginState wanted = intent.picture().desired().logins().get(name);
            if (wanted != null && wanted.isActive()) {
                wanted.memberships().forEach(row -> kept.add(row.role()));
            }
        }
        return kept;
    }

    private static Set<PersonId> back(Plan plan) {
        return plan.steps().stream()
                .filter(Step.ResumeLogin.class::isInstance)
                .flatMap(step -> step.person().stream())
                .collect(Collectors.toSet());
    }

    private static boolean isSuspended(Intent intent, Account account) {
        SeenLogin seen = intent.picture().observed().logins().get(account.login());
        return seen != null && !seen.state().isActive();
    }

    private static Loss loss(Map<Account, Loss> losses, Account account) {
        return losses.computeIfAbsent(account, _ -> new Loss());
    }

    private void write(long pass, Intent intent, Map<Account, Loss> losses, boolean done) {
        List<Account> accounts = new ArrayList<>(losses.keySet());
        List<Loss> all = new ArrayList<>(losses.values());
        store.run(
                "INSERT INTO receipt (target, server, person, login, server_id, pass, what, asked, claimed, done, lost, kept)"
                        + " SELECT ?, ?, person, login, server_id, ?, what, ?, ?, CASE WHEN ? THEN now() END,"
                        + " ARRAY(SELECT jsonb_array_elements_text(lost::jsonb)), ARRAY(SELECT jsonb_array_elements_text(kept::jsonb))"
                        + " FROM unnest(?, ?, ?, ?, ?, ?) AS t (person, login, server_id, what, lost, kept)",
                intent.work().target().value(),
                intent.picture().observed().server().lineage(),
                pass,
                intent.work().asked(),
                intent.picture().now(),
                done,
                accounts.stream().map(account -> account.person().value()).toArray(UUID[]::new),
                accounts.stream().map(account -> account.login().value()).toArray(String[]::new),
                accounts.stream().map(account -> account.id().orElse("")).toArray(String[]::new),
                all.stream().map(loss -> Store.word(loss.what)).toArray(String[]::new),
                all.stream().map(loss -> text(loss.lost)).toArray(String[]::new),
                all.stream().map(loss -> text(loss.kept)).toArray(String[]::new));
    }

    private static String text(Set<RoleName> roles) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        roles.forEach(role -> names.add(role.value()));
        return names.toString();
    }
}
