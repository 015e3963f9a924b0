package dev.rolewright.reconcile.work;

import dev.rolewright.store.Parting;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/// Wakes the loops of this process at once, and those of the others by a notification of the store.
///
/// The notification is a statement of its own: within a push's transaction it would make all pushes wait for each
/// other. Nobody depends on it.
@ApplicationScoped
public class Wake {

    private static final Logger LOG = Logger.getLogger(Wake.class);
    private static final String CHANNEL = "rolewright_work";
    private static final Duration LISTENING = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Store store;
    private final DataSource source;
    private final Alarm alarm;
    private volatile boolean stopped;

    Wake(Store store, DataSource source, Alarm alarm) {
        this.store = store;
        this.source = source;
        this.alarm = alarm;
    }

    public void everybody() {
        alarm.ring();
        try {
            store.all("SELECT pg_notify('" + CHANNEL + "', '')", _ -> true);
        } catch (StoreFailure missed) {
            LOG.debug("Other processes were not woken; they look on their schedule", missed);
        }
    }

    /// Hears the other processes, over a connection of its own, until told to stop.
    public void listen() {
        while (!stopped) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                alarm.ring(); // for what came while nobody listened
                hear(connection, statement);
            } catch (SQLException away) {
                LOG.debug("The store is not heard at present", away);
                rest();
            } catch (RuntimeException | Error unexpected) {
                LOG.warn("The store is not heard at present", unexpected);
                rest();
            }
        }
    }

    private void rest() {
        if (!stopped) {
            alarm.pause(PAUSE);
        }
    }

    /// The others come at once for what is left here, and our own ear hears it too.
    public void stop() {
        stopped = true;
        Parting.with(this::everybody);
    }

    private void hear(Connection connection, Statement statement) throws SQLException {
        PGConnection line = connection.unwrap(PGConnection.class);
        try {
            while (!stopped) {
                if (line.getNotifications((int) LISTENING.toMillis()).length > 0) {
                    alarm.ring();
                } else {
                    statement.execute("SELECT"); // a line that swallows everything is as silent as a calm one
                }
            }
        } finally {
            statement.execute("UNLISTEN " + CHANNEL);
        }
    }
}
