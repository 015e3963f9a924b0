/// What must change in a target, as data people can read, approve, rehearse and perform.
///
/// The planner compares desired with observed state and yields ordered steps; brakes hold a plan that would take away
/// more than its limit.
///
/// **Invariants.** Pure: planning after performing is empty; a plan does not depend on the order of its input; no step
/// names a login that Rolewright does not manage.
///
/// **Deliberately absent.** SQL (an `engine` writes it) and the act of performing (`reconcile`).
@NullMarked
package dev.rolewright.plan;

import org.jspecify.annotations.NullMarked;
