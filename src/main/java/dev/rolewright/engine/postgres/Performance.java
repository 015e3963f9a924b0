package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.batch.Batches;
import dev.rolewright.engine.postgres.batch.Outcomes;
import dev.rolewright.engine.postgres.batch.Shortfalls;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.departure.Retirement;
import dev.rolewright.engine.postgres.lockout.Lockout;
import dev.rolewright.engine.postgres.translation.Keepers;
import dev.rolewright.engine.postgres.translation.Translation;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Waits;
import dev.rolewright.model.Extra;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private final Context context;
    private final Connections connections;
    private final Outcomes outcomes;
    private final Translation translation;
    private final Waits waits;
    private final Lockout lockout;

    /// @param shortfalls what the session could not bring about so far
    /// @param keepers of the session
    /// @param unsafe why nothing may be changed but that people are locked out
    Performance(
            Context context,
            Connections connections,
            List<Step> steps,
            Shortfalls shortfalls,
            Keepers keepers,
            Optional<EngineFailure> unsafe) {
        this.context = context;
        this.connections = connections;
        this.outcomes = new Outcomes(steps, shortfalls);
        this.translation = new Translation(context, outcomes, keepers);
        this.waits = Waits.upTo(context.reach().patience().lock());
        this.lockout = new Lockout(context, connections.maintenance(), outcomes, translation);
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
            lockout.finish();
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
            case Place.Suspending _ -> lockout.suspend(steps);
            case Place.Cluster _ -> cluster().run(steps);
            case Place.Ending _ -> lockout.endSessions(steps);
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
