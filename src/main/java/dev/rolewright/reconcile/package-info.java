/// Makes targets true: queue, lease, one pass over one target, drift, holds and the proof of a revocation.
///
/// Start with [Pass], which tells the story; then `TargetLoop` (claims work and bears what fails), `Queue` (marks and
/// claims), `Picture` (both sides of a target at one moment), `Journal` (intent and outcome), `Aftermath` (what is
/// known afterwards), `Gate` (what waits for a human) and `Prover` (asks the server again).
///
/// Others ask [Targets], [Passes], [Logins], [Rehearsals], [AccessExplanations], [Holds], [Receipts] and
/// [DriftReports].
///
/// **Invariants.** Level, not edge: lost, repeated or reordered events end in the same state. No store transaction
/// stays open while a target is spoken to. Intent and outcome of every step are in the audit trail. Marks are taken
/// from the queue only by the pass that is through with them. Only the holder of a target's lease writes results.
///
/// **Deliberately absent.** Product-specific SQL (`engine`), HTTP (`web`), and any memory that a pass depends on: a
/// process that starts with an empty store finds its logins by their marks.
@NullMarked
package dev.rolewright.reconcile;

import org.jspecify.annotations.NullMarked;
