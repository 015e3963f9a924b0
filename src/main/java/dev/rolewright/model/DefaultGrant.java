package dev.rolewright.model;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// A privilege on what `creator` will make later in a database, held by the role that lists it.
///
/// @param schema only what is made in this schema; empty means anywhere
public record DefaultGrant(
        String database,
        RoleName creator,
        Optional<String> schema,
        ObjectKind kind,
        PrivilegeName privilege,
        boolean grantable)
        implements Comparable<DefaultGrant> {

    private static final Comparator<DefaultGrant> ORDER = Comparator.comparing(DefaultGrant::database)
            .thenComparing(DefaultGrant::creator)
            .thenComparing(grant -> grant.schema().orElse(""))
            .thenComparing(DefaultGrant::kind)
            .thenComparing(DefaultGrant::privilege)
            .thenComparing(DefaultGrant::grantable);

    public enum ObjectKind {
        TABLES,
        SEQUENCES,
        FUNCTIONS,
        TYPES,
        SCHEMAS,
        LARGE_OBJECTS
    }

    public DefaultGrant {
        Names.check("database name", database);
        schema.ifPresent(name -> Names.check("schema name", name));
    }

    /// The one form that is desired.
    public static DefaultGrant of(
            String database, RoleName creator, String schema, ObjectKind kind, PrivilegeName privilege) {
        return new DefaultGrant(database, creator, Optional.of(schema), kind, privilege, false);
    }

    /// As people read it: `SELECT on tables that orders_owner will make in schema sales of orders`.
    public String label() {
        return privilege + " on " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " that " + creator
                + " will make in "
                + schema.map(name -> "schema " + name + " of ").orElse("") + database;
    }

    @Override
    public int compareTo(DefaultGrant other) {
        return ORDER.compare(this, other);
    }
}
