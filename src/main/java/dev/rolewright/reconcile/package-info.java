/// Makes targets true: queue, lease, one pass over one target, drift, holds and the proof of a revocation.
///
/// **Invariants.** Level, not edge: lost, repeated or reordered events end in the same state. No store transaction
/// stays open while a target is spoken to. Intent and outcome of every step are in the audit trail.
///
/// **Deliberately absent.** Product-specific SQL (`engine`), HTTP (`web`).
@NullMarked
package dev.rolewright.reconcile;

import org.jspecify.annotations.NullMarked;
