/// What was changed by hand on targets.
///
/// Begin with [DriftFinder]: what differs, and nobody asked for, is drift. [DriftBook] writes down when it was seen
/// first, last and no more; [DriftReports] tells it, a [DriftItem] each.
///
/// **Invariants.** What we asked for and have not done yet is never drift. A change is written down once, as long as it
/// lasts.
///
/// **Deliberately absent.** Putting it right: a plan does so like everything else (`pass`). A look when somebody asks
/// is `answer.DriftLooks`.
@NullMarked
package dev.rolewright.reconcile.drift;

import org.jspecify.annotations.NullMarked;
