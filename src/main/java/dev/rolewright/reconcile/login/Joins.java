package dev.rolewright.reconcile.login;

/// What we know of logins and targets as pieces of SQL, for statements of other rooms about what hangs on a login, so
/// that they need no words of our rows. Each stands where a table can.
///
/// Whoever asks about single logins calls [Logins].
public final class Joins {

    /// The logins that are known, one for each `target` and `person`:
    ///
    /// - `name`, `server_id`, and `since` when it is as it is
    /// - `there`: it is on its server
    /// - `usable`: and nobody has locked it
    /// - `gone`: there is nothing left of it but its name
    public static final String LOGINS = "(SELECT target, person, name, server_id, since,"
            + " server_id IS NOT NULL AND state <> 'dropped' AS there, state = 'active' AS usable,"
            + " state = 'dropped' AS gone FROM login)";

    /// The targets, each with its `server`:
    ///
    /// - `retired`: the contract has it no more
    /// - `spoken_to`: it is not, and is not left alone for a while because it failed
    public static final String TARGETS = "(SELECT target, server, retired,"
            + " NOT retired AND (not_before IS NULL OR not_before <= now()) AS spoken_to FROM target_state)";

    private Joins() {}
}
