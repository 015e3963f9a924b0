package dev.rolewright.plan;

import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What becomes of a login that nobody should use: it is locked at once, and dropped after the grace where that is
/// safe.
final class Leaving {

    private final Ground ground;
    private final Map<PersonId, LoginState> wanted;
    private final Instant now;
    private final Set<LoginName> dropped = new HashSet<>();

    /// @param wanted the login that each person should have
    Leaving(Ground ground, Map<PersonId, LoginState> wanted, Instant now) {
        this.ground = ground;
        this.wanted = wanted;
        this.now = now;
    }

    /// Whose names are free afterwards.
    Set<LoginName> dropped() {
        return dropped;
    }

    void retire(SeenLogin login) {
        Account account = login.account();
        LoginState state = login.state();
        List<Reason> why = whyEnded(login);
        if (state.isActive()) {
            ground.add(new Step.SuspendLogin(account, Optional.empty()), why);
        }
        if (state.isActive() || login.sessions() > 0) {
            ground.add(new Step.EndSessions(account), why);
        }
        state.memberships().forEach(membership -> ground.add(new Step.Leave(account, membership), why));
        if (isPastGrace(state)) {
            drop(login, why);
        } else if (!state.isActive() && state.suspendedSince().isEmpty()) {
            ground.add(new Step.StampSuspension(account), why);
        }
    }

    private boolean isPastGrace(LoginState state) {
        return ground.desired.grace().isZero()
                || state.suspendedSince()
                        .filter(since -> !since.plus(ground.desired.grace()).isAfter(now))
                        .isPresent();
    }

    private void drop(SeenLogin login, List<Reason> why) {
        Belongings owned = login.belongings();
        Optional<RoleName> heir = ground.desired.target().heir();
        List<String> obstacles = new ArrayList<>(owned.obstacles());
        if (owned.data() > 0 && heir.isEmpty()) {
            obstacles.add("it owns data and the contract names no heir on this target");
        }
        heir.filter(name -> owned.data() > 0 && ground.isKnownToBeMissing(name))
                .ifPresent(name -> obstacles.add("it owns data and the heir, " + name + ", does not exist"));
        if (obstacles.isEmpty()) {
            dropped.add(login.state().name());
            ground.add(new Step.DropLogin(login.account(), login.state().suspendedSince(), heir), why);
        } else {
            ground.note(
                    Note.Kind.KEPT,
                    login.state().name(),
                    "is past its grace and stays suspended: " + String.join("; ", obstacles));
        }
    }

    private List<Reason> whyEnded(SeenLogin login) {
        PersonId person = login.state().person();
        LoginState state = wanted.get(person);
        if (state != null && state.isActive()) {
            return List.of(new Reason.Unwanted(Optional.empty()));
        }
        List<Reason> why =
                ground.desired.why(new Item.Login(state == null ? login.state().name() : state.name()));
        return why.isEmpty() ? List.of(new Reason.Ended(person, Reason.Cause.UNKNOWN)) : why;
    }
}
