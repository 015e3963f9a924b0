package dev.rolewright.plan;

import java.util.List;

/// What a login owns in all databases of a server, as far as dropping it depends on it.
///
/// @param data objects that can go to the heir: plain tables, sequences
/// @param code objects that act with their owner's rights: functions, views, rules; they go to the
/// quarantine role
/// @param obstacles why it cannot be dropped safely, one sentence each; empty when it can
public record Belongings(long data, long code, List<String> obstacles) {

    public static final Belongings NONE = new Belongings(0, 0, List.of());

    public Belongings {
        obstacles = List.copyOf(obstacles);
        if (data < 0 || code < 0) {
            throw new IllegalArgumentException("Nobody owns less than nothing.");
        }
    }
}
