/// The door for admins, auditors and their scripts: JSON under `/api`.
///
/// One `…Resource` per address; what it shows is a `…View` beside it, or a file of its own where several show it.
/// [Body] reads what was sent, [Problems] answers what cannot be done.
///
/// **Invariants.** Every failure is a problem document (RFC 9457) with a sentence a person can act on. A token is shown
/// in the reply that made it and never again.
///
/// **Deliberately absent.** Who may come in (`web.auth`), and every rule that outlives a request (the rooms).
@NullMarked
package dev.rolewright.web.api;

import org.jspecify.annotations.NullMarked;
