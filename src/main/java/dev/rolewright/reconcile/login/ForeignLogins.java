package dev.rolewright.reconcile.login;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Scope;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reach.TargetAway;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/// The logins on targets that are not ours.
@ApplicationScoped
public class ForeignLogins {

    private final Sessions sessions;
    private final LoginBook logins;

    ForeignLogins(Sessions sessions, LoginBook logins) {
        this.sessions = sessions;
        this.logins = logins;
    }

    /// Looks at the target now, changing nothing there.
    ///
    /// @throws TargetAway when the target cannot be asked
    public Set<LoginName> on(Target target) {
        try (EngineSession session = sessions.open(target, Purpose.LOOK)) {
            return session.observe(
                            Scope.WHOLE,
                            LoginRow.known(logins.all(target.name()).values()))
                    .strangers()
                    .logins();
        } catch (EngineFailure failure) {
            throw new TargetAway(failure);
        }
    }

    /// What an administrator of the target runs so that nobody can log in there by that name any more.
    public Optional<String> locking(Target target, LoginName login) {
        return sessions.locking(target, login);
    }
}
