package dev.rolewright.model;

import java.util.regex.Pattern;

/// A privilege in the words of the server, upper-case: `SELECT`, `TEMPORARY`, `ALTER SYSTEM`.
public record PrivilegeName(String value) implements Comparable<PrivilegeName> {

    private static final Pattern NAME = Pattern.compile("[A-Z]+( [A-Z]+)*");

    public static final PrivilegeName CONNECT = new PrivilegeName("CONNECT");
    public static final PrivilegeName USAGE = new PrivilegeName("USAGE");
    public static final PrivilegeName SELECT = new PrivilegeName("SELECT");
    public static final PrivilegeName INSERT = new PrivilegeName("INSERT");
    public static final PrivilegeName UPDATE = new PrivilegeName("UPDATE");
    public static final PrivilegeName DELETE = new PrivilegeName("DELETE");
    public static final PrivilegeName EXECUTE = new PrivilegeName("EXECUTE");

    public PrivilegeName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("A privilege is one or more upper-case words.");
        }
    }

    @Override
    public int compareTo(PrivilegeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
