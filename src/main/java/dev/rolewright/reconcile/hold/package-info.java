/// Says what of a plan is done now, and what waits for a human.
///
/// Begin with [Gate]: it parts a plan and opens, keeps and ends holds. What a pass is about to do is its [Intent], with
/// the plan that was [Parted].
///
/// - *Measuring*: [Takings] counts what was taken lately, [WrittenEnds] finds what no brake measures.
/// - *Remembering*: [HeldSteps] are what waits, and what a human let go. [Dismissals] are orders that are newer.
/// - *Deciding*: [Holds] shows a [Hold] to humans and takes their word; [HoldSigned] is what they sign.
/// - *Leaving alone*: [OlderStore] takes out of a plan whom nobody has spoken of since the store was brought back.
///
/// **Invariants.** What waits once waits in every pass, until a human lets it go or nobody plans it any more. A release
/// lets go what it signed, and nothing else.
///
/// **Deliberately absent.** The limits themselves (`plan.Brakes`), and doing what is let through (`pass`).
@NullMarked
package dev.rolewright.reconcile.hold;

import org.jspecify.annotations.NullMarked;
