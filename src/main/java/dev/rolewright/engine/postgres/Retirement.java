package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Drops a login that nobody needs any more.
final class Retirement {

    private final Context context;
    private final Connections connections;

    Retirement(Context context, Connections connections) {
        this.context = context;
        this.connections = connections;
    }

    /// @throws EngineFailure when it cannot be dropped safely; then it stays as it is, suspended
    void drop(Step.DropLogin step) {
        Account account = step.account();
        lock(account);
        try {
            Connection connection = connections.maintenance();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                RoleBook roles = RoleBook.read(
                        context,
                        connection,
                        List.of(account.login().value()),
                        account.id().stream().toList());
                if (!roles.isGone(account)) {
                    RoleName keeper = roles.require(account).seen().keeper();
                    statement.execute("SET LOCAL ROLE "
                            + Quoting.name(keeper == null ? context.own().grantor() : keeper));
                    statement.execute("DROP ROLE " + Quoting.name(account.login()));
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    // One that may still be used is suspended and its sessions are ended first.
    private void lock(Account account) {
        List<Step> steps =
                List.of(new Step.SuspendLogin(account, java.util.Optional.empty()), new Step.EndSessions(account));
        for (Outcome outcome : new Performance(context, connections, steps).perform()) {
            if (outcome instanceof Outcome.Failed(EngineFailure failure)) {
                throw failure;
            }
        }
    }
}
