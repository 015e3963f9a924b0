/// How a login is dropped that nobody needs any more.
///
/// Begin with [Retirement]. A [Bequest] hands over what the leaver owns in one database: data to the heir, code to
/// the quarantine, where [Mixture] keeps what leavers left apart. [Promises] settle what the leaver promised and was
/// given, and [WaysIn] takes from others what would let them in with it.
///
/// **Invariants.** Whoever is dropped is locked out first. Row policies are after it what they were before. Whatever
/// stands in the way leaves the login suspended, and is told.
///
/// **Deliberately absent.** Loss: nothing that a leaver owns is dropped.
@NullMarked
package dev.rolewright.engine.postgres.departure;

import org.jspecify.annotations.NullMarked;
