package dev.rolewright.engine.postgres.batch;

import static java.util.function.Predicate.not;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Waits;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// Performs steps many at a time: one transaction for up to a thousand.
///
/// A transaction that fails is done again without the step that broke it, which then is tried alone: first the steps
/// before it, then it, then those after it. So one bad step costs little and holds nobody back, and neither does one
/// that waits for somebody ([Waits], [HeldRoles]).
public final class Batches {

    /// What a batch becomes on its connection, as far as it does not begin and end transactions.
    public interface Translator {

        /// One piece for each step. A step that must not be performed is told to the outcomes and becomes
        /// nothing.
        List<Piece> pieces(Connection connection, List<Integer> steps) throws SQLException;

        /// Whether what was spoken of is still what it was, and what was made has the ids that the outcomes are
        /// told; asked at the end of the transaction.
        boolean stillHolds(Connection connection, List<Integer> steps) throws SQLException;

        /// The transaction in which all of this was said is durable.
        void committed();

        /// Whether whoever gives or takes a role keeps everybody else from it until his transaction ends.
        default boolean holdsRoles() {
            return false;
        }

        /// What gives our login the right that the step needs.
        Optional<String> remedy(Connection connection, Step step) throws SQLException;
    }

    private static final int LARGEST = 1_000;
    private static final int TRIES = 6;

    private final Connection connection;
    private final RoleName grantor;
    private final Translator translator;
    private final Outcomes outcomes;
    private final Waits waits;

    public Batches(Connection connection, RoleName grantor, Translator translator, Outcomes outcomes, Waits waits) {
        this.connection = connection;
        this.grantor = grantor;
        this.translator = translator;
        this.outcomes = outcomes;
        this.waits = waits;
    }

    public void run(List<Integer> steps) {
        for (int from = 0; from < steps.size(); from += LARGEST) {
            run(steps.subList(from, Math.min(steps.size(), from + LARGEST)), true);
        }
    }

    private void run(List<Integer> steps, boolean together) {
        List<Integer> ready = steps.stream()
                .filter(outcomes::isReady)
                .filter(not(this::waitsForRole))
                .toList();
        for (int tries = 1; !ready.isEmpty(); tries++) {
            long began = System.nanoTime();
            try {
                attempt(ready, together);
                return;
            } catch (Statements.Broken broken) {
                rollback();
                if (Failures.isServerWide(broken.why)) {
                    throw Failures.of(broken.why);
                }
                if (Failures.isHeld(broken.why)) {
                    waits.waitedInVain(Duration.ofNanos(System.nanoTime() - began));
                }
                if (!isWorthAnotherTry(broken.why, ready, tries)) {
                    divide(ready, broken);
                    return;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000L, 20_000_000L) * tries);
            }
        }
    }

    private boolean waitsForRole(int index) {
        boolean held = membership(index).filter(outcomes.heldRoles()::isHeld).isPresent();
        if (held) {
            outcomes.failed(index, Failures.held());
        }
        return held;
    }

    /// What a step has to do with a role that may be held.
    private Optional<Step.OfMembership> membership(int index) {
        return translator.holdsRoles() && outcomes.step(index) instanceof Step.OfMembership step
                ? Optional.of(step)
                : Optional.empty();
    }

    private void attempt(List<Integer> ready, boolean together) throws Statements.Broken {
        try {
            connection.setAutoCommit(false);
            limitWait(waits.of(ready.size()));
            List<Piece> pieces = translator.pieces(connection, ready);
            Statements.run(connection, grantor, pieces, together);
            if (!translator.stillHolds(connection, ready)) {
                throw new SQLException("a login is not the one it was", "42704");
            }
            connection.commit();
            translator.committed();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new Statements.Broken(0, ready.size(), e);
        }
        ready.forEach(outcomes::done);
    }

    private void limitWait(Duration time) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = " + time.toMillis());
        }
    }

    // A lock that was waited for in vain will not be free a moment later. What is not there may have got another name
    // since it was looked up, or a keeper may be gone that was there a transaction before, which another look tells.
    private boolean isWorthAnotherTry(SQLException why, List<Integer> steps, int tries) {
        boolean firstAlone = steps.size() == 1 && tries == 1;
        boolean makesLogin = outcomes.step(steps.getFirst()) instanceof Step.CreateLogin;
        boolean isGone = Failures.isGone(why) || (makesLogin && Failures.mayBeWithoutActor(why));
        return isGone ? firstAlone : Failures.isContended(why) && !Failures.isHeld(why) && tries < TRIES;
    }

    private void divide(List<Integer> steps, Statements.Broken broken) {
        if (steps.size() == 1) {
            int only = steps.getFirst();
            if (Failures.isGone(broken.why) && takesWhatMayBeGone(outcomes.step(only))) {
                outcomes.done(only);
            } else {
                if (Failures.isHeld(broken.why)) {
                    membership(only).ifPresent(outcomes.heldRoles()::waitedInVainFor);
                }
                outcomes.failed(only, failure(only, broken.why));
            }
            return;
        }
        List<Integer> suspects = steps.subList(broken.from, broken.to);
        run(steps.subList(0, broken.from), true);
        if (suspects.size() == steps.size()) {
            run(suspects.subList(0, suspects.size() / 2), false);
            run(suspects.subList(suspects.size() / 2, suspects.size()), false);
        } else if (suspects.size() == 1 && Failures.isHeld(broken.why) && waits.isBrief()) {
            divide(suspects, broken); // it has waited as long alone
        } else {
            run(suspects, false);
        }
        run(steps.subList(broken.to, steps.size()), true);
    }

    // Who is spoken of was looked up before, twice, so it is the object or the other role that is missing.
    private static boolean takesWhatMayBeGone(Step step) {
        return switch (step) {
            case Step.Leave _, Step.DropRole _, Step.Exclude _, Step.RevokePrivilege _, Step.RevokeDefault _ -> true;
            case Step.RemovePolicy _, Step.UnprotectRows _, Step.StripLogin _, Step.StripRole _ -> true;
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> false;
        };
    }

    private EngineFailure failure(int step, SQLException why) {
        try {
            return Failures.of(why, translator.remedy(connection, outcomes.step(step)));
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private void rollback() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }
}
