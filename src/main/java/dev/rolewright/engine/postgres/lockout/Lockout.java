package dev.rolewright.engine.postgres.lockout;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.batch.Outcomes;
import dev.rolewright.engine.postgres.batch.Shortfalls;
import dev.rolewright.engine.postgres.translation.Keepers;
import dev.rolewright.engine.postgres.translation.Translation;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Locks logins out and ends their sessions, which belongs together to its end: who is suspended late loses the
/// sessions once more, and who was on the way in is looked for.
public final class Lockout {

    private final Suspensions suspensions;
    private final Evictions evictions;

    public Lockout(Context context, Connection connection, Outcomes outcomes, Translation translation) {
        this.suspensions = new Suspensions(context, connection, outcomes, translation);
        this.evictions = new Evictions(context, connection, outcomes, suspensions);
    }

    /// One login by itself.
    ///
    /// @throws EngineFailure when it can still log in, or has sessions
    public static void lockOut(Context context, Connection connection, Account account) throws SQLException {
        List<Step> steps = List.of(new Step.SuspendLogin(account, Optional.empty()), new Step.EndSessions(account));
        Outcomes outcomes = new Outcomes(steps, new Shortfalls());
        Lockout lockout =
                new Lockout(context, connection, outcomes, new Translation(context, outcomes, new Keepers(context)));
        lockout.suspend(List.of(0));
        lockout.endSessions(List.of(1));
        lockout.finish();
        for (Outcome outcome : outcomes.all()) {
            if (outcome instanceof Outcome.Failed(EngineFailure failure)) {
                throw failure;
            }
        }
    }

    /// @param steps that suspend logins, or put back the mark of one that is to be suspended
    public void suspend(List<Integer> steps) throws SQLException {
        suspensions.perform(steps);
    }

    /// @param steps that end sessions
    public void endSessions(List<Integer> steps) throws SQLException {
        evictions.perform(steps);
    }

    /// What had to wait for others, at the end of everything.
    public void finish() throws SQLException {
        evictions.again(suspensions.finish());
        evictions.finish();
    }
}
