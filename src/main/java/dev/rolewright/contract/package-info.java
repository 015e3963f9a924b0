/// Who should have what: roles and mappings as code.
///
/// A contract is parsed and checked here (separation of duties, overlaps, unknown names), and the desired state of a
/// target is derived from it together with a reason for every grant.
///
/// Start with [ContractReader] (files to a [Contract], or [Finding]s), [PeopleChecks] (a contract against real
/// people), [Deriver] (a contract, [Facts] and [KnownNames] to what one target should have, by way of [Earnings],
/// the [Gain]s that people share, and [Deriving]) and [Audience] (whom each mapping reaches).
///
/// **Adding a key.** [Shape] names it, a reader reads it, `contract.schema.json` and the reference page say so; tests
/// compare all of these.
///
/// **Invariants.** Pure: the same contract and the same snapshot always derive the same desired state, whatever the
/// order of the input. No host and no secret is part of a contract.
///
/// **Deliberately absent.** Review and activation (`amendment`), comparison with a real server (`plan`).
@NullMarked
package dev.rolewright.contract;

import org.jspecify.annotations.NullMarked;
