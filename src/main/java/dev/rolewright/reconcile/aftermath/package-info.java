/// What became of a plan, and what is known of logins then.
///
/// Begin with [Aftermath], which works out the rows from what was seen before a pass and what was [Performed]. [Sides]
/// puts both sides together person by person. [Tally] counts what changed, [Troubles] tell why a login is not as it
/// should be (each a [Trouble]), [Partings] whose sessions are still to end, and [Whereabouts] what became of a login
/// that is not found.
///
/// **Invariants.** Nothing here asks the store or a target. A row says that all is well only where it was seen or done.
///
/// **Deliberately absent.** Writing the rows down (`pass.Ledger`).
@NullMarked
package dev.rolewright.reconcile.aftermath;

import org.jspecify.annotations.NullMarked;
