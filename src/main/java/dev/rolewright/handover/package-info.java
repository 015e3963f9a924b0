/// Passwords on their way to their owners, and how they are ended before their time: single-use links, and what is
/// written down about who got what.
///
/// Start with [Handover]; [Pickups] keeps the links, [Renewals] makes them for all whose passwords end.
///
/// **Invariants.** A password is made when its owner asks for it, set on the server, shown once,
/// and in no row, log line or exception. Of a link only a hash is kept. Of two who use it at once
/// one gets the password; where a target did not take it, the link is as good as before.
///
/// **Deliberately absent.** How a target is spoken to (`reconcile`), what a password looks like (`credential`), who
/// somebody is (`web.auth`).
@NullMarked
package dev.rolewright.handover;

import org.jspecify.annotations.NullMarked;
