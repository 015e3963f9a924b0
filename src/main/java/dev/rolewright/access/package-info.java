/// Time-boxed elevation: request, approval, lease, expiry.
///
/// **Invariants.** Every lease ends, at the latest at the limit its environment allows; the end needs nobody's action.
///
/// **Deliberately absent.** Permanent grants: those are the contract's.
@NullMarked
package dev.rolewright.access;

import org.jspecify.annotations.NullMarked;
