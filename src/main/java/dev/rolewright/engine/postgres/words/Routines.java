package dev.rolewright.engine.postgres.words;

import dev.rolewright.model.ObjectRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How functions are called in a statement. A signature is looked up and never pasted: it is a text from outside,
/// and the types in it may mean another function on another search path.
public final class Routines {

    private static final String LOOK = """
            select n.nspname, p.proname || '(' || oidvectortypes(p.proargtypes) || ')', p.oid::regprocedure::text
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = any (?)""";

    private Routines() {}

    /// Where a function is; empty for anything else.
    public static Optional<String> schema(ObjectRef object) {
        return object instanceof ObjectRef.Function(String schema, var _) ? Optional.of(schema) : Optional.empty();
    }

    /// How an object is called if it is a function, and others beside it.
    public static Map<ObjectRef.Function, String> of(Connection connection, ObjectRef object) throws SQLException {
        return of(connection, schema(object).map(Set::of).orElse(Set.of()));
    }

    public static Map<ObjectRef.Function, String> of(Connection connection, Set<String> schemas) throws SQLException {
        Map<ObjectRef.Function, String> routines = new HashMap<>();
        if (schemas.isEmpty()) {
            return routines;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    routines.put(new ObjectRef.Function(rows.getString(1), rows.getString(2)), rows.getString(3));
                }
            }
        }
        return routines;
    }
}
