package dev.rolewright.model;

/// The name of a login on a target, spelled as the server spells it. Two spellings are two logins.
public record LoginName(String value) implements Comparable<LoginName> {

    public LoginName {
        Names.check("login name", value);
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
    public int compareTo(LoginName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
