/// Makes targets true: queue, lease, one pass over one target, drift, holds and the proof of a revocation.
///
/// Begin with `pass.Pass`, which tells the story. Here is only what sets it going: [Reconciler] starts one
/// [TargetLoop] for each target, which bears what fails, and [TargetMeters] show what is open. All else is in
/// packages of one subject each. In this list each imports only what is above it, and nobody imports this one:
///
/// - `work`: what has to be done, who does it, and when it is tried again
/// - `targets`: which targets there are, on which server, and how they are doing
/// - `login`: what is written down of people's logins
/// - `look`: both sides of a target at one moment
/// - `plans`: plans as the store keeps them
/// - `hold`: what of a plan is done now, and what waits for a human
/// - `drift`: what was changed by hand
/// - `aftermath`: what became of a plan, and what is known of logins then
/// - `proof`: that it is gone
/// - `pass`: the order of it all, and what is written down before and after
/// - `answer`: for those who ask
///
/// Others ask only for what `HouseRules` lists as shown: most of all `Targets`, `Logins`, `People`, `Holds`,
/// `Receipts`, `Passes`, and everything in `answer`. The rest is public for this room alone.
///
/// **Invariants.** Level, not edge: lost, repeated or reordered events end in the same state. No store transaction
/// waits for a target. Intent and outcome of every step are in the audit trail. Marks are taken from the queue only by
/// the pass that is through with them. Only the holder of a target's lease writes results.
///
/// **Deliberately absent.** Product-specific SQL (`engine`), HTTP (`web`), and any memory that a pass depends on: a
/// process that starts with an empty store finds its logins by their marks.
@NullMarked
package dev.rolewright.reconcile;

import org.jspecify.annotations.NullMarked;
