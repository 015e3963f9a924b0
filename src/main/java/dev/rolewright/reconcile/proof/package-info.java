/// Proves that people lost what they were to lose.
///
/// Begin with [Owed]: a proof is promised before anything is taken. [Proofs] has them made beside the passes, and
/// [Prover] asks the server again: for each [Debt] it gets [Evidence]. [ReceiptBook] has the rows; [Receipts] tells
/// others, a [Receipt] each.
///
/// **Invariants.** Nothing is taken without a promise, and a promise outlives its process. The server is asked in a
/// conversation of its own that changes nothing. No pass waits for a proof, and no proof for a pass.
///
/// **Deliberately absent.** Taking it again when it is still there: whoever it is about is marked, and a pass looks.
@NullMarked
package dev.rolewright.reconcile.proof;

import org.jspecify.annotations.NullMarked;
