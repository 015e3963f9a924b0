/// Plans as the store keeps them.
///
/// Begin with [PlanPieces]: it writes a plan, and gives it back as a [KeptPlan].
///
/// **Invariants.** A plan may be about everybody, so nobody holds all of its text: it is written, read, shown and
/// compared some lines at a time.
///
/// **Deliberately absent.** What a plan means (`plan`), and whether it is written before or beside what it does
/// (`pass`).
@NullMarked
package dev.rolewright.reconcile.kept;

import org.jspecify.annotations.NullMarked;
