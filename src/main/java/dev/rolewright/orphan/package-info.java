/// What nobody answers for any more: people of whom nobody speaks, logins whose people are gone, logins on targets that
/// left the contract or that are not ours, roles and services without an owner.
///
/// Start with [Orphans], which looks for all of it; [Orphan] says what there is. [StrangersLogins] finds those on
/// targets, with [Guesses] of whose they are. [OrphanRounds] counts once a day; [OrphanBook] keeps the figures, and
/// since when something is known whose age nobody tells.
///
/// **Invariants.** Nothing is done to anybody: each orphan is told with what would end it, and a human decides. A guess
/// is never acted upon.
///
/// **Deliberately absent.** Which logins of leavers are stuck, and why: who makes targets true knows it (`reconcile`).
@NullMarked
package dev.rolewright.orphan;

import org.jspecify.annotations.NullMarked;
