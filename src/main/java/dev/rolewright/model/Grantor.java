package dev.rolewright.model;

/// In whose name a membership or a privilege was given. A server removes only what is removed in the same name.
public sealed interface Grantor extends Comparable<Grantor> {

    Grantor OURS = new Ours();

    /// What a plain statement of ours gives and takes back; everything desired is ours. Where a server does not
    /// keep grantors (memberships before PostgreSQL 16), every row is reported as ours.
    record Ours() implements Grantor {}

    /// Somebody else: given by hand.
    record Other(RoleName name) implements Grantor {}

    default boolean isOurs() {
        return this instanceof Ours;
    }

    @Override
    default int compareTo(Grantor other) {
        return switch (this) {
            case Ours _ -> other.isOurs() ? 0 : -1;
            case Other(RoleName mine) -> other instanceof Other(RoleName theirs) ? mine.compareTo(theirs) : 1;
        };
    }
}
