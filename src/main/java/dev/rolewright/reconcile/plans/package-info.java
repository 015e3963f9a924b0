/// Plans as the store keeps them.
///
/// Begin with [PlanBook]: it writes a plan, and gives it back as a [KeptPlan].
///
/// **Invariants.** A plan may be about everybody, so nobody holds all of its text: it is written, read, shown and
/// compared some lines at a time.
///
/// **Deliberately absent.** What a plan means (the room `plan`), and when it is written (`pass`).
@NullMarked
package dev.rolewright.reconcile.plans;

import org.jspecify.annotations.NullMarked;
