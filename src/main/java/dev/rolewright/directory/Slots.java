package dev.rolewright.directory;

/// Counters that many writers raise at once are spread over rows, one per server process as far as they go: a
/// connection meets nobody else's uncommitted count, so nobody waits for another one's commit.
final class Slots {

    /// Slot of a total of resources.
    static final String COUNTERS = "pg_backend_pid() % 256";

    /// Slot of a group's changes of members; fewer, because there are many groups.
    static final String CHANGES = "pg_backend_pid() % 64";

    /// Counts a change of members of groups; to be followed by group, slot, number and time, and {@link
    /// #TOUCH_AGAIN}.
    static final String TOUCH = "INSERT INTO membership_change AS c (group_id, slot, changes, last_changed) ";

    static final String TOUCH_AGAIN = " ON CONFLICT (group_id, slot) DO UPDATE SET changes = c.changes + 1,"
            + " last_changed = greatest(c.last_changed, excluded.last_changed)";

    private Slots() {}
}
