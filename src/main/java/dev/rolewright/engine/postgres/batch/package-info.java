/// How steps are performed many at a time.
///
/// Begin with [Batches]. What a step becomes is a [Piece]; [Statements] run those of many steps in one transaction
/// and few messages. [Outcomes] keep what became of each, and [Shortfalls] stop what needs what did not come about;
/// nobody waits for [HeldRoles].
///
/// **Invariants.** A step that fails does nothing, and keeps only those from being done that need it. Every step has
/// an outcome in the end.
///
/// **Deliberately absent.** What a step means: whoever translates says so (`Batches.Translator`).
@NullMarked
package dev.rolewright.engine.postgres.batch;

import org.jspecify.annotations.NullMarked;
