/// The port to database products: observe and perform, a registry, and failures with closed kinds.
///
/// One package below this one per product. An engine has never heard of SCIM, people's attributes or other engines.
///
/// **Invariants.** SQL text and secrets never appear in a failure's message. Removing what is already gone succeeds.
///
/// **Deliberately absent.** Deciding what should change (`plan`) and when (`reconcile`).
@NullMarked
package dev.rolewright.engine;

import org.jspecify.annotations.NullMarked;
