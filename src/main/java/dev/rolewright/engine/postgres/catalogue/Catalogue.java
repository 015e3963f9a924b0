package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Queries;
import dev.rolewright.engine.postgres.words.Routines;
import dev.rolewright.model.ObjectRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The catalogue of one database, as it is at one moment: everything is read in one transaction that changes nothing.
public final class Catalogue implements AutoCloseable {

    /// What is done with each row.
    @FunctionalInterface
    public interface Each {
        void row(ResultSet row) throws SQLException;
    }

    /// What was asked of a database and did not come.
    static final class Unread extends RuntimeException {

        private static final long serialVersionUID = 1;

        final transient String database;
        final transient EngineFailure failure;

        Unread(String database, EngineFailure failure) {
            super(failure);
            this.database = database;
            this.failure = failure;
        }
    }

    private static final int ROWS_AT_ONCE = 10_000;

    private final String database;
    private final Connection connection;
    private final int version;
    private final Runnable meanwhile;

    /// @param meanwhile is done again and again while something is read
    Catalogue(String database, Connection connection, int version, Runnable meanwhile) {
        this.database = database;
        this.connection = connection;
        this.version = version;
        this.meanwhile = meanwhile;
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
        } catch (SQLException e) {
            throw new Unread(database, Failures.of(e));
        }
    }

    /// What a session reads that goes on to change something.
    public static void reading(Connection connection, int version, Consumer<Catalogue> look) {
        try (Catalogue catalogue = new Catalogue("", connection, version, () -> {})) {
            look.accept(catalogue);
        } catch (Unread broken) {
            throw broken.failure;
        }
    }

    int version() {
        return version;
    }

    /// Prefers indexes from now on. Where a query asks for few of many names the server has no idea how few.
    public void walkIndexes() {
        set("enable_seqscan = off");
    }

    /// Joins whole sets from now on. How many keepers there are, and what they keep, the server estimates as
    /// one row, and would then go through all of it for every login.
    public void joinWholeSets() {
        set("enable_nestloop = off");
    }

    /// How the functions of some schemas are called in a statement.
    public Map<ObjectRef.Function, String> routines(Set<String> schemas) {
        try {
            return Routines.of(connection, schemas);
        } catch (SQLException e) {
            throw new Unread(database, Failures.of(e));
        }
    }

    /// @param parameters numbers for ids, collections of numbers or texts, or texts
    public void read(String query, Each each, Object... parameters) {
        meanwhile.run();
        try (PreparedStatement statement = connection.prepareStatement(Queries.of(query, version))) {
            statement.setFetchSize(ROWS_AT_ONCE);
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                for (int row = 1; rows.next(); row++) {
                    each.row(rows);
                    if (row % ROWS_AT_ONCE == 0) {
                        meanwhile.run();
                    }
                }
            }
        } catch (SQLException e) {
            throw new Unread(database, Failures.of(e));
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new Unread(database, Failures.of(e));
        }
    }

    private void set(String setting) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local " + setting);
        } catch (SQLException e) {
            throw new Unread(database, Failures.of(e));
        }
    }

    private void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        switch (value) {
            case Long id -> statement.setLong(place, id);
            case Integer number -> statement.setInt(place, number);
            case String text -> statement.setString(place, text);
            case Collection<?> all -> {
                boolean ids = all.iterator().hasNext() && all.iterator().next() instanceof Long;
                statement.setArray(place, connection.createArrayOf(ids ? "oid" : "text", all.toArray()));
            }
            default -> throw new IllegalArgumentException("A query takes ids and texts.");
        }
    }
}
