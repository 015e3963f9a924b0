/// Answers those who ask. Nothing here is part of a pass, and no pass needs it.
///
/// Begin with [AccessExplanations]: an [AccessExplanation] says why somebody may do what. [Rehearsals] says what a pass
/// would do now (a [Rehearsal]), [DriftLooks] looks for changes by hand, [Reviews] says what a contract comes to, and
/// [LeftLogins] finds each [LeftLogin] that is stuck on its way out. [LastLook] lets one long look answer many.
///
/// **Invariants.** What is told is derived as a pass would derive it, from the same rows. Nothing is changed on a
/// target, and nobody is kept from making a pass.
///
/// **Deliberately absent.** Lists of what is written down: each is told where its rows are (`login`, `targets`, `hold`,
/// `drift`, `proof`, `pass`).
@NullMarked
package dev.rolewright.reconcile.answer;

import org.jspecify.annotations.NullMarked;
