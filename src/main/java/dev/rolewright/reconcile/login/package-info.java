/// What is written down of people's logins, and how a login is found again on its server.
///
/// Begin with [LoginBook]: it reads and writes the rows, a [LoginRow] for each person and target. [Logins] tells others
/// what is known, as a [KnownLogin] or an [UntendedLogin]. [Joins] is the same for their SQL. [LoginTenants] keeps a
/// target in the contract while somebody may log in there.
///
/// On a server, [MarkedLogins] finds people's logins by their marks, [RenamedLogins] one that is called otherwise by
/// now, and [ForeignLogins] those that are not ours.
///
/// **Invariants.** A name is given once and kept for the person when the login is gone. Until the server's own id is
/// known, a row is a plan and no fact.
///
/// **Deliberately absent.** What a row is to say after a pass (`aftermath`), which name a newcomer gets (`look`), and
/// every other package of this room.
@NullMarked
package dev.rolewright.reconcile.login;

import org.jspecify.annotations.NullMarked;
