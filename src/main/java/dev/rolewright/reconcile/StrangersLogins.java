package dev.rolewright.reconcile;

import dev.rolewright.contract.Contract;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Scope;
import dev.rolewright.reconcile.Orphan.Guess;
import dev.rolewright.reconcile.Orphan.Key;
import dev.rolewright.reconcile.Orphan.StrangersLogin;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the logins on a target that are not ours, by a look at it.
@ApplicationScoped
class StrangersLogins {

    private final Sessions sessions;
    private final LoginBook logins;
    private final Guesses guesses;
    private final OrphanBook book;

    StrangersLogins(Sessions sessions, LoginBook logins, Guesses guesses, OrphanBook book) {
        this.sessions = sessions;
        this.logins = logins;
        this.guesses = guesses;
        this.book = book;
    }

    /// Without those that the contract protects: somebody has answered for them.
    ///
    /// @throws dev.rolewright.engine.EngineFailure when the target cannot be asked
    List<StrangersLogin> of(Contract contract, Target target, Instant now) {
        Set<LoginName> all;
        try (EngineSession session = sessions.open(target, Purpose.LOOK)) {
            all = session.observe(
                            Scope.WHOLE,
                            LoginRow.known(logins.all(target.name()).values()))
                    .strangers()
                    .logins();
        }
        List<LoginName> names =
                all.stream().filter(name -> !contract.protection().covers(name)).toList();
        if (names.isEmpty()) {
            return List.of();
        }
        Map<LoginName, List<Guess>> owners = guesses.of(names);
        Map<Key, Instant> seen = book.seen(Orphan.Kind.STRANGERS_LOGIN);
        return names.stream()
                .map(name -> new StrangersLogin(
                        target.name(),
                        name,
                        seen.getOrDefault(Key.of(target.name(), name), now),
                        owners.getOrDefault(name, List.of()),
                        sessions.locking(target, name)))
                .toList();
    }
}
