package dev.rolewright.reconcile;

import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Writes down whom a pass took something from, so that it is proven that it is gone, whatever happens in between.
@ApplicationScoped
class Owed {

    private final Store store;

    Owed(Store store) {
        this.store = store;
    }

    private record Loss(Account account, Receipt.What what) {

        /// Of what happened to one person in a pass the most counts.
        Loss or(Loss other) {
            return rank(other.what) > rank(what) ? other : this;
        }

        private static int rank(Receipt.What what) {
            return switch (what) {
                case REVOKED -> 0;
                case SUSPENDED -> 1;
                case DROPPED -> 2;
            };
        }
    }

    void write(long pass, Intent intent, Performed performed) {
        Map<PersonId, Loss> losses = new HashMap<>();
        performed.done().steps().forEach(step -> {
            switch (step) {
                case Step.Leave(Account account, var _) -> add(losses, account, Receipt.What.REVOKED);
                case Step.SuspendLogin(Account account, var _) -> add(losses, account, Receipt.What.SUSPENDED);
                case Step.DropLogin(Account account, var _, var _) -> add(losses, account, Receipt.What.DROPPED);
                default -> {}
            }
        });
        if (losses.isEmpty()) {
            return;
        }
        List<Loss> all = List.copyOf(losses.values());
        store.run(
                "INSERT INTO receipt (target, person, login, server_id, pass, what, asked, claimed, done)"
                        + " SELECT ?, person, login, server_id, ?, what, ?, ?, now()"
                        + " FROM unnest(?, ?, ?, ?) AS t (person, login, server_id, what)",
                intent.work().target().value(),
                pass,
                intent.work().asked(),
                intent.picture().now(),
                all.stream().map(loss -> loss.account().person().value()).toArray(UUID[]::new),
                all.stream().map(loss -> loss.account().login().value()).toArray(String[]::new),
                all.stream().map(loss -> loss.account().id().orElse("")).toArray(String[]::new),
                all.stream()
                        .map(loss -> loss.what().name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }

    private static void add(Map<PersonId, Loss> losses, Account account, Receipt.What what) {
        losses.merge(account.person(), new Loss(account, what), Loss::or);
    }
}
