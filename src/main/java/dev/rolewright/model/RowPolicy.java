package dev.rolewright.model;

import java.util.Comparator;

/// Which rows of a table the role that lists it may touch with one command.
///
/// Rules of different roles add up: who holds two roles sees what either shows.
///
/// @param command [Command#HELD] stands on the desired side alone: the planner replaces it by the commands that
/// the role's own privileges on the table allow
/// @param using the condition in the server's SQL, as the contract wrote it. A server keeps a rewritten form, so
/// an engine keeps the written one beside it, and reports the server's form when the two no longer belong
/// together.
public record RowPolicy(String database, ObjectRef.Table table, Command command, String using)
        implements Comparable<RowPolicy> {

    private static final Comparator<RowPolicy> ORDER = Comparator.comparing(RowPolicy::database)
            .thenComparing(RowPolicy::table)
            .thenComparing(RowPolicy::command)
            .thenComparing(RowPolicy::using);

    /// The condition of a role that the contract does not limit, on a table where it limits another.
    public static final String EVERY_ROW = "true";

    public enum Command {
        HELD,
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    public RowPolicy {
        Names.check("database name", database);
        using = using.strip();
        if (using.isEmpty() || using.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A row rule has a condition.");
        }
    }

    /// A rule as the contract has it.
    public static RowPolicy of(String database, ObjectRef.Table table, String using) {
        return new RowPolicy(database, table, Command.HELD, using);
    }

    /// Whether a condition stays one where it becomes part of a statement: no bracket too many, no second
    /// statement, no quote left open, no comment, no dollar quote, and no backslash that a quote could hide
    /// behind.
    public static boolean isOneExpression(String condition) {
        int depth = 0;
        for (int at = 0; at < condition.length() && depth >= 0; at++) {
            char sign = condition.charAt(at);
            if (sign == '\'' || sign == '"') {
                int end = condition.indexOf(sign, at + 1); // a doubled quote closes and opens again
                if (end < 0 || condition.substring(at, end).indexOf('\\') >= 0) {
                    return false;
                }
                at = end;
            } else if (sign == ';' || sign == '$' || condition.startsWith("--", at) || condition.startsWith("/*", at)) {
                return false;
            } else if (sign == '(') {
                depth++;
            } else if (sign == ')') {
                depth--;
            }
        }
        return depth == 0;
    }

    /// As people read it: `rows of table sales.orders in orders for SELECT where region = 'EU'`.
    public String label() {
        return "rows of " + table.label() + " in " + database + (command == Command.HELD ? "" : " for " + command)
                + " where " + using.replaceAll("\\s+", " ");
    }

    @Override
    public int compareTo(RowPolicy other) {
        return ORDER.compare(this, other);
    }
}
