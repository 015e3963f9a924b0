/// PostgreSQL, versions 14 to 18.
///
/// Begin with [PostgresEngine], which opens a [PostgresSession] or has a server examined. [Performance] says what of
/// a plan goes together. Beside a pass, [Entrusting] gives somebody a password and takes it, and [LoginAttempt]
/// knocks. All else has a package below this one, and each knows at most those that stand before it here:
///
/// - `words`: names, marks, texts of statements, and what the server's codes mean.
/// - `connection`: how a server is reached, and the lock under which it is changed.
/// - `catalogue`: what a server keeps about itself, read in one transaction.
/// - `readiness`: whether a server is as our work needs it, and the roles of our own.
/// - `observation`: one look at a server: who and what is there, and what a human should know.
/// - `batch`: how steps are performed many at a time, and what became of each.
/// - `translation`: what each step becomes.
/// - `lockout`: how people are locked out and their sessions are ended.
/// - `departure`: how a login is dropped, and what becomes of what it owns.
///
/// **The mark.** A login or role is ours when its comment says so (`Marks`) and it is a member of the marker role of
/// its kind (`OwnRoles`); either alone makes it a stranger. Both live on the server, so they survive the loss of our
/// store.
///
/// **In whose name.** A changing session becomes the grantor role on every connection (`SET ROLE`), so what it makes
/// and grants belongs to a role that stays when the connector's own login is replaced. Rights on objects come from
/// the grantor's membership in the roles that own them. Neither is ever a superuser.
///
/// **One at a time.** Roles belong to the whole cluster and advisory locks to one database, so a session that changes
/// who may what takes its lock in the one maintenance database that the target's address names. One that sets a
/// password and ends sessions takes none.
///
/// **Invariants.** Every identifier goes through `Quoting`; a name is never cut. Every statement has a time limit and
/// a limit for waiting on locks. No message of the server reaches a failure's sentence (`Failures`).
///
/// **Deliberately absent.** `information_schema` (it hides what others granted), `DROP OWNED` (it drops policies and
/// what came in between) and `REASSIGN OWNED` (it hands over code that acts with its owner's rights).
@NullMarked
package dev.rolewright.engine.postgres;

import org.jspecify.annotations.NullMarked;
