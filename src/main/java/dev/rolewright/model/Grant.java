package dev.rolewright.model;

import java.util.Comparator;

/// One privilege on one object of one database, held by the role that lists it.
///
/// @param grantable whether the holder may pass it on; never desired
public record Grant(String database, ObjectRef object, PrivilegeName privilege, boolean grantable, Grantor grantor)
        implements Comparable<Grant> {

    private static final Comparator<Grant> ORDER = Comparator.comparing(Grant::database)
            .thenComparing(Grant::object)
            .thenComparing(Grant::privilege)
            .thenComparing(Grant::grantor)
            .thenComparing(Grant::grantable);

    public Grant {
        Names.check("database name", database);
    }

    /// The one form that is desired.
    public static Grant of(String database, ObjectRef object, PrivilegeName privilege) {
        return new Grant(database, object, privilege, false, Grantor.OURS);
    }

    /// The same privilege on another object.
    public Grant on(ObjectRef other) {
        return new Grant(database, other, privilege, grantable, grantor);
    }

    /// As people read it: `SELECT on table sales.orders in orders`.
    public String label() {
        return privilege + " on "
                + (object instanceof ObjectRef.Database ? "database " + database : object.label() + " in " + database);
    }

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }
}
