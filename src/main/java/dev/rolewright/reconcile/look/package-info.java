/// Looks at both sides of a target at one moment: what it should have, and what is there.
///
/// Begin with [Sketches], which gathers what the store knows; a [Picture] adds what the server shows. [People] is the
/// directory in the contract's words, [Names] says whose login is called what, and [Unmet] notes who does not get what
/// they earn. [Occasions] finds the requests that led to it.
///
/// **Invariants.** Looking changes nothing, neither on the target nor in the store. Marks are read before
/// the directory: what comes between is looked at twice and never missed.
///
/// **Deliberately absent.** Who earns what (`contract`), and what is to be done about a difference (`plan`).
@NullMarked
package dev.rolewright.reconcile.look;

import org.jspecify.annotations.NullMarked;
