/// Secrets that print as `***`, their generation, hashing and comparison.
///
/// **Invariants.** Pure: randomness is passed in. A secret never appears in `toString`, and comparison takes the same
/// time wherever two values differ.
///
/// **Deliberately absent.** Storage: the room that owns a credential keeps its hash.
@NullMarked
package dev.rolewright.credential;

import org.jspecify.annotations.NullMarked;
