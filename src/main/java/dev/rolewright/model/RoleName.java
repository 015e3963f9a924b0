package dev.rolewright.model;

/// The name of a role on a target, spelled as the server spells it: a contract role, or one that somebody else
/// made.
public record RoleName(String value) implements Comparable<RoleName> {

    public RoleName {
        Names.check("role name", value);
    }

    /// Whether we could have given it: letters, digits and `_ . - @ + $`, at most 63 bytes.
    public boolean isPlain() {
        return Names.isPlain(value);
    }

    /// One spelling for all names that differ in case only, so that look-alikes can be refused.
    public String folded() {
        return Names.fold(value);
    }

    @Override
    public int compareTo(RoleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
