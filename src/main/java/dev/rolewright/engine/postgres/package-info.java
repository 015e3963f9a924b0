/// PostgreSQL, versions 14 to 18.
///
/// Start with [PostgresEngine], then with what a session is for. What all of them share is little: [Connections]
/// ([Handshake] makes them with their [Settings] and [SessionName], [IdleConnections] keeps some without [Leftovers]),
/// [Transaction] and [Verbatim], [Context], [Marks], [OwnRoles], [Queries] (files), [Quoting] and [Failures].
///
/// - *Looking*: [Observation] says what is read, [Roster] who is ours, [Holdings] what roles hold, [ByHand] what
///   was given by hand, [Estate] what leavers own; [Oddities], [Openings] and [RowLeaks] say what a human should
///   know; [Origins] says since when and by whom, [Elsewhere] what takes back what nobody manages.
/// - *Changing*: [Performance] says what goes together; [Translation] makes [Piece]s of steps, by way of [ClusterSteps]
///   and [DatabaseSteps]; [Batches] and [Statements] run them, and [Shortfalls] stop what needs what failed.
///   [Lockout] locks people out ([Suspensions]) and ends sessions ([Evictions], [Terminations]), [Retirement] drops ([Mixture] keeps
///   what leavers left apart), [Stripping] and [TakingBack] undo what others gave, [RowLimits] limits rows, [Keepers]
///   make logins. Before all of it [ServerRoles] see to our own roles: [Renamed] ones are told, [LameKeepers] mended.
///   [Remedies] say what an administrator can run where we may not, [Entitlements] how that is written.
/// - *Checking*: [Examination] gives a verdict on each [Subject], out of [Finding]s: those that a look tells as well
///   ([Rights], [Oddities], [NotLookedInto]), [Circumstances] and [ForeignOwners]. [Refusals] say what a server that
///   does not let us in lacks, [OpenLine] what an address does not ask for.
/// - *Beside a pass*: [Entrusting] gives somebody a password and takes it; [LoginAttempt] knocks.
///
/// **The mark.** A login or role is ours when its comment says so ([Marks]) and it is a member of the marker role of
/// its kind ([OwnRoles]); either alone makes it a stranger. Both live on the server, so they survive the loss of our
/// store.
///
/// **In whose name.** A changing session becomes the grantor role on every connection (`SET ROLE`), so what it
/// makes and grants belongs to a role that stays when the connector's own login is replaced. Rights on objects
/// come from the grantor's membership in the roles that own them. Neither is ever a superuser.
///
/// **One at a time.** Roles belong to the whole cluster and advisory locks to one database, so a session that changes
/// who may what takes its lock in the one maintenance database that the target's address names. One that sets a
/// password and ends sessions takes none.
///
/// **Invariants.** Every identifier goes through [Quoting]; a name is never cut. Every statement has a time limit
/// and a limit for waiting on locks. No message of the server reaches a failure's sentence ([Failures]).
///
/// **Deliberately absent.** `information_schema` (it hides what others granted), `DROP OWNED` (it drops policies
/// and what came in between) and `REASSIGN OWNED` (it hands over code that acts with its owner's rights).
@NullMarked
package dev.rolewright.engine.postgres;

import org.jspecify.annotations.NullMarked;
