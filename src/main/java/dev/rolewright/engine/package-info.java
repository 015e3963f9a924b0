/// The port to database products: observe, perform and entrust, a registry, and failures with closed kinds.
///
/// One package below this one per product. An engine has never heard of SCIM, people's attributes or other engines.
///
/// Start with [Engine], which opens an [EngineSession] on what a [Reach] says; [Outcome], [Attempt] and
/// [EngineFailure] are its answers, [Engines] finds the one for a product.
///
/// **Adding an engine.** A package with one bean that is an [Engine], its SQL beside it in the resources, its driver in
/// the build. No file that is there changes: nobody names an engine but itself, which a rule of the house watches.
///
/// **Invariants.** SQL text and secrets never appear in a failure's message. Removing what is already gone succeeds.
///
/// **Deliberately absent.** Deciding what should change (`plan`) and when (`reconcile`).
@NullMarked
package dev.rolewright.engine;

import org.jspecify.annotations.NullMarked;
