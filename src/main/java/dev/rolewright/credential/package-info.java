/// Secrets that print as `***`, their generation, hashing and comparison.
///
/// [Secret] is the word for all of them. [BearerToken]s open our doors and [Password]s those of databases;
/// a [Fingerprint] is what we keep of the one, a [ScramVerifier] what a server keeps of the other.
///
/// **Invariants.** Pure: randomness is passed in. A secret never appears in `toString`, and comparison takes the same
/// time wherever two values differ.
///
/// **Deliberately absent.** Storage: the room that owns a credential keeps its hash.
@NullMarked
package dev.rolewright.credential;

import org.jspecify.annotations.NullMarked;
