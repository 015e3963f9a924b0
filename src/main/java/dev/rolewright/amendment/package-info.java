/// Versions of the contract on their way to activation: proposal, review, rehearsal, activation, rollback.
///
/// **Invariants.** Exactly one version is active. Nobody approves their own amendment. A version never changes after it
/// is proposed; a rollback activates an older one.
///
/// **Deliberately absent.** What a contract means (`contract`) and how it reaches a target (`reconcile`).
@NullMarked
package dev.rolewright.amendment;

import org.jspecify.annotations.NullMarked;
