package dev.rolewright.engine.postgres.lockout;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.batch.Outcomes;
import dev.rolewright.engine.postgres.translation.RoleBook;
import dev.rolewright.engine.postgres.translation.RoleBook.OurLogin;
import dev.rolewright.engine.postgres.translation.Seen;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Ends the sessions that steps want ended, also of those who come back while their logins are being locked.
final class Evictions {

    private static final EngineFailure ON_THE_WAY = new EngineFailure(
            Kind.BUSY,
            "Somebody is on the way into a database that is being copied or dropped; who it is cannot be seen yet.");

    private final Context context;
    private final Connection connection;
    private final Outcomes outcomes;
    private final Suspensions suspensions;
    private final Map<String, Terminations.Login> locked = new HashMap<>();
    private long lockedAt;

    Evictions(Context context, Connection connection, Outcomes outcomes, Suspensions suspensions) {
        this.context = context;
        this.connection = connection;
        this.outcomes = outcomes;
        this.suspensions = suspensions;
    }

    void perform(List<Integer> steps) throws SQLException {
        Map<String, Terminations.Login> logins = new HashMap<>();
        Set<String> lockedNow = new HashSet<>();
        Map<Integer, String> ids = new LinkedHashMap<>();
        RoleBook roles = look(steps);
        for (int index : steps) {
            Account account = account(index);
            if (!outcomes.isReady(index)) {
                continue;
            }
            Optional<Seen> login = roles.login(account)
                    .map(OurLogin::seen)
                    .or(() -> suspensions.isUnmarked(account) ? Optional.of(roles.known(account)) : Optional.empty());
            if (login.isEmpty() && !roles.isGone(account)) {
                outcomes.failed(index, Failures.changed("Login " + account + " is not the one it was."));
                continue;
            }
            // A login that is gone leaves its id behind in the sessions that outlived it.
            String id = login.map(it -> Long.toString(it.id())).or(account::id).orElseThrow();
            ids.put(index, id);
            Terminations.Login known =
                    new Terminations.Login(account, login.flatMap(it -> Optional.ofNullable(it.keeper())));
            logins.put(id, known);
            if (login.isEmpty() || !login.get().login()) {
                lockedNow.add(id);
                locked.put(id, known);
                lockedAt = System.nanoTime();
            }
        }
        Map<String, EngineFailure> left = new Terminations(context, connection).end(logins, lockedNow);
        ids.forEach((index, id) -> {
            EngineFailure failure = left.get(id);
            if (failure == null) {
                outcomes.done(index);
            } else {
                outcomes.failed(index, failure);
                locked.remove(id);
            }
        });
    }

    /// Once more where somebody still could log in when their sessions were ended, and may have come back.
    ///
    /// @param suspended who is locked out only now
    void again(List<Account> suspended) throws SQLException {
        List<Integer> again = new ArrayList<>();
        for (int index = 0; index < outcomes.size(); index++) {
            if (outcomes.step(index) instanceof Step.EndSessions(Account account) && suspended.contains(account)) {
                outcomes.tryAgain(index);
                again.add(index);
            }
        }
        if (!again.isEmpty()) {
            perform(again);
        }
    }

    /// A connection that was on its way in when its login was suspended was not open yet when sessions were ended.
    void finish() throws SQLException {
        if (!locked.isEmpty()) {
            boolean arriving = Arrivals.areMissed(
                    connection, lockedAt, context.reach().patience().lock());
            Map<String, EngineFailure> left =
                    new HashMap<>(new Terminations(context, connection).end(locked, locked.keySet()));
            if (arriving) {
                locked.keySet().forEach(id -> left.putIfAbsent(id, ON_THE_WAY));
            }
            for (int index = 0; index < outcomes.size() && !left.isEmpty(); index++) {
                if (outcomes.step(index) instanceof Step.EndSessions(Account account)) {
                    EngineFailure failure = left.get(account.id().orElse(""));
                    if (failure != null) {
                        outcomes.failed(index, failure);
                    }
                }
            }
        }
    }

    private RoleBook look(List<Integer> steps) throws SQLException {
        Set<String> names = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int index : steps) {
            Account account = account(index);
            names.add(account.login().value());
            account.id().ifPresent(ids::add);
        }
        return RoleBook.read(context, connection, names, ids);
    }

    private Account account(int index) {
        return ((Step.EndSessions) outcomes.step(index)).account();
    }
}
