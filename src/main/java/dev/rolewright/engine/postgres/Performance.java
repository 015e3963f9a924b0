package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.RoleBook.OurLogin;
import dev.rolewright.model.Extra;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Performs a plan's steps in their order, as many together as belong together.
///
/// A suspension is committed before anything that stands after it, and sessions are ended before
/// anything that stands after that. Only a suspension that somebody else blocks is tried once more
/// at the very end, because nobody else is to wait for it.
final class Performance {

    /// Steps that can share a transaction.
    private sealed interface Place {

        record Suspending() implements Place {}

        record Ending() implements Place {}

        record Dropping() implements Place {}

        record Cluster() implements Place {}

        /// Steps of different databases that stand together do not depend on each other.
        record Databases() implements Place {}
    }

    private static final EngineFailure ON_THE_WAY = new EngineFailure(
            Kind.BUSY,
            "",
            "Somebody is on the way into a database that is being copied or dropped; who it is cannot be seen yet.",
            Optional.empty());

    private final Context context;
    private final Connections connections;
    private final Outcomes outcomes;
    private final Translation translation;
    private final Waits waits;
    private final Suspensions suspensions;
    private final Map<String, Terminations.Login> locked = new HashMap<>();
    private long lockedAt;

    /// @param shortfalls what the session could not bring about so far
    /// @param unsafe why nothing may be changed but that people are locked out
    Performance(
            Context context,
            Connections connections,
            List<Step> steps,
            Shortfalls shortfalls,
            Optional<EngineFailure> unsafe) {
        this.context = context;
        this.connections = connections;
        this.outcomes = new Outcomes(steps, shortfalls);
        this.translation = new Translation(context, outcomes);
        this.waits = Waits.upTo(context.reach().patience().lock());
        this.suspensions = new Suspensions(context, connections.maintenance(), outcomes, translation);
        unsafe.ifPresent(failure -> outcomes.failUnless(Performance::locksOut, failure));
    }

    List<Outcome> perform() {
        try {
            int from = 0;
            while (from < outcomes.size()) {
                Place place = place(outcomes.step(from));
                List<Integer> steps = new ArrayList<>();
                while (from < outcomes.size() && place.equals(place(outcomes.step(from)))) {
                    steps.add(from++);
                }
                perform(place, steps);
            }
            finishSuspensions();
            sweep();
            return outcomes.all();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    Map<PersonId, String> made() {
        return outcomes.made();
    }

    private static boolean locksOut(Step step) {
        return switch (step) {
            case Step.MarkLogin _, Step.SuspendLogin _, Step.EndSessions _, Step.StampSuspension _, Step.Leave _ ->
                true;
            case Step.CreateLogin _,
                    Step.RenameLogin _,
                    Step.ResumeLogin _,
                    Step.Join _,
                    Step.StripLogin _,
                    Step.DropLogin _,
                    Step.OfRole _,
                    Step.OfTable _ -> false;
        };
    }

    private static Place place(Step step) {
        return switch (step) {
            case Step.MarkLogin _, Step.SuspendLogin _ -> new Place.Suspending();
            case Step.EndSessions _ -> new Place.Ending();
            case Step.DropLogin _ -> new Place.Dropping();
            case Step.StripLogin(var _, Extra.OfDatabase _) -> new Place.Databases();
            case Step.StripRole _ -> new Place.Cluster();
            case Step.OfLogin _, Step.CreateRole _, Step.DropRole _, Step.Include _, Step.Exclude _ ->
                new Place.Cluster();
            case Step.OfRole _, Step.OfTable _ -> new Place.Databases();
        };
    }

    private void perform(Place place, List<Integer> steps) throws SQLException {
        switch (place) {
            case Place.Suspending _ -> suspensions.perform(steps);
            case Place.Cluster _ -> cluster().run(steps);
            case Place.Ending _ -> endSessions(steps);
            case Place.Dropping _ -> {
                for (int index : steps) {
                    drop(index);
                }
            }
            case Place.Databases _ -> inDatabases(steps);
        }
    }

    private Batches cluster() {
        return new Batches(connections.maintenance(), context.own().grantor(), translation, outcomes, waits);
    }

    private void inDatabases(List<Integer> steps) throws SQLException {
        Map<String, List<Integer>> databases = new LinkedHashMap<>();
        steps.forEach(index -> databases
                .computeIfAbsent(database(outcomes.step(index)), _ -> new ArrayList<>())
                .add(index));
        for (Map.Entry<String, List<Integer>> entry : databases.entrySet()) {
            requireLock();
            inDatabase(entry.getKey(), entry.getValue());
        }
    }

    // Whoever owns a database can end our session in it, or let nobody in; that keeps nothing else from being done.
    private void inDatabase(String database, List<Integer> steps) {
        try {
            new Batches(connections.to(database), context.own().grantor(), translation, outcomes, waits).run(steps);
        } catch (EngineFailure e) {
            EngineFailure only = connections.only(database, e);
            steps.stream().filter(index -> !outcomes.isKnown(index)).forEach(index -> outcomes.failed(index, only));
        }
    }

    // The lock on the cluster lives and dies with the maintenance connection.
    private void requireLock() throws SQLException {
        if (!connections.isServerThere()) {
            throw new SQLException("the maintenance connection broke", "08006");
        }
    }

    private static String database(Step step) {
        return switch (step) {
            case Step.GrantPrivilege(var _, var grant) -> grant.database();
            case Step.RevokePrivilege(var _, var grant) -> grant.database();
            case Step.GrantDefault(var _, var grant) -> grant.database();
            case Step.RevokeDefault(var _, var grant) -> grant.database();
            case Step.AddPolicy(var _, var policy) -> policy.database();
            case Step.RemovePolicy(var _, var policy) -> policy.database();
            case Step.OfTable of -> of.database();
            case Step.StripLogin(var _, Extra.OfDatabase extra) -> extra.database();
            case Step.StripRole _ -> throw new IllegalArgumentException("is not inside a database: " + step);
            case Step.OfLogin _, Step.CreateRole _, Step.DropRole _, Step.Include _, Step.Exclude _ ->
                throw new IllegalArgumentException("is not inside a database: " + step);
        };
    }

    private void endSessions(List<Integer> steps) throws SQLException {
        Map<String, Terminations.Login> logins = new HashMap<>();
        Set<String> lockedNow = new HashSet<>();
        Map<Integer, String> ids = new LinkedHashMap<>();
        RoleBook roles = look(steps);
        for (int index : steps) {
            Account account = ((Step.EndSessions) outcomes.step(index)).account();
            if (!outcomes.isReady(index)) {
                continue;
            }
            Optional<Seen> login = roles.login(account)
                    .map(OurLogin::seen)
                    .or(() -> suspensions.isUnmarked(account) ? Optional.of(roles.known(account)) : Optional.empty());
            if (login.isEmpty() && !roles.isGone(account)) {
                outcomes.failed(index, RoleBook.changed("Login " + account + " is not the one it was."));
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
        Map<String, EngineFailure> left = new Terminations(context, connections.maintenance()).end(logins, lockedNow);
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

    private Account account(int index) {
        return ((Step.OfLogin) outcomes.step(index)).account();
    }

    // Whoever still could log in when his sessions were ended may have come back.
    private void finishSuspensions() throws SQLException {
        List<Account> suspended = suspensions.finish();
        List<Integer> again = new ArrayList<>();
        for (int index = 0; index < outcomes.size(); index++) {
            if (outcomes.step(index) instanceof Step.EndSessions(Account account) && suspended.contains(account)) {
                outcomes.tryAgain(index);
                again.add(index);
            }
        }
        if (!again.isEmpty()) {
            endSessions(again);
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
        return RoleBook.read(context, connections.maintenance(), names, ids);
    }

    // A connection that was on its way in when its login was suspended was not open yet when sessions were ended.
    private void sweep() throws SQLException {
        if (!locked.isEmpty()) {
            boolean arriving = Arrivals.areMissed(
                    connections.maintenance(),
                    lockedAt,
                    context.reach().patience().lock());
            Map<String, EngineFailure> left =
                    new HashMap<>(new Terminations(context, connections.maintenance()).end(locked, locked.keySet()));
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

    private void drop(int index) {
        Step.DropLogin step = (Step.DropLogin) outcomes.step(index);
        if (outcomes.isReady(index)) {
            try {
                new Retirement(context, connections).drop(step);
                outcomes.done(index);
            } catch (EngineFailure e) {
                if (e.kind() == Kind.READ_ONLY || !connections.isServerThere()) {
                    throw e;
                }
                outcomes.failed(index, e);
            }
        }
    }
}
