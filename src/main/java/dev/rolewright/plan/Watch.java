package dev.rolewright.plan;

import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import java.util.HashMap;
import java.util.Map;

/// The last look at every step of a plan, by other eyes than those that made it: a step about a login or role
/// that is not ours, or that is protected, is a defect of ours and stops the plan.
final class Watch {

    private final Ground ground;
    private final Map<String, SeenLogin> seen = new HashMap<>();

    Watch(Ground ground) {
        this.ground = ground;
        ground.observed.logins().values().forEach(login -> seen.put(login.id(), login));
    }

    void check(Step step) {
        boolean ours = switch (step) {
            case Step.RenameLogin(Account account, var to) ->
                isOurs(account) && to.isPlain() && !ground.isUntouchable(to) && !ground.isRefused(to);
            case Step.CreateLogin(Account account, var _) -> isNew(account);
            case Step.Join(Account account, Membership membership) ->
                (isOurs(account) || isNew(account))
                        && membership.equals(Membership.of(membership.role()))
                        && ground.desired.roles().containsKey(membership.role())
                        && !isStranger(membership.role().value());
            case Step.OfLogin other -> isOurs(other.account());
            case Step.OfRole other ->
                !ground.isUntouchable(other.role()) && !isStranger(other.role().value());
            case Step.OfTable table -> ground.desired.target().manages(table.database());
        };
        if (!ours) {
            throw new IllegalStateException("A step was planned that is not ours to do: " + step.label());
        }
    }

    private boolean isOurs(Account account) {
        SeenLogin login = account.id().map(seen::get).orElse(null);
        return login != null
                && login.state().person().equals(account.person())
                && !ground.isUntouchable(login.state().name())
                && !ground.isUntouchable(account.login());
    }

    private boolean isNew(Account account) {
        LoginState login = ground.desired.logins().get(account.login());
        return account.id().isEmpty()
                && login != null
                && login.person().equals(account.person())
                && !ground.isUntouchable(account.login())
                && !ground.isRefused(account.login());
    }

    private boolean isStranger(String name) {
        return ground.observed.strangers().names().contains(name);
    }
}
