package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.ObjectRef.RestKind;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// What roles hold in the managed databases: privileges, default privileges and row policies.
public final class Holdings {

    private static final class Held {
        private final Set<Grant> grants = new HashSet<>();
        private final Set<DefaultGrant> defaults = new HashSet<>();
        private final Set<RowPolicy> policies = new HashSet<>();
    }

    private final Map<Long, RoleName> roles;
    private final OwnIds own;
    private final Map<Long, Held> held = new HashMap<>();

    public Holdings(Map<Long, RoleName> roles, OwnIds own) {
        this.roles = roles;
        this.own = own;
        roles.keySet().forEach(role -> held.put(role, new Held()));
    }

    /// @param first whether what belongs to the whole server is to be told with this database
    public void read(String database, Catalogue catalogue, boolean first) {
        if (roles.isEmpty()) {
            return;
        }
        Set<Long> ids = roles.keySet();
        Catalogue.Each grant = row -> of(row.getLong(1)).grants.add(grant(database, row));
        catalogue.read("privileges", grant, own.grantor(), ids);
        if (first) {
            catalogue.read("shared-privileges", grant, own.grantor(), ids);
        }
        catalogue.read("defaults", row -> of(row.getLong(1)).defaults.add(defaultGrant(database, row)), ids);
    }

    /// Takes in a policy that is one role's alone.
    public void add(long role, RowPolicy policy) {
        of(role).policies.add(policy);
    }

    /// Whether some role may do anything with a table.
    public boolean touches(String database, ObjectRef.Table table) {
        return held.values().stream()
                .flatMap(it -> it.grants.stream())
                .anyMatch(grant -> grant.database().equals(database) && table.equals(tableOf(grant.object())));
    }

    public void grants(BiConsumer<RoleName, Grant> each) {
        roles.forEach((id, role) -> of(id).grants.forEach(grant -> each.accept(role, grant)));
    }

    public void each(BiConsumer<Long, Grant> grant, BiConsumer<Long, DefaultGrant> defaults) {
        held.forEach((id, all) -> {
            all.grants.forEach(it -> grant.accept(id, it));
            all.defaults.forEach(it -> defaults.accept(id, it));
        });
    }

    public Map<RoleName, RoleState> states(Memberships memberships) {
        Map<RoleName, RoleState> states = new HashMap<>();
        roles.forEach((id, name) -> {
            Held all = of(id);
            states.put(
                    name,
                    new RoleState(name, Optional.empty(), memberships.of(id), all.grants, all.defaults, all.policies));
        });
        return states;
    }

    public static Command command(String letter) {
        return switch (letter) {
            case "r" -> Command.SELECT;
            case "a" -> Command.INSERT;
            case "w" -> Command.UPDATE;
            case "d" -> Command.DELETE;
            default -> Command.HELD;
        };
    }

    /// @param sub a column's name or a function's argument types
    public static ObjectRef object(String kind, String schema, String name, String sub) {
        return switch (kind) {
            case "DATABASE" -> new ObjectRef.Database();
            case "SCHEMA" -> new ObjectRef.Schema(schema);
            case "TABLE" -> new ObjectRef.Table(schema, name);
            case "COLUMN" -> new ObjectRef.Column(schema, name, sub);
            case "SEQUENCE" -> new ObjectRef.Sequence(schema, name);
            case "FUNCTION" -> new ObjectRef.Function(schema, name + "(" + sub + ")");
            case "TYPE" -> new ObjectRef.Type(schema, name);
            default -> new ObjectRef.Rest(RestKind.valueOf(kind), name);
        };
    }

    private static Grant grant(String database, ResultSet row) throws SQLException {
        return new Grant(
                database,
                object(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                new PrivilegeName(row.getString(6)),
                row.getBoolean(7),
                row.getBoolean(9) ? Grantor.OURS : new Grantor.Other(new RoleName(row.getString(8))));
    }

    private static DefaultGrant defaultGrant(String database, ResultSet row) throws SQLException {
        return new DefaultGrant(
                database,
                new RoleName(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                kindOfDefault(row.getString(4)),
                new PrivilegeName(row.getString(5)),
                row.getBoolean(6));
    }

    private static DefaultGrant.ObjectKind kindOfDefault(String letter) {
        return switch (letter) {
            case "r" -> DefaultGrant.ObjectKind.TABLES;
            case "S" -> DefaultGrant.ObjectKind.SEQUENCES;
            case "f" -> DefaultGrant.ObjectKind.FUNCTIONS;
            case "T" -> DefaultGrant.ObjectKind.TYPES;
            case "n" -> DefaultGrant.ObjectKind.SCHEMAS;
            case "L" -> DefaultGrant.ObjectKind.LARGE_OBJECTS;
            default -> throw new IllegalStateException("Default privileges on an unknown kind, " + letter + ".");
        };
    }

    /// The table of a column; anything else is what it is.
    public static ObjectRef tableOf(ObjectRef object) {
        return object instanceof ObjectRef.Column(String schema, String table, String _)
                ? new ObjectRef.Table(schema, table)
                : object;
    }

    private Held of(long role) {
        return held.getOrDefault(role, new Held());
    }
}
