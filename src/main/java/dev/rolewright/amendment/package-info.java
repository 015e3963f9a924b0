/// Versions of the contract on their way to activation: what is in the directory becomes a version and holds.
///
/// Start with [Contracts], which everybody asks for the contract that holds and which tells of another one by
/// [ContractActivated]. [FileWatch] looks at the directory with [ContractFiles]; [Stance] and [Sightings] settle
/// between replicas whose files count, and [Omissions] keeps anybody from being forgotten on a target that is left out.
///
/// Which database products something here speaks to it asks `engine`, so that a contract hears of a new one by itself.
///
/// **Invariants.** The store says what holds, and every replica follows it. What is not sound never holds. A version
/// never changes; one that held before may hold again.
///
/// **Deliberately absent.** What a contract means (`contract`), how it reaches a target (`reconcile`), and, so far,
/// proposal, review and rehearsal: what these come to is offered to [Contracts#offer], which nobody else calls yet.
@NullMarked
package dev.rolewright.amendment;

import org.jspecify.annotations.NullMarked;
