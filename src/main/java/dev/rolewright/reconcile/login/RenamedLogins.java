package dev.rolewright.reconcile.login;

import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the login of somebody on its server again, whatever somebody there has called it since.
@ApplicationScoped
public class RenamedLogins {

    private final LoginBook logins;

    RenamedLogins(LoginBook logins) {
        this.logins = logins;
    }

    /// @return the login as it is called now; empty when it is not there, is not ours any more, or is locked
    public Optional<Account> find(EngineSession session, TargetName target, PersonId person) {
        return Optional.ofNullable(logins.of(target, Set.of(person)).get(person))
                .flatMap(row -> find(session, row));
    }

    private static Optional<Account> find(EngineSession session, LoginRow row) {
        PersonId person = row.person();
        Observed observed =
                session.observe(new Scope.Some(Set.of(person), Set.of(row.name())), LoginRow.known(List.of(row)));
        return Optional.ofNullable(MarkedLogins.byPerson(observed, Map.of(person, row.name()))
                        .get(person))
                .filter(login -> login.marked() && login.state().isActive())
                .map(login -> new Account(login.state().name(), person, Optional.of(login.id())));
    }
}
