/// The words everybody uses: people, groups, logins, targets, and who is speaking.
///
/// Every type is a record or a sealed interface of records that checks itself when it is made; a value that
/// exists is valid. Two rooms that mean the same thing use the same word from here, and what they say alike is said
/// here once: a digest ([Sha256]), whom a pattern means ([Wildcards]), what somebody may have meant ([Suggestion]).
///
/// **Invariants.** Pure: no clock, randomness, environment, logging, persistence or HTTP. Nothing here holds a
/// secret, so every value may be printed.
///
/// **Deliberately absent.** JSON shapes (they belong to `scim` and `web`), tables (to the room that stores them)
/// and behaviour that needs more than its own fields.
@NullMarked
package dev.rolewright.model;

import org.jspecify.annotations.NullMarked;
