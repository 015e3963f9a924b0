package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Reach;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Opens sessions on PostgreSQL servers.
@ApplicationScoped
class PostgresEngine implements Engine {

    // The same for every installation: one provisioner at a time on a whole cluster, whoever it is.
    private static final long LOCK = 0x726f6c6577726967L; // "rolewrig"

    private final IdleConnections idle = new IdleConnections();

    @Override
    public String product() {
        return "postgresql";
    }

    @Override
    public EngineSession open(Reach reach, Purpose purpose) {
        OwnRoles own = OwnRoles.of(reach.installation());
        Marks marks = new Marks(reach.installation());
        Connections connections = new Connections(reach, purpose, idle);
        try {
            if (purpose == Purpose.CHANGE) {
                lock(connections);
                ServerRoles.ensure(own, marks, connections.maintenance(), connections.version(), reach.user());
                connections.become(own.grantor());
            }
            return new PostgresSession(new Context(reach, own, marks, connections.version()), connections);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    private static void lock(Connections connections) {
        try (Statement statement = connections.maintenance().createStatement();
                ResultSet row = statement.executeQuery("select case when pg_is_in_recovery()"
                        + " or current_setting('transaction_read_only') = 'on' then 'read only'"
                        + " else coalesce(pg_advisory_lock(" + LOCK + ")::text, 'locked') end")) {
            if (row.next() && "read only".equals(row.getString(1))) {
                throw new EngineFailure(
                        Kind.READ_ONLY,
                        "25006",
                        "The server takes no changes: it is a standby or read-only.",
                        Optional.empty());
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @PreDestroy
    void closeAll() {
        idle.closeAll();
    }
}
