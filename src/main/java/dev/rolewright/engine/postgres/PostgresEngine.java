package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Needs;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.connection.ClusterLock;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.connection.Handshake;
import dev.rolewright.engine.postgres.connection.IdleConnections;
import dev.rolewright.engine.postgres.connection.OpenLine;
import dev.rolewright.engine.postgres.readiness.Examination;
import dev.rolewright.engine.postgres.readiness.ServerRoles;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.LoginName;
import dev.rolewright.plan.Check;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
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
        Connections connections = new Connections(reach, purpose, idle);
        try {
            Connection first = connections.maintenance();
            Context context = Context.of(reach, connections.version());
            if (purpose == Purpose.CHANGE) {
                ClusterLock.take(first, context.own(), reach);
            }
            Optional<EngineFailure> unsafe = switch (purpose) {
                case CHANGE -> ServerRoles.ensure(context, first);
                case ENTRUST -> ServerRoles.check(context, first);
                case LOOK, PROVE -> Optional.empty();
            };
            if (purpose == Purpose.CHANGE || purpose == Purpose.ENTRUST) {
                connections.become(context.own().grantor());
            }
            return new PostgresSession(purpose, context, connections, unsafe);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public Optional<String> database(String url) {
        return Handshake.database(url);
    }

    // Over connections made for this: one that stands says nothing of the password.
    @Override
    public List<Check> check(Reach reach, Optional<Needs> needs) {
        Connections connections;
        try {
            connections = new Connections(reach, Purpose.PROVE, idle);
        } catch (EngineFailure failure) {
            return Examination.of(failure, reach.user(), "");
        }
        try (connections) {
            return Examination.of(Context.of(reach, connections.version()), connections, needs);
        } catch (EngineFailure failure) {
            return Examination.of(failure, reach.user(), connections.maintenanceDatabase());
        }
    }

    @Override
    public String locking(LoginName login) {
        return "ALTER ROLE " + Quoting.name(login) + " NOLOGIN;";
    }

    @Override
    public boolean isInTheOpen(String url) {
        return OpenLine.is(url);
    }

    @PreDestroy
    void closeAll() {
        idle.closeAll();
    }
}
