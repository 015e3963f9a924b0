package dev.rolewright.orphan;

import dev.rolewright.contract.Contract;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Target;
import dev.rolewright.orphan.Orphan.Guess;
import dev.rolewright.orphan.Orphan.Key;
import dev.rolewright.orphan.Orphan.StrangersLogin;
import dev.rolewright.reconcile.login.ForeignLogins;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the logins on a target that are not ours, by a look at it.
@ApplicationScoped
class StrangersLogins {

    private final ForeignLogins strangers;
    private final Guesses guesses;
    private final OrphanBook book;

    StrangersLogins(ForeignLogins strangers, Guesses guesses, OrphanBook book) {
        this.strangers = strangers;
        this.guesses = guesses;
        this.book = book;
    }

    /// Without those that the contract protects: somebody has answered for them.
    ///
    /// @throws dev.rolewright.reach.TargetAway when the target cannot be asked
    List<StrangersLogin> of(Contract contract, Target target) {
        List<LoginName> names = strangers.on(target).stream()
                .filter(name -> !contract.protection().covers(name))
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        Map<LoginName, List<Guess>> owners = guesses.of(names);
        Map<Key, Instant> seen = book.seen(Orphan.Kind.STRANGERS_LOGIN, Optional.of(target.name()));
        return names.stream()
                .map(name -> new StrangersLogin(
                        target.name(),
                        name,
                        Optional.ofNullable(seen.get(Key.of(target.name(), name))),
                        owners.getOrDefault(name, List.of()),
                        strangers.locking(target, name)))
                .toList();
    }
}
