package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Opens sessions on PostgreSQL servers.
@ApplicationScoped
class PostgresEngine implements Engine {

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
            Optional<EngineFailure> unsafe = Optional.empty();
            if (purpose == Purpose.CHANGE) {
                ClusterLock.take(connections.maintenance(), own, reach);
            }
            if (purpose == Purpose.CHANGE || purpose == Purpose.ENTRUST) {
                unsafe = ServerRoles.ensure(own, marks, connections.maintenance(), connections.version(), reach.user());
                connections.become(own.grantor());
            }
            return new PostgresSession(new Context(reach, own, marks, connections.version()), connections, unsafe);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public String locking(LoginName login) {
        return "ALTER ROLE " + Quoting.name(login) + " NOLOGIN;";
    }

    @PreDestroy
    void closeAll() {
        idle.closeAll();
    }
}
