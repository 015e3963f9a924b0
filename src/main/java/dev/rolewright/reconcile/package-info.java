/// Makes targets true: queue, lease, one pass over one target, drift, holds and the proof of a revocation.
///
/// Start with [Pass], which tells the story. Around it, in the order of the story:
///
/// - *Work comes*: [FanOut] (marks of the directory become marks on targets), [Queue] (marks and claims),
///   [Reconciler] and [TargetLoop] (one loop for each target, bearing what fails), [Lease] and [LeaseKeeper],
///   [Wake] and [Alarm], [Crew] (who is at work when the process is to end).
/// - *Looking*: [Sketches] and [Picture] (both sides of a target at one moment), [Names] (whose login is called what),
///   [People] (the directory in the contract's words), [Servers] (whether the way there, which `reach` knows, still
///   leads to the same server), [Powers] (what is dangerous about it).
/// - *Holding back*: [WrittenEnds] (which no brake measures), [Gate], [HeldSteps], [Dismissals] (what is newer than a
///   hold). *Drift*: [DriftFinder], [DriftBook].
/// - *Doing*: [Intent], [Portions] and [Relay] (many newcomers some at a time, written down beside it), [Interlude] and
///   [Heard] (who is spoken of meanwhile), [Performed], [Journal] and [Ledger] (both written down), [Aftermath] (what
///   is known of logins afterwards; [Tally] counts, [Troubles] tell why one is not as it should be, [Partings]
///   remembers whose sessions are still to end, [Whereabouts] tells what became of a login that is not found),
///   [LoginBook], [PassBook], [Circuit] (what fails is left alone for a while, of [Pauses]).
/// - *Proving*: [Owed] (a proof is promised first), [Proofs] and [Prover] (the server is asked again), [Evidence],
///   [ReceiptBook].
/// - *Telling*: [PassStory] and [Occasions] (which requests a pass followed), [PassMeter], [TargetMeters] and
///   [TargetCounts], [OlderStores].
/// - *For rooms that work beside the passes* (`handover`): [Joins] (what is known of logins and targets, as SQL),
///   [RenamedLogins] (a login found again under another name).
/// - *Looking, for those who ask*: [LeftLogins] (stuck on their way out), [ForeignLogins], [Reviews];
///   [LastLook] (one look answers all).
///
/// Others ask [Targets], [Passes], [Logins], [Rehearsals], [Reviews], [AccessExplanations], [Holds], [Receipts],
/// [DriftReports], [LeftLogins], [ForeignLogins], [RenamedLogins] and [Joins].
///
/// **Invariants.** Level, not edge: lost, repeated or reordered events end in the same state. No store transaction
/// waits for a target. Intent and outcome of every step are in the audit trail. Marks are taken
/// from the queue only by the pass that is through with them. Only the holder of a target's lease writes results.
///
/// **Deliberately absent.** Product-specific SQL (`engine`), HTTP (`web`), and any memory that a pass depends on: a
/// process that starts with an empty store finds its logins by their marks.
@NullMarked
package dev.rolewright.reconcile;

import org.jspecify.annotations.NullMarked;
